"""Edits in words: what they change, how they stand, what the last answer was. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from csc_tui.domain import errors
from csc_tui.domain.change import Verb
from csc_tui.domain.dates import day, local
from csc_tui.domain.field import Field, Kind, Plain
from csc_tui.domain.lookup import Lookups, words_of
from csc_tui.domain.numbers import grouped
from csc_tui.domain.ref import CUSTOM
from csc_tui.domain.typed import shown
from csc_tui.glyphs import harmless
from csc_tui.sentences import explain
from csc_tui.services.entries import Standing, is_line, said_fields, standing
from csc_tui.services.overlay import attributes
from csc_tui.services.todo import made_for
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.domain.errors import CrmError
    from csc_tui.domain.record import Part
    from csc_tui.domain.resource import PartKind, Resource
    from csc_tui.services.overlay import attributes
from csc_tui.services.entries import Edit, Place


@dataclass(frozen=True, slots=True)
class Around:
    """What the words of an entry depend on beside the entry itself."""

    now: float
    resources: Mapping[str, Resource]
    lookups: Lookups
    zone: tzinfo
    place: Place | None = None
    titles: Mapping[str, str] | None = None
    """Client id -> title of the other entries."""
    line_at: float | None = None
    paused: CrmError | None = None
    read_only: bool = False
    undo_key: str = "u"
    limited_until: float = 0.0
    """While the server wants fewer requests: when the next one may go."""


def age(seconds: float) -> str:
    """`2s`, `14m`, `2h`, `6d`."""
    count = max(0, int(seconds))
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "m")):
        if count >= size:
            return f"{count // size}{unit}"
    return f"{count}s"


def title_of(edit: Edit, around: Around) -> str:
    """Whom it is about: `Müller, Jürgen`; of a new record its name if it has one already."""
    change = edit.change
    if edit.state == "draft" or change.verb is not Verb.CREATE or change.parent is not None:
        return harmless(edit.title)
    resource = around.resources.get(change.ref.resource)
    name = ""
    if resource is not None:
        plain = {key: one for key, one in change.values.items() if isinstance(one, str)}
        name = resource.model.model_construct(None, **_by_name(resource.model, plain)).sort_name()
    about = made_for(change)
    if about is not None and about[1]:
        return harmless(say("outbox.made_for", what=name or edit.title, about=about[1]))
    return harmless(name or edit.title)


def _by_name(model: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: one for name, one in values.items() if name in model.model_fields}


def what(edit: Edit, around: Around) -> str:
    """The kind of change in one word: `change`, `new`, `delete`, `phone`, `tag`."""
    change = edit.change
    if edit.state == "draft":
        return say("outbox.what-draft")
    if change.parent is not None:
        kind = _kind(around, change.record.resource, change.ref.resource)
        return kind.one if kind else change.ref.resource
    return say(f"outbox.what-{change.verb}")


def described(edit: Edit, around: Around) -> str:
    """What it does: `change of 2 fields`, `new phone`, `delete`, `delete of tag`."""
    change = edit.change
    if change.verb is Verb.UPDATE and change.parent is None:
        return say("outbox.change_fields", count=len(said_fields(edit)))
    named = what(edit, around)
    if change.parent is None:
        resource = around.resources.get(change.ref.resource)
        named = resource.one if resource else change.ref.resource
        new = say("outbox.new", what=named)
        return new if change.verb is Verb.CREATE else say(f"outbox.{change.verb}")
    words = {
        Verb.CREATE: "outbox.new",
        Verb.UPDATE: "outbox.change_of",
        Verb.DELETE: "outbox.delete_of",
    }
    return say(words[change.verb], what=named)


def _kind(around: Around, resource: str, part: str) -> PartKind | None:
    kinds = around.resources[resource].all_parts if resource in around.resources else ()
    return next((one for one in kinds if one.name == part), None)


# --- fields and their values


def field_at(resource: Resource, path: str, part_kind: str = "") -> Field | None:
    """The field that a path (`title`, `phones/9/number`) or a part's own name leads to."""
    kind, _, rest = path.partition("/")
    name = rest.partition("/")[2] if rest else kind
    part_kind = kind if rest else part_kind
    fields = resource.fields
    if part_kind:
        fields = next((one.fields for one in resource.all_parts if one.name == part_kind), ())
    return next((one for one in fields if one.name == name), None)


def label_at(resource: Resource, path: str, parts: Mapping[str, Plain], part_kind: str = "") -> str:
    """A field's label; of a part's main field what kind of part it is: `mobile`, `phone`."""
    name, _, rest = path.partition("/")
    field = field_at(resource, path, part_kind)
    kind = next((one for one in resource.all_parts if one.name == name), None)
    if not rest:
        named = kind.label if kind is not None and not part_kind else _custom_name(name)
        return harmless(field.label if field else named)
    key, _, inner = rest.partition("/")
    items = parts.get(name)
    item = next(
        (it for it in items if isinstance(it, dict) and str(it.get("id")) == key)
        if isinstance(items, list)
        else iter(()),
        None,
    )
    if kind is None:
        return harmless(name)
    made = part_of(kind, item or {})
    words = made.kind_words() or kind.one
    if not inner or not kind.fields or inner == kind.fields[0].name:
        return harmless(words)
    return harmless(f"{words} {field.label if field else inner}")


def _custom_name(name: str) -> str:
    return f"#{name.removeprefix(CUSTOM)}" if name.startswith(CUSTOM) else name


def part_of(kind: PartKind, values: Mapping[str, Any]) -> Part:
    """A part out of plain values, for its words alone."""
    return kind.model.model_construct(None, **attributes(kind.model, values))


def value_words(
    resource: Resource, path: str, value: Plain, lookups: Lookups, part_kind: str = ""
) -> str:
    """A value as it is read; empty for none. Several lines stay several lines."""
    if value is None or value == "" or value == []:
        return ""
    field = field_at(resource, path, part_kind)
    name = path.partition("/")[0]
    if isinstance(value, dict) and field is None:
        kind = next((one for one in resource.all_parts if one.name == (name or part_kind)), None)
        return (part_of(kind, value).text() if kind else "") or _joined(value)
    if isinstance(value, list):
        kind = next((one for one in resource.all_parts if one.name == name), None)
        texts = [
            value_words(resource, f"{name}/{one.get('id') or '-'}", one, lookups)
            if isinstance(one, dict) and kind
            else str(one)
            for one in value
        ]
        return ", ".join(texts)
    if field is None:
        return str(value.get("name") or value.get("id")) if isinstance(value, dict) else str(value)
    if field.kind is Kind.NUMBER:
        return grouped(str(value))
    if field.kind is Kind.DATE:
        try:
            return day(date.fromisoformat(str(value)))
        except ValueError:
            return str(value)
    if field.kind is Kind.CHOICE and not isinstance(value, dict):
        return words_of(_choices(field, lookups), str(value)) or str(value)
    return shown(field, value, _choices(field, lookups))


def _choices(field: Field, lookups: Lookups) -> Sequence[Any]:
    from csc_tui.domain.lookup import choices_of

    return choices_of(field, lookups)


def _joined(value: Mapping[str, Any]) -> str:
    return ", ".join(str(one) for key, one in value.items() if key != "id" and one)


def made_of_it(edit: Edit, resource: Resource, lookups: Lookups) -> str:
    """What stands there now where the CRM took a value otherwise than sent: `Amount 5,569.20`."""
    part = edit.change.ref.resource if edit.change.parent is not None else ""
    nothing = say("outbox.nothing_there")
    found = (
        (label_at(resource, name, {}, part), value_words(resource, name, value, lookups, part))
        for name, value in edit.answer.altered.items()
    )
    return ", ".join(
        f"{label} {harmless(' '.join(text.split())) or nothing}" for label, text in found
    )


# --- how it stands


def stands(edit: Edit, around: Around) -> Standing:
    """How an entry stands: what only waits for the server's limit is not being sent yet."""
    found = standing(edit, around.now)
    limited = found is Standing.SENDING and around.limited_until > around.now
    return Standing.WAITING if limited else found


def last_answer(edit: Edit, around: Around) -> str:
    """The last column: what was said, or what it waits for."""
    answer = edit.answer
    match stands(edit, around):
        case Standing.CLASH:
            return say("outbox.differ", count=len(answer.clashes))
        case Standing.REFUSED:
            return _refusal(edit, around)
        case Standing.UNCLEAR:
            if answer.note == "damaged":
                return say("outbox.damaged")
            return say("outbox.asks" if edit.asks else "outbox.looking")
        case Standing.HELD:
            seconds = _seconds(edit.not_before, around)
            return say("outbox.goes", seconds=seconds, key=around.undo_key)
        case Standing.SENDING | Standing.PAUSED:
            return ""
        case Standing.DRAFT:
            at = edit.form.at if edit.form else edit.updated
            return say("outbox.typed", time=clock(at, around.zone))
    return _waits_for(edit, around)


def _refusal(edit: Edit, around: Around) -> str:
    """The server's own words, with the field's label before them."""
    error = edit.answer.error
    if isinstance(error, errors.Invalid) and error.messages:
        path, words = next(iter(error.messages.items()))
        resource = around.resources.get(edit.record.resource)
        part = edit.change.ref.resource if edit.change.parent else ""
        field = resource.typed_field(path, part) if resource else None
        label = field.label if field else ""
        return harmless(" ".join(one for one in (label, *words[:1]) if one))
    brief = {
        errors.Forbidden: "outbox.forbidden",
        errors.NotFound: "outbox.not_found",
        errors.QuotaReached: "outbox.quota",
    }
    for kind, key in brief.items():
        if isinstance(error, kind):
            return say(key)
    return harmless(explain(error)) if error is not None else ""


def _waits_for(edit: Edit, around: Around) -> str:
    before = blocker(around)
    if before:
        return say("outbox.after", title=before)
    if around.read_only:
        return say("outbox.read_only")
    if isinstance(around.paused, errors.OtherAccount):
        return say("outbox.other_account")
    if around.paused is not None:
        return say("outbox.wants_key")
    if edit.state == "sending":
        seconds = _seconds(around.limited_until, around)
        return say("outbox.next", why=say("outbox.limit"), seconds=seconds)
    error = edit.answer.error
    if edit.answer.note == "working":
        return say("outbox.working", seconds=_seconds(edit.not_before, around))
    at = max(edit.not_before, around.line_at or 0.0 if is_line(error) else 0.0)
    why = _brief(error)
    if at <= around.now:
        return why or say("outbox.in_line")
    return say("outbox.next", why=why, seconds=_seconds(at, around))


def blocker(around: Around) -> str:
    """The title of the entry that has to be over first; empty for none."""
    place, titles = around.place, around.titles or {}
    if place is None:
        return ""
    if place.after is not None:
        return titles.get(place.after.client_id) or harmless(place.after.title)
    return titles.get(place.after_record, "") if place.after_record else ""


def _brief(error: CrmError | None) -> str:
    """Why it waits, in two words."""
    if isinstance(error, errors.Ambiguous):
        error = error.cause
    match error:
        case None:
            return ""
        case errors.Offline() | errors.CertificateError():
            return say("outbox.offline")
        case errors.RateLimited():
            return say("outbox.limit")
        case errors.Unavailable():
            return say("outbox.busy")
        case errors.ServerBroken():
            return say("outbox.broken", status=error.status)
    return say("outbox.no_answer")


def _seconds(at: float, around: Around) -> int:
    return max(1, math.ceil(at - around.now))


def clock(moment: float, zone: tzinfo) -> str:
    """`09:31` in the user's zone."""
    return f"{datetime.fromtimestamp(moment, UTC).astimezone(zone):%H:%M}"


def day_of(moment: float, zone: tzinfo) -> str:
    """`21 Nov 2026` in the user's zone."""
    return day(datetime.fromtimestamp(moment, UTC).astimezone(zone))


def iso_moment(text: str, zone: tzinfo) -> datetime | None:
    """An ISO time in the user's zone; None for what is none."""
    try:
        return local(datetime.fromisoformat(text), zone)
    except ValueError:
        return None


def user_name(user_id: str, lookups: Lookups) -> str:
    """A user's name, harmless; empty where it is not known."""
    return harmless(words_of(lookups.get("users", ()), user_id)) if user_id else ""
