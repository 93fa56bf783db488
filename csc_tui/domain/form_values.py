"""The values of something new as the form for it shows them, and what they hold beside that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from csc_tui.domain.field import Choice, Field, Kind, Plain
from csc_tui.domain.typed import shown

if TYPE_CHECKING:
    from csc_tui.domain.form import Entry

Typed = tuple[dict[str, str], dict[str, tuple[str, str]]]
"""Texts and picks by path, as `FormText` has them."""


def flat(values: Mapping[str, Plain]) -> dict[str, Plain]:
    """The values of a create by path, the reverse of `change.nest`: `phones.0.number`."""
    found: dict[str, Plain] = {}
    for name, value in values.items():
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            found[name] = value
            continue
        for index, part in enumerate(value):
            found |= {f"{name}.{index}.{key}": it for key, it in part.items()}
    return found


def _names(entry: Entry, values: Mapping[str, Plain]) -> Plain:
    """An entry's value; of parts that are typed as names with commas their names."""
    value = values.get(entry.path)
    if entry.field.kind is not Kind.TAGS or not isinstance(value, list):
        return value
    return [one.get("name") if isinstance(one, dict) else one for one in value]


def typed(
    values: Mapping[str, Plain],
    entries: Iterable[Entry],
    choices: Callable[[Field], Sequence[Choice]],
) -> Typed:
    """What stands in the form when somebody has typed these values into it."""
    by_path = {**flat(values), **values}
    texts: dict[str, str] = {}
    picks: dict[str, tuple[str, str]] = {}
    for entry in entries:
        value = _names(entry, by_path)
        if value is None or value == []:
            continue
        texts[entry.path] = shown(entry.field, value, choices(entry.field))
        if isinstance(value, dict) and value.get("id"):
            picks[entry.path] = (str(value["id"]), str(value.get("name") or ""))
    return texts, picks


def beside(values: Mapping[str, Plain], entries: Iterable[Entry]) -> dict[str, Plain]:
    """What a create holds that its form does not show, by path for `change.nest`.

    The rest of a part that the form shows goes with it: it stands under a path as presets have.
    """
    paths = {entry.path for entry in entries}
    by_path = {
        path: value for path, value in flat(values).items() if path.partition(".")[0] not in paths
    }
    parts = {path.rpartition(".")[0] for path in by_path if path in paths}
    found: dict[str, Plain] = {}
    for path, value in by_path.items():
        part, _, name = path.rpartition(".")
        if path not in paths:
            found[f"{part}.={name}" if part and part in parts else path] = value
    return found
