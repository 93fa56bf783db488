"""From field to field of an open form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.domain.form import find_field
from csc_tui.glyphs import harmless
from csc_tui.ui.forms.layout import box_cells
from csc_tui.ui.forms.prompt import Prompt
from csc_tui.ui.forms.text import TextBox
from csc_tui.words import say

if TYPE_CHECKING:
    from csc_tui.ui.forms.screen import FormScreen

PAGE = 5
"""Fields that `pgup` and `pgdn` go over."""


class Going:
    """The ways out of a field; what was typed in it is looked at and kept on the way."""

    def __init__(self, form: FormScreen) -> None:
        self._form = form

    def to(self, at: int) -> None:
        """To a field by its number, the nearest there is, the cursor at the end of its text."""
        form = self._form
        form.picking.close()
        if (field := form.focused_field) is not None:
            field.left()
        if any(one.changed for one in form.fields):
            form.run_worker(form.keep_typed())
        form.at = min(max(at, 0), len(form.fields))
        if (field := form.focused_field) is not None and not field.box.many:
            field.box.to_end()

    def vertical(self, rows: int) -> None:
        """Up or down: inside of a text of several lines as long as there is a line."""
        form, field = self._form, self._form.focused_field
        cells = box_cells(form.app.size.width)
        if field is None or not field.box.many or not field.box.vertical(rows, cells):
            self.to(form.at + rows)

    def do_form_next(self) -> None:
        """The next field; behind `[ Save ]` the first."""
        self.to((self._form.at + 1) % (len(self._form.fields) + 1))

    def do_form_previous(self) -> None:
        """The field before; before the first `[ Save ]`."""
        self.to((self._form.at - 1) % (len(self._form.fields) + 1))

    def do_form_jump(self) -> None:
        """Ask for a field's name."""
        self._form.picking.close()
        self._form.prompt = Prompt("edit.jump", self._jump, TextBox())

    def _jump(self, typed: str) -> None:
        form = self._form
        found = find_field([one.entry for one in form.fields], typed)
        if found is None:
            form.hint(say("edit.no_field", typed=harmless(typed)))
            return
        self.to(found)
        form.fields[found].box.to_end()
