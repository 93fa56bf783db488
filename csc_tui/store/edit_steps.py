"""The steps that an edit takes on its way to the server. Pure; `EditStore.advance` writes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.errors import CrmError
from csc_tui.domain.form_text import FormText
from csc_tui.store.edit_rows import Answer, Choice, Edit, State

Step = Callable[[Edit], Edit]
"""An edit as it is -> as it is afterwards."""


def maybe_made(edit: Edit) -> bool:
    """Whether it is a create that may have been carried out without our knowing the id."""
    return edit.change.verb is Verb.CREATE and edit.sent_at is not None and not edit.done


def claimed(edit: Edit) -> Edit:
    """One process has begun to send it."""
    return replace(edit, state=State.SENDING, attempts=edit.attempts + 1)


def orphaned(at: float = 0.0) -> Step:
    """Who was sending it has died; or made a mistake, and is not to do so again before `at`."""

    def step(edit: Edit) -> Edit:
        state = State.UNCLEAR if maybe_made(edit) else State.QUEUED
        return replace(edit, state=state, looks=0, not_before=at)

    return step


def sent(change: Change, at: float, seen: tuple[str, ...] = (), by: str = "") -> Step:
    """The next moment it leaves: from here on it may have been done.

    `at` by the server's clock; `seen`: ids of the parts of its kind that are there before; `by`:
    the mark of the key.
    """
    return lambda edit: replace(edit, sent=change, sent_at=at, sent_by=by, seen=seen, looks=0)


def signed(change: Change) -> Step:
    """It did not say whose it is: from here on it does."""
    return lambda edit: replace(edit, change=change)


def done(request_id: str) -> Step:
    """The server has said yes."""
    return lambda edit: replace(edit, done=True, request_id=request_id)


def waiting(error: CrmError, not_before: float, *, lost: bool) -> Step:
    """It did not get through. `lost`: it may have been done all the same."""
    return lambda edit: replace(
        edit,
        state=State.WAITING,
        answer=Answer(error=error),
        not_before=not_before,
        sent_at=edit.sent_at if lost or edit.done else None,
    )


def looking(looks: int, not_before: float, error: CrmError | None = None) -> Step:
    """The answer to a create is lost: it was looked for so often, and will be again."""
    return lambda edit: replace(
        edit,
        state=State.UNCLEAR,
        looks=looks,
        not_before=not_before,
        answer=replace(edit.answer, error=error or edit.answer.error),
    )


def unclear(candidates: tuple[str, ...]) -> Step:
    """It cannot be told whether it was made: the user has to say."""
    return lambda edit: replace(
        edit,
        state=State.UNCLEAR,
        asks=True,
        not_before=0.0,
        answer=replace(edit.answer, candidates=candidates),
    )


def clashing(answer: Answer) -> Step:
    """Others changed the same; `answer` tells what. An earlier try may have been done in part."""
    return lambda edit: replace(edit, state=State.CONFLICT, answer=answer)


def chosen(choices: Mapping[str, Choice]) -> Step:
    """The user has chosen for some rows of a conflict, or types there; nothing goes yet."""
    return lambda edit: replace(edit, choices={**edit.choices, **choices})


def chosen_form(edit: Edit) -> FormText | None:
    """The text of a conflict's form as it was chosen: a refusal opens the form with it."""
    form = edit.form
    if form is None:
        return None
    settled = {key: one for key, one in edit.choices.items() if one.side in ("typed", "theirs")}
    typed = {key: one.text for key, one in settled.items() if one.side == "typed"}
    kept = {path: text for path, text in form.texts.items() if path not in settled}
    return replace(
        form,
        texts=kept
        | {key: text for key, text in typed.items() if "/" not in key and text is not None},
        picks={path: pick for path, pick in form.picks.items() if path not in settled},
    )


def refused(error: CrmError) -> Step:
    """The server said no: nothing of it was done."""
    return lambda edit: replace(edit, state=State.REFUSED, answer=Answer(error=error), sent_at=None)


def working(looks: int, not_before: float) -> Step:
    """The CRM said yes, or may have, and needs its time: it is looked at again."""
    return lambda edit: replace(
        edit, state=State.WAITING, answer=Answer(note="working"), looks=looks, not_before=not_before
    )


def given_up(error: CrmError) -> Step:
    """The CRM has said yes and not done it: the user may have it tried once more."""
    return lambda edit: replace(refused(error)(edit), done=False, looks=0)


def put_back(*, unsent: bool) -> Step:
    """It cannot go now, for a reason that is not its own. `unsent`: surely not done."""

    def step(edit: Edit) -> Edit:
        return replace(
            edit,
            state=State.UNCLEAR if maybe_made(edit) and not unsent else State.QUEUED,
            sent_at=None if unsent and not edit.done else edit.sent_at,
            not_before=0.0,
        )

    return step


def retried(edit: Edit) -> Edit:
    """To be tried now, whatever it waited for; what asks, as if it had never been sent."""
    asked = edit.state is State.UNCLEAR and edit.asks
    still_looking = edit.state is State.UNCLEAR and not asked
    return replace(
        edit,
        state=State.UNCLEAR if still_looking else State.QUEUED,
        asks=False,
        looks=0,
        sent_at=None if asked else edit.sent_at,
        not_before=0.0,
    )
