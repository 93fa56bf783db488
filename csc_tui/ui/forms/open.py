"""Which forms there are: each made from a record or resource, with the text that is kept for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from csc_tui.domain.change import Change, Verb, diff, nest
from csc_tui.domain.changing import begun, edited, tag_names, tagged, untagged
from csc_tui.domain.field import Kind, Plain
from csc_tui.domain.form import Entry, edit_entries, new_entries, part_entries
from csc_tui.domain.form_values import beside
from csc_tui.domain.note import Note
from csc_tui.domain.ref import CUSTOM, Ref
from csc_tui.services.follow_up import FollowUp
from csc_tui.ui.forms.screen import FormScreen
from csc_tui.ui.forms.spec import FormSpec
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.domain.record import Part, Record
    from csc_tui.domain.resource import PartKind, Resource
    from csc_tui.services.outbox import FormText, Outbox

Problems = Mapping[str, tuple[str, ...]]
"""Path of a field -> what the server said about it."""


def edit_form(
    edits: Outbox,
    record: Record,
    problems: Problems | None = None,
    draft: FormText | None = None,
) -> FormScreen:
    """The form of a record as it is, with the text that is kept for it, else with `draft`."""
    desk = edits.desk
    resource = desk.resources[record.resource]

    def read() -> Record:
        """By the definitions that have come since it was opened, too."""
        return desk.crm.defined(desk.resources[record.resource], record)

    return _form(
        edits,
        FormSpec(
            key=f"{record.resource}/{record.id}",
            title=say("edit.title", one=resource.one),
            entries=lambda now: edit_entries(now, read()),
            changes=lambda values: edited(read(), values),
            resource=record.resource,
            record=record,
            draft=draft,
            problems=problems,
        ),
    )


def new_form(
    edits: Outbox,
    resource: str,
    problems: Problems | None = None,
    begins: Mapping[str, Plain] | None = None,
    key: str = "",
    draft: FormText | None = None,
) -> FormScreen:
    """The form of a new record with everything that hangs on it, in one request.

    `begins`: path of a field -> what stands in it at first. `key` names the kept text
    that it opens with; without it that is the latest. `draft`: the text where none is kept.
    """
    kind = edits.desk.resources[resource]
    key = key or edits.new_key(resource)
    before = edits.saved_values(key)

    def changes(values: Mapping[str, Plain]) -> list[Change]:
        # What the undo of a delete makes anew may hold more than the form has lines for.
        more = beside(before, new_entries(edits.desk.resources[resource]))
        return [Change(Verb.CREATE, Ref(resource, ""), values=nest({**values, **more}))]

    return _form(
        edits,
        FormSpec(
            key=key,
            title=say("edit.new", one=kind.one),
            entries=lambda now: [_begun(one, begins or {}) for one in new_entries(now)],
            changes=changes,
            resource=resource,
            fresh=True,
            footnote=_footnote,
            draft=draft,
            problems=problems,
        ),
    )


def _begun(entry: Entry, begins: Mapping[str, Plain]) -> Entry:
    return replace(entry, value=begins[entry.path]) if entry.path in begins else entry


def _footnote(resource: Resource) -> str:
    custom = [one.label for one in resource.fields if one.name.startswith(CUSTOM)]
    words = say("edit.one_request", one=resource.one)
    return f"{words} {say('edit.custom_below', names=', '.join(custom))}" if custom else words


def part_form(
    edits: Outbox,
    record: Record,
    part_kind: str,
    part: Part | None = None,
    problems: Problems | None = None,
    key: str = "",
    draft: FormText | None = None,
) -> FormScreen:
    """The form of one part, or of a new one (None); `key`, `draft` as in `new_form`."""
    kind = edits.desk.resources[record.resource].part(part_kind)
    follow = FollowUp.of(edits.desk, record, kind) if part is None else None
    place = f"{record.resource}/{record.id}/{part_kind}"
    entries = lambda now: [  # noqa: E731 -- one of three lambdas here
        *part_entries(kind, part, now),
        *(follow.entries() if follow else ()),
    ]
    title = say("edit.title" if part else "edit.add", one=kind.one)

    def changes(values: Mapping[str, Plain]) -> list[Change]:
        if part is not None:
            return _part_changes(record, kind, part, values)
        more = beside(edits.saved_values(key), part_entries(kind, None))
        now = begun(kind.fields, {**more, **values}, edits.desk.clock.now())
        mine, tasks = (now, []) if follow is None else follow.parted(now)
        return [*_part_changes(record, kind, None, mine), *tasks]

    return _form(
        edits,
        FormSpec(
            key=key or (f"{place}/{part.id}" if part else edits.new_key(place)),
            title=title,
            entries=entries,
            changes=changes,
            resource=record.resource,
            record=record,
            begins_at=_words_of(kind) if part is None else "",
            fresh=part is None,
            draft=draft,
            problems=problems,
            seen=follow.seen if follow else None,
            kept=follow.without if follow else None,
        ),
    )


def _words_of(kind: PartKind) -> str:
    """Of a note its text: its kind has a value already. Empty for other parts."""
    is_note = issubclass(kind.model, Note)
    return next((one.name for one in kind.fields if is_note and one.kind is Kind.LONG), "")


def _part_changes(
    record: Record, kind: PartKind, part: Part | None, values: Mapping[str, Plain]
) -> list[Change]:
    base = part.base() if part else {}
    changed = diff(base, values)
    if not changed:
        return []
    verb, made = (Verb.UPDATE, part.id) if part else (Verb.CREATE, "")
    ref = Ref(kind.name, made)
    return [Change(verb, ref, record.ref, changed, base, record.version())]


def custom_form(
    edits: Outbox, record: Record, name: str, problems: Problems | None = None
) -> FormScreen:
    """The form for a custom field (`custom:71`) that has no value yet."""
    field = edits.desk.resources[record.resource].field(name)
    entry = Entry("content", field._replace(name="content", required=True), label=field.label)
    holder = _custom_kind(edits.desk.resources[record.resource])

    def changes(values: Mapping[str, Plain]) -> list[Change]:
        content = values.get("content")
        if content is None:
            return []
        if not holder:
            base, version = record.base([name]), record.version()
            return [Change(Verb.UPDATE, record.ref, None, {name: content}, base, version)]
        made = {"type_id": name.removeprefix(CUSTOM), "content": content}
        return [Change(Verb.CREATE, Ref(holder, ""), record.ref, made, {}, record.version())]

    return _form(
        edits,
        FormSpec(
            key=f"{record.resource}/{record.id}/{holder or 'custom'}/new:{name}",
            title=say("edit.add", one=field.label),
            entries=lambda _: [entry],
            changes=changes,
            resource=record.resource,
            record=record,
            fresh=True,
            problems=problems,
        ),
    )


def _custom_kind(resource: Resource) -> str:
    """The kind of part that custom fields' values are; empty where they are no parts."""
    from csc_tui.domain.record import CustomValue

    kinds = (one.name for one in resource.parts if issubclass(one.model, CustomValue))
    return next(kinds, "")


def tags_form(edits: Outbox, record: Record, problems: Problems | None = None) -> FormScreen:
    """All tags of a record in one field, commas between."""
    kind = edits.desk.resources[record.resource].part("tags")
    names = tag_names(record)

    def entries(now: Resource) -> Sequence[Entry]:
        made = next(one for one in new_entries(now) if one.path == "tags")
        return [replace(made, value=list(names), heading="", gap=False)]

    def changes(values: Mapping[str, Plain]) -> list[Change]:
        wanted = values.get("tags") or []
        assert isinstance(wanted, list)
        keep = {str(one).casefold() for one in wanted}
        gone = (name for name in names if name.casefold() not in keep)
        return tagged(kind, record, map(str, wanted)) + untagged(kind, record, gone)

    return _form(
        edits,
        FormSpec(
            key=f"{record.resource}/{record.id}/tags",
            title=say("edit.tags"),
            entries=entries,
            changes=changes,
            resource=record.resource,
            record=record,
            problems=problems,
        ),
    )


def _form(edits: Outbox, spec: FormSpec) -> FormScreen:
    return FormScreen(edits, replace(spec, draft=edits.draft(spec.key) or spec.draft))
