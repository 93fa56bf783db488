"""`⏎` on a number or an address: large, with a QR code that says just that."""

from __future__ import annotations

from pathlib import Path

import pytest
import segno

from tests.live_demo import LiveDemo
from tests.terminal.conftest import Opener
from tests.terminal.terminal import Terminal
from tests.terminal.test_list import opened

HALVES = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}
"""Glyph -> upper and lower half."""


def modules(lines: list[str], content: str) -> list[list[int]]:
    """The modules of the code at the right of the screen, without its quiet zone; 1 is drawn."""
    size = len(segno.make(content, micro=False, error="L").matrix)
    rows: list[list[int]] = []
    for line in lines[2:-2]:
        cells = [HALVES.get(char, (0, 0)) for char in line[:-2]]
        rows += [[cell[half] for cell in cells] for half in (0, 1)]
    first = next(n for n, row in enumerate(rows) if sum(row[-size - 8 :]) > 1)
    right = max(n for row in rows for n, one in enumerate(row) if one) + 1
    return [row[right - size : right] for row in rows[first : first + size]]


def expected(content: str) -> list[list[int]]:
    code = segno.make(content, micro=False, error="L")
    return [[int(bool(dark)) for dark in row] for row in code.matrix]


def at_the_phone(account: Opener, **more: object) -> Terminal:
    screen = opened(account, **more)
    screen.press("enter")
    screen.wait_for("› Phone")
    return screen


def test_a_number_is_large_with_the_code_that_dials_it(account: Opener) -> None:
    screen = at_the_phone(account)
    screen.press("enter")
    screen.wait_for("a phone’s camera dials it from the code")
    lines = screen.settle()

    assert lines[1].startswith(" People › Abel, Frank › Phone")
    assert lines[2].startswith("  +49 221 4710 155 ")
    assert lines[5].startswith("   █  █ █ █ █       █   █  █")
    assert modules(lines, "TEL:+492214710155") == expected("TEL:+492214710155")
    assert {style[:2] for style in screen.styles(8)} >= {("000000", "ffffff")}
    screen.press("escape")
    screen.wait_for("› Phone")


def test_an_address_stands_in_post_form_with_its_code(
    account: Opener, demo_server: LiveDemo
) -> None:
    address = {"street": "Gereonstraße 18", "zip": "50670", "city": "Köln", "country_code": "DE"}
    person = {"name": "Aabel", "first_name": "Änne", "addrs_attributes": [address]}
    demo_server.ask("POST", "/api/people", {"person": person})
    screen = account()
    screen.wait_for("› Aabel, Änne")
    screen.press("enter")
    screen.wait_for("Address")
    screen.press("down")
    screen.wait_for("› Address")
    screen.press("enter")
    screen.wait_for("a phone’s camera reads it from the code")
    lines = screen.settle()

    post = "Änne Aabel\nGereonstraße 18\n50670 Köln"
    assert [line[:40].strip() for line in lines[2:5]] == post.split("\n")
    assert modules(lines, post) == expected(post)


def test_without_room_or_blocks_it_says_so(account: Opener, folders: dict[str, str]) -> None:
    screen = at_the_phone(account, columns=40, rows=12)
    screen.press("enter")
    lines = screen.wait_for("no room for its QR code")
    assert lines[2].startswith("  +49 221 4710 155")
    screen.close()

    config = Path(folders["XDG_CONFIG_HOME"]) / "csc-tui"
    config.mkdir(parents=True, mode=0o700)
    (config / "config.toml").write_text('glyphs = "ascii"\n')
    screen = account()
    screen.wait_for("> Abel, Frank")
    screen.press("enter")
    screen.wait_for("> Phone")
    screen.press("enter")
    lines = screen.wait_for("no QR code: the terminal has no blocks")
    assert lines[2].startswith("  +49 221 4710 155")
    assert lines[5].startswith("   #  # # # #       #   #  #")
    assert all(line.isascii() for line in lines[2:-2])


def test_without_colours_the_light_modules_are_drawn(account: Opener) -> None:
    screen = at_the_phone(account, NO_COLOR="1")
    screen.press("enter")
    screen.wait_for("a phone’s camera dials it from the code")
    lines = screen.settle()

    content = "TEL:+492214710155"
    size = len(expected(content))
    start = len(lines[0]) - 2 - size - 4
    rows: list[list[int]] = []
    for line in lines[2:-2]:
        cells = [HALVES.get(char, (0, 0)) for char in line]
        rows += [[cell[half] for cell in cells[start : start + size]] for half in (0, 1)]
    light = [[1 - dark for dark in row] for row in expected(content)]
    assert rows[4 : 4 + size] == light


@pytest.mark.parametrize("theme", ["light", "contrast-light", "terminal"])
def test_it_is_dark_on_light_in_every_theme(account: Opener, theme: str) -> None:
    screen = account("--theme", theme)
    screen.wait_for("› Abel, Frank")
    screen.press("enter")
    screen.wait_for("› Phone")
    screen.press("enter")
    screen.wait_for("a phone’s camera dials it from the code")
    lines = screen.settle()

    assert modules(lines, "TEL:+492214710155") == expected("TEL:+492214710155")
    styles = {style[:2] for style in screen.styles(8)}
    assert styles & {("000000", "ffffff"), ("black", "brightwhite")}
