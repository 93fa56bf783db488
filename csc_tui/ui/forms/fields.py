"""The fields of a form, made from its entries and from the text that is kept for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from csc_tui.domain.form import BadValue, goes
from csc_tui.glyphs import harmless
from csc_tui.ui.forms.field import FormField

if TYPE_CHECKING:
    from csc_tui.domain.form_text import FormText
    from csc_tui.services.desk import Desk
    from csc_tui.ui.forms.spec import FormSpec


def made_fields(spec: FormSpec, desk: Desk, before: Mapping[str, FormField]) -> list[FormField]:
    """The fields that the account has by now; those of `before`, by path, stay as they are."""
    draft, problems = spec.draft, spec.problems or {}
    made: dict[str, FormField] = {}

    def now() -> datetime:
        return datetime.fromtimestamp(desk.clock.now(), UTC)

    for entry in spec.entries(desk.resources[spec.resource]):
        one = before.get(entry.path)
        if one is None:
            one = FormField(entry, desk.lookups, now, made, fresh=spec.fresh)
            problem = " ".join(map(harmless, problems.get(entry.path, ())))
            if draft is not None and entry.path in draft.texts:
                one.restore(draft.texts[entry.path], draft.picks.get(entry.path), problem)
            else:
                one.problem = problem
        made[entry.path] = one
    return list(made.values())


def asked(made: Sequence[FormField]) -> list[FormField]:
    """Those that are asked for as the others stand: an outcome only of a call."""
    fields = {one.entry.path: one for one in made}
    return [one for one in made if _is_asked(one, fields)]


def _is_asked(one: FormField, fields: Mapping[str, FormField]) -> bool:
    if one.entry.field.goes_with is None:
        return True
    other = fields[one.entry.field.goes_with[0]]
    try:
        return goes(one.entry.field, other.value()) and _is_asked(other, fields)
    except BadValue:
        return False


def depends(fields: Iterable[FormField]) -> bool:
    """Whether what is typed into one of them may have others asked for."""
    return any(one.entry.field.goes_with for one in fields)


def first(fields: Sequence[FormField], spec: FormSpec) -> int:
    """Where the cursor begins: at what is wrong, else where it was, else where the form says."""
    cursor = spec.draft.cursor if spec.draft is not None else spec.begins_at
    there = next((n for n, one in enumerate(fields) if one.entry.path == cursor), 0)
    return next((n for n, one in enumerate(fields) if one.problem), there)


def restore(fields: Iterable[FormField], text: FormText) -> None:
    """Put kept text into fields that are open; the others return to what they were at first."""
    for one in fields:
        path = one.entry.path
        if path not in text.texts:
            one.reset()
        elif one.box.text != text.texts[path]:
            one.restore(text.texts[path], text.picks.get(path), "")
