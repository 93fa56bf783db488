"""What the sources on Concord CRM leave open, each as one switch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from csc_tui.demo.switches import switch


@dataclass(frozen=True, slots=True)
class ConcordSwitches:
    """How the server answers where Concord CRM's behaviour is unknown.

    Source of each question: Concord fact sheet §16.1 and its ASSUMED marks.
    """

    page_size: Literal["some", "honoured", "ignored"] = switch(
        "some", "`per_page` counts but for lookups and associated lists, always, never"
    )
    page_cap: Literal["clamp", "ignore", "none"] = switch(
        "clamp", "a `per_page` above 100 is 100, the default 15, or honoured"
    )
    page_meta: bool = switch(True, "a page says how long it is and the list, in `links` and `meta`")
    links_keep_query: bool = switch(False, "`links` of a page carry the other parameters")
    unauthorized_limits: bool = switch(False, "a 401 carries X-RateLimit headers")
    retry_after: bool = switch(True, "a 429 carries Retry-After and X-RateLimit-Reset")
    error_bodies: Literal["message", "empty"] = switch(
        "message", "403 and 404 say something, or their message is empty"
    )
    all_day: Literal["date", "midnight"] = switch(
        "date", "a day without time reads YYYY-MM-DD or midnight"
    )
    timezone_list: Literal["array", "object"] = switch(
        "array", "/timezones is an array of names or an object keyed by them"
    )
    embedded: Literal["full", "brief"] = switch(
        "full", "an embedded record has all its columns or id and name"
    )
    list_relations: bool = switch(True, "records in lists carry the objects beside their ids")
    via_links: bool = switch(True, "`via_resource` alone hangs a note or call on its record")
    trash_of_others: Literal["404", "405"] = switch(
        "404", "/trashed of what has no trash: its status"
    )
    lookups_in_use: Literal["409", "204"] = switch(
        "409", "deleting an industry, type, outcome or pipeline in use"
    )
    filters_as_json: bool = switch(False, "`filters` may be JSON text")
    activity_fields: bool = switch(False, "activities, calls and notes have custom fields too")
    null_clears_option: bool = switch(False, "null clears a Select or Radio")
    null_phones: Literal["clear", "keep"] = switch("clear", "`phones: null`")
    empty_billable: Literal["array", "object"] = switch(
        "array", "the billable of a deal without products"
    )
    rights: Literal["all", "own"] = switch(
        "all", "what a user who is no super admin sees: all records, or their own"
    )
    lost_reason_required: bool = switch(False, "a lost deal must say why")
    associate_by_domain: bool = switch(
        False, "a new contact joins the company with its address's domain"
    )
    origin_refused: bool = switch(True, "419 for a request with Origin or Referer")
