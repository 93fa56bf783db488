"""What the sources on CentralStationCRM disagree about, each as one switch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from csc_tui.demo.switches import switch


@dataclass(frozen=True, slots=True)
class Switches:
    """How the server answers where CentralStationCRM's behaviour is disputed or unknown.

    Source of each question: CentralStationCRM fact sheet §1.5-§1.7, §10 and its open questions.
    """

    put_answer: Literal["message", "204", "record"] = switch("message", "what a PUT answers")
    delete_answer: Literal["message", "204"] = switch("message", "what a DELETE answers")
    perpage: Literal["25", "50"] = switch("25", "size of a page that names none")
    nested_touch: bool = switch(True, "an edited part changes its record's updated_at")
    users_active: Literal["either", "true", "active"] = switch(
        "either", "the value of ?active= on /users that is understood"
    )
    name_required: Literal["blank", "always", "never"] = switch(
        "blank", "a name is refused if blank, also if a PUT leaves it out, or never"
    )
    total_size: bool = switch(False, "count answers total_size beside total_entries")
    unknown_include: Literal["ignore", "500"] = switch("ignore", "an unknown include or method")
    unknown_filter: Literal["ignore", "400"] = switch("ignore", "an unknown filter")
    protocol_type_required: bool = switch(False, "a new note must name its type")
    historic_events_wrapped: bool = switch(True, "the account-wide list wraps its items")
    badges: Literal["new", "old"] = switch("new", "whose list of what a task may be is right")
    task_days: Literal["date", "midnight"] = switch(
        "date", "a task's day without a time is shown as such, or as its midnight"
    )
    apikey_parameter: bool = switch(True, "the deprecated ?apikey= is accepted")
    times: Literal["berlin", "utc"] = switch("berlin", "times with Berlin's offset or with Z")
    merge_delay: float = switch(1.0, "seconds until a merge has moved the losers' parts")
