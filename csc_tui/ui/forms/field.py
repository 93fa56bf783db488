"""One field of an open form: what was there, what stands in its box, what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from csc_tui.domain.field import Choice, Kind, Plain
from csc_tui.domain.form import BadValue, shown, ticked
from csc_tui.domain.numbers import in_box
from csc_tui.domain.typed_when import check_at, in_words, is_over, is_reckoned
from csc_tui.ui.forms.text import TextBox, lined
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.domain.form import Entry
    from csc_tui.services.lookup import Lookups


class FormField:
    """One field."""

    def __init__(
        self,
        entry: Entry,
        lookups: Lookups,
        now: Callable[[], datetime],
        beside: Mapping[str, FormField],
        *,
        fresh: bool,
    ) -> None:
        """`now`: what a typed `+2d` counts from; `fresh`: of a form that makes something new.

        `beside`: the fields of the form by their paths, those too that are still to come.
        """
        self.entry = entry
        self.problem = ""
        """What is wrong with its value, in words; empty for nothing."""
        self.picked: Choice | None = None
        """The record that was picked for a link."""
        self.found: Sequence[Choice] = ()
        """The records that the text of a link may mean, as last looked up."""
        self._lookups = lookups
        self._now = now
        self._beside = beside
        self._fresh = fresh
        value = entry.value
        if isinstance(value, dict) and value.get("id"):
            self.picked = Choice(str(value["id"]), str(value.get("name") or ""))
        self.base = self._shown()
        """What stood in the box at first."""
        self.box = TextBox(self.base, many=entry.field.kind is Kind.LONG)
        self.opened = self.base
        """What stood in it when the form opened: the same, or a draft's text."""
        self._settled = self.base
        """What was last picked or there at first: a letter typed then begins anew."""
        self._checked = self.base

    def _shown(self) -> str:
        text = shown(self.entry.field, self.entry.value, self._options())
        if self.entry.field.kind is Kind.NUMBER:
            return in_box(text)
        return lined(text) if self.entry.field.kind is Kind.LONG else text

    def _options(self) -> Sequence[Choice]:
        """The options that are here; what is there already with the words that came with it."""
        options = self._lookups.choices(self.entry.field.lookup)
        if not self.entry.words or any(one.value == self.entry.value for one in options):
            return options
        return [*options, Choice(str(self.entry.value), self.entry.words)]

    @property
    def changed(self) -> bool:
        """Whether something else stands in the box than at first."""
        return self.box.text != self.base

    @property
    def picks(self) -> bool:
        """Whether it has a list of options."""
        field = self.entry.field
        return bool(field.choices or field.lookup)

    @property
    def links(self) -> bool:
        """Whether its value is another record."""
        return self.entry.field.kind is Kind.LINK

    def refresh(self) -> None:
        """Options have arrived: show the words for what was there."""
        before, self.base = self.base, self._shown()
        if self.box.text == before != self.base:
            self.box = TextBox(self.base, many=self.box.many)
            self.opened = self._settled = self._checked = self.base

    def restore(self, text: str, pick: tuple[str, str] | None, problem: str) -> None:
        """Put a draft's text into the box."""
        self.box = TextBox(text, many=self.box.many)
        self.opened = self._checked = self.box.text
        if pick is not None:
            self.picked = Choice(*pick)
        self.problem = problem

    def reset(self) -> None:
        """Return to what was there at first."""
        if self.changed:
            self.box.replace(self.base)
        self.opened = self._settled = self._checked = self.base
        self.problem = ""

    def type(self, text: str) -> None:
        """Take typed or pasted text; one option is replaced by what is typed over it."""
        one = self.picks and self.entry.field.kind is Kind.CHOICE and not self.entry.field.free
        if one and self.box.text == self._settled and self.box.cursor == len(self.box.text):
            self.box.clear_to_start()
        if self._begins_another(text):
            self.box.insert(", ")
        self.box.insert(text)

    def _begins_another(self, text: str) -> bool:
        """Whether what is typed at the end is one more option or tag, behind a whole one."""
        box = self.box
        if box.cursor < len(box.text) or box.text[-1:] in ("", " ", ",") or text.startswith(","):
            return False
        if self.entry.field.kind is Kind.TAGS:
            return box.text == self._settled
        return self.entry.field.kind is Kind.SEVERAL and not self.ticks()[1]

    def left(self) -> None:
        """The cursor leaves it: see whether what was typed since is a value."""
        if self.box.text != self._checked:
            self.validate()

    def take(self, choice: Choice) -> None:
        """An option was picked."""
        self.problem = ""
        if self.links:
            self.picked = choice if choice.value else None
            self.box.replace(choice.words)
        elif self.entry.field.kind is Kind.SEVERAL:
            self._toggle(choice)
        elif self.entry.field.kind is Kind.TAGS:
            head, comma, _ = self.box.text.rpartition(",")
            self.box.replace(f"{head}, {choice.words}" if comma else choice.words)
        else:
            self.box.replace(shown(self.entry.field, choice.value or choice.words, self._options()))
        self._settled = self.box.text

    def ticks(self) -> tuple[list[Choice], str]:
        """Of a check list: the options that stand in the box, and what is typed behind them."""
        return ticked(self.box.text, self.entry.field.choices or self._options())

    def _toggle(self, choice: Choice) -> None:
        """Add an option of a check list, or take it out."""
        chosen, _ = self.ticks()
        kept = [one for one in chosen if one.value != choice.value]
        kept += [choice] if len(kept) == len(chosen) else []
        self.box.replace(", ".join(one.words for one in kept))

    def value(self) -> Plain:
        """What the text means. Raises BadValue."""
        if not self.changed and (self.base or not self._fresh):
            return self.entry.value
        if not self.box.text.strip() and self.base and not self.entry.field.clears:
            raise BadValue("stays")
        options = self._options()
        if self.links:
            options = self.found
            if self.picked is not None and self.picked.words == self.box.text.strip():
                options = (self.picked,)
        field = self.entry.field._replace(past=self._past())
        return check_at(field, self.box.text, options, self._now())

    def _past(self) -> bool:
        """Whether a date is of what has happened, as the form stands."""
        field = self.entry.field
        if field.past_with is None or (other := self._beside.get(field.past_with[0])) is None:
            return field.past
        try:
            return other.value() in field.past_with[1]
        except BadValue:
            return field.past

    def taken_for(self, cells: int) -> str:
        """The date that `fri` or `+2d` in its box is taken for, in the words that have room.

        Empty where the box says it itself, or what stands there is no date. What would be due in
        the past says so: `14:00` is today's, also in the evening.
        """
        field, text = self.entry.field, self.box.text.strip()
        reckoned = is_reckoned(field, text)
        if not self.changed or not (reckoned or (text and field.whole_day)):
            return ""
        try:
            value = str(self.value())
        except BadValue:
            return ""
        late = say("form.note.late") if field.whole_day and is_over(value, self._now()) else ""
        if not reckoned:
            return late
        words = in_words(value)
        ways = (f"= {one}, {late}" if late else f"= {one}" for one in words)
        return next((one for one in ways if len(one) <= cells), late or words[-1])

    def validate(self) -> bool:
        """Look whether the text is a value and say at the field if it is none."""
        self._checked = self.box.text
        try:
            self.value()
        except BadValue as bad:
            self.problem = bad.words()
            return False
        self.problem = ""
        return True
