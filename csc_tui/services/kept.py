"""What a form opens with: the text of its draft, and of saves that have come back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from csc_tui.domain.change import Verb
from csc_tui.domain.form_text import FormText
from csc_tui.store.edit_rows import Edit, State
from csc_tui.store.edit_saving import NEW_AGAIN


def kept_text(key: str, edits: Iterable[Edit]) -> FormText | None:
    """The kept text of a form out of the open edits; None if there is none.

    Two saves of one form may both have come back, the second one sent before the first one's
    answer was here; and a draft may be older than a refusal. Later texts win, field by field.
    """
    mine = [one for one in edits if one.form is not None and one.form.key == key]
    draft = next((one.form for one in mine if one.state is State.DRAFT), None)
    over = draft.over if draft else ()
    refused = [one for one in mine if one.state is State.REFUSED]
    texts = [one.form for one in refused if one.form and one.client_id not in over]
    texts = sorted([*texts, *([draft] if draft else [])], key=lambda form: form.at)
    if not texts:
        return next((one.form for one in mine if _stands(one)), None)
    return replace(
        texts[-1],
        texts={path: text for one in texts for path, text in one.texts.items()},
        picks={path: pick for one in texts for path, pick in one.picks.items()},
        over=tuple(one.client_id for one in refused),
    )


def newest_key(place: str, kept: Iterable[Edit]) -> str:
    """The form that something new is typed in: of what is kept of such forms the latest.

    `place` is the resource, or the beginning of a part's key: `people/42/phones`.
    """
    first, again = f"{place}/new", f"{place}{NEW_AGAIN}"
    found = [
        one.form
        for one in kept
        if one.form
        and (
            one.form.key == first or (one.state is State.REFUSED and one.form.key.startswith(again))
        )
    ]
    latest = max(found, key=lambda form: form.at, default=None)
    return latest.key if latest else first


def _stands(edit: Edit) -> bool:
    """Whether its text is nowhere else: neither on the record's screen nor at the server."""
    change = edit.change
    clashes = edit.state is State.CONFLICT and change.verb is Verb.UPDATE
    return clashes or (edit.moves and change.ref.id == "")
