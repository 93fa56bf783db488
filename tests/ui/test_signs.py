"""Signs for a terminal that knows ASCII alone."""

from __future__ import annotations

import pytest
from rich.style import Style

from csc_tui.ui.paint import Paint, Role, Run
from csc_tui.ui.signs import only_ascii, plain_signs


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("› Name ↑ │", "> Name ^ |"),
        ("Freiburg i…", "Freiburg..."),
        ("東京…", "東..."),
        ("a …", "a ."),
        ("…", "."),
        ("Müller ß", "Müller ß"),
    ],
)
def test_signs_change_and_widths_do_not(text: str, plain: str) -> None:
    assert plain_signs(text) == plain


@pytest.mark.parametrize(
    ("setting", "encoding", "ascii_alone"),
    [
        ("auto", "utf-8", False),
        ("auto", "UTF8", False),
        ("auto", "ascii", True),
        ("auto", "iso8859-1", True),
        ("auto", "nonsense", False),
        ("ascii", "utf-8", True),
        ("unicode", "ascii", False),
    ],
)
def test_the_setting_counts_before_the_locale(
    setting: str, encoding: str, ascii_alone: bool
) -> None:
    assert only_ascii(setting, encoding) == ascii_alone


def test_a_longer_sign_takes_its_room_from_the_widest_blank() -> None:
    paint = Paint({role: Style() for role in Role})
    paint.ascii = True
    line = (Run(" budget 48/50"), Run(" " * 9), Run("⏎ open  ? help "))

    assert paint.strip(line, 37).text == " budget 48/50     enter open  ? help "
