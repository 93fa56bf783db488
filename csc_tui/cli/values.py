"""`field=value` on the command line: what a form's boxes would make of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from csc_tui.cli.output import complain
from csc_tui.config.refusal import ConfigError
from csc_tui.domain.change import diff, nest
from csc_tui.domain.changing import begun
from csc_tui.domain.field import Kind
from csc_tui.domain.filter_text import suggestion
from csc_tui.domain.folding import fold
from csc_tui.domain.form import Entry, edit_entries, goes, new_entries, part_entries, shown
from csc_tui.domain.lookup import choices_of
from csc_tui.domain.subject import bare
from csc_tui.domain.typed import BadValue
from csc_tui.domain.typed_when import check_at, in_words, is_reckoned
from csc_tui.services.search import search_there
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.domain.field import Choice, Field, Plain
    from csc_tui.domain.record import Record
    from csc_tui.domain.resource import PartKind, Resource
    from csc_tui.services.desk import Desk


async def edit_values(
    desk: Desk, resource: Resource, record: Record, typed: Sequence[str]
) -> dict[str, Plain]:
    """Field -> value of what is to be set. ConfigError with the field's own sentence; CrmError."""
    entries = edit_entries(resource, record)
    return {
        entry.path: await _value(desk, entry, text)
        for entry, text in _assigned(resource, entries, typed)
    }


async def new_values(
    desk: Desk, resource: Resource, typed: Sequence[str], parts: Iterable[tuple[str, str]]
) -> dict[str, Plain]:
    """The values of a create. `parts` are the texts of parts, each with what one of them is called.

    ConfigError with the field's own sentence; CrmError.
    """
    entries = new_entries(resource)
    flat: dict[str, Plain] = {path: it for one in entries for path, it in one.presets.items()}
    for entry, text in _assigned(resource, entries, typed):
        flat[entry.path] = await _value(desk, entry, text)
    counts: dict[str, int] = {}
    for one, text in parts:
        entry = _part_entry(resource, entries, one)
        kind, _, name = entry.path.partition(".0.")
        if entry.path == one:  # no part of the record here but a field of its own
            if kind in flat:
                raise ConfigError("cli.twice", label=entry.label)
            flat[kind] = await _value(desk, entry, text)
            continue
        if not name:  # tags are names in one field
            known = flat.get(kind) or []
            assert isinstance(known, list)
            flat[kind] = [*known, *_several(await _value(desk, entry, text))]
            continue
        number = counts.get(kind, 0)
        counts[kind] = number + 1
        at = f"{kind}.{number}"
        presets = {key.replace(f"{kind}.0", at): it for key, it in entry.presets.items()}
        flat |= {**presets, f"{at}.{name}": await _value(desk, entry, text)}
    for entry in entries:
        own = "." not in entry.path
        if own and entry.field.required and flat.get(entry.path) in (None, ""):
            raise _bad(entry, BadValue("required", label=entry.field.label))
    return nest(flat)


async def note_values(desk: Desk, kind: PartKind, typed: Mapping[str, str]) -> dict[str, Plain]:
    """Field -> value of a new note, out of the texts of its fields.

    ConfigError with the field's own sentence; CrmError.
    """
    entries = {one.path: one for one in part_entries(kind, None)}
    if unknown := next((name for name in typed if name not in entries), None):
        raise ConfigError("cli.note.no-field", name=unknown)
    values = {
        path: await _value(desk, one, typed[path]) if path in typed else one.value
        for path, one in entries.items()
    }
    for path, one in entries.items():
        if one.field.goes_with and not goes(one.field, values.get(one.field.goes_with[0])):
            if path in typed:
                other = one.field.goes_with[0]
                words = shown(entries[other].field, values[other])
                raise ConfigError("cli.note.unfitting", label=one.label, other=words)
            del values[path]
        elif one.field.required and values[path] in (None, ""):
            raise _bad(one, BadValue("required", label=one.field.label))
    return diff({}, begun(kind.fields, values, desk.clock.now()))


def _several(value: Plain) -> list[Plain]:
    return list(value) if isinstance(value, list) else [value]


def _assigned(
    resource: Resource, entries: Sequence[Entry], typed: Sequence[str]
) -> Iterable[tuple[Entry, str]]:
    """The fields that are named, each with its text.

    ConfigError for what names none, and for one that is named twice: which is meant?
    """
    named = set()
    for one in typed:
        name, _, text = one.partition("=")
        entry = _entry(resource, entries, name)
        if entry.path in named:
            raise ConfigError("cli.twice", label=entry.label or entry.field.label)
        named.add(entry.path)
        yield entry, text


def check_words(typed: Sequence[str]) -> None:
    """ConfigError for what assigns nothing: nobody need be asked to see that."""
    for one in typed:
        if "=" not in one:
            raise ConfigError("cli.no-equals", text=one)


def check_names(resource: Resource, typed: Sequence[str]) -> None:
    """ConfigError for what names no field that any record of the kind has."""
    for _ in _assigned(resource, edit_entries(resource, resource.model()), typed):
        pass


def _entry(resource: Resource, entries: Sequence[Entry], name: str) -> Entry:
    wanted = bare(name)
    by_name = [(one, (one.path, one.field.name)) for one in entries]
    by_label = [(one, (one.label, one.field.label)) for one in entries]
    for entry, keys in (*by_name, *by_label):
        if wanted and wanted in map(bare, keys):
            return entry
    known = [one.field.name for one in entries]
    labels = [one.label for one in entries if one.path.startswith("custom:")]
    close = suggestion(name, [*known, *labels])
    facts = {"name": name, "many": resource.many}
    if close:
        raise ConfigError("cli.no-field-close", close=close, **facts)
    names = [one for one in known if not one.startswith("custom:")] + labels
    raise ConfigError("cli.no-field", known=", ".join(dict.fromkeys(names)), **facts)


def _part_entry(resource: Resource, entries: Sequence[Entry], one: str) -> Entry:
    """The line of the form for a new record that a part is typed into. ConfigError for none."""
    for part in resource.parts:
        if bare(one) in (bare(part.one), bare(part.name)):
            for entry in entries:
                if entry.path == part.name or entry.path.startswith(f"{part.name}.0."):
                    return entry
    for entry in entries:
        if one in (entry.path, entry.path.partition(".0.")[2]):
            return entry
    raise ConfigError("cli.no-part", what=one, many=resource.many)


async def _value(desk: Desk, entry: Entry, text: str) -> Plain:
    """What a text means for a field, as if it were pasted there: one line has no breaks in it."""
    field = entry.field
    if field.kind is not Kind.LONG:
        text = " ".join(text.strip("\r\n").splitlines())
    choices: Sequence[Choice] = ()
    if field.kind is Kind.LINK:
        choices = await _linked(desk, field, text.strip())
    elif field.lookup and not field.free:
        choices = await desk.lookups.require(field.lookup)
        # Where the CRM does not give its options an id has to be taken as it is.
        field = field if choices else field._replace(free=text.strip().isdecimal())
    try:
        now = datetime.fromtimestamp(desk.clock.now(), UTC)
        field = field._replace(label=entry.label or field.label)
        value = check_at(field, text, choices, now)
        if is_reckoned(field, text):
            when = in_words(str(value))[0]
            complain(say("cli.taken-for", label=field.label, text=text.strip(), when=when))
        return value
    except BadValue as error:
        if error.code in ("choice", "several"):
            offered = choices if field.kind is Kind.LINK else choices_of(field, desk.choices())
            if not offered:
                raise ConfigError("cli.none-called", label=field.label, text=text) from None
            known = ", ".join(one.words for one in offered)
            facts = {"label": field.label, "text": text, "known": known}
            raise ConfigError("cli.bad-choice", **facts) from None
        raise _bad(entry, error) from None


async def _linked(desk: Desk, field: Field, text: str) -> Sequence[Choice]:
    """The records that a text may name: those here, and the CRM's where none here is called so."""
    found = await desk.lookups.records(field.lookup, text)
    if not field.free and not any(fold(one.words) == fold(text) for one, _ in found):
        await search_there(desk, field.lookup, text)
        found = await desk.lookups.records(field.lookup, text)
    return [one for one, _ in found]


def _bad(entry: Entry, error: BadValue) -> ConfigError:
    if error.code == "required":  # its words name the field themselves
        return ConfigError("form.bad.required", **error.params)
    return ConfigError("cli.bad-value", label=entry.label or entry.field.label, why=error.words())
