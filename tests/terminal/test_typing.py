"""Typing into forms in a real terminal: UTF-8, pastes, the user's editor, keys typed ahead."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from tests.live_demo import LiveDemo
from tests.terminal.conftest import Opener, first_of
from tests.terminal.terminal import Terminal

pytestmark = pytest.mark.usefixtures("as_before")


def bodies(demo: LiveDemo) -> list[Any]:
    return [one["body"] for one in demo.log() if one["method"] != "GET"]


def edit(account: Opener, **environment: str) -> Terminal:
    """The form of the first person in the list."""
    one = account(**environment)
    one.wait_for("› Abel")
    one.press("e")
    one.wait_for("Segment")
    return one


@pytest.mark.parametrize("text", ["@ß€é田", "Weiß-Größe"])
def test_what_is_typed_is_saved_letter_for_letter(
    account: Opener, demo_server: LiveDemo, text: str
) -> None:
    one = edit(account)
    demo_server.forget()
    one.press("ctrl+g")
    one.type("title")
    one.press("enter", "ctrl+u")
    one.type(text)
    one.wait_for(f"[{text}▏")
    one.press("ctrl+s")
    one.wait_for(" saved")
    assert bodies(demo_server) == [{"person": {"title": text}}]


def test_a_paste_is_one_text_whatever_it_holds(account: Opener, demo_server: LiveDemo) -> None:
    one = edit(account)
    demo_server.forget()
    one.press("ctrl+g")
    one.type("title")
    one.press("enter", "ctrl+u")
    one.paste("ab\x1b[201~cd\x1b[31m\x13ef\r\ngh")
    one.wait_for("gh▏")
    one.type("!")
    one.wait_for("[ab␛[201~cd␛[31m␓ef gh!▏")
    assert "1 changed" in one.text
    assert bodies(demo_server) == []


def test_a_paste_outside_a_form_does_nothing(account: Opener, demo_server: LiveDemo) -> None:
    one = account()
    one.wait_for("› Abel")
    one.paste("D\x1b[Bjjn\re")
    one.press("down")
    one.wait_for("row 2 of")
    assert "Edit person" not in one.text
    assert bodies(demo_server) == []


def test_a_long_text_goes_to_the_editor_and_back(
    account: Opener, demo_server: LiveDemo, tmp_path: Path
) -> None:
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys, pathlib\n"
        "print('the editor has the terminal')\n"
        "file = pathlib.Path(sys.argv[1])\n"
        "file.write_text('eins\\nzwei ' + file.read_text('utf-8').strip() + '\\n', 'utf-8')\n",
        "utf-8",
    )
    one = edit(account, EDITOR=f"{sys.executable} {script}")
    one.press("ctrl+g")
    one.type("backg")
    one.press("enter", "ctrl+u")
    one.type("Größe")
    one.press("ctrl+e")
    one.wait_for("zwei Größe▏")
    assert b"the editor has the terminal" in one.raw
    demo_server.forget()
    one.press("ctrl+s")
    one.wait_for(" saved")
    assert bodies(demo_server) == [{"person": {"background": "eins\nzwei Größe"}}]


def test_keys_typed_ahead_delete_nothing(account: Opener, demo_server: LiveDemo) -> None:
    name = str(first_of(demo_server)["name"])
    one = account()
    one.wait_for("› Abel")
    one.send(b"D" + name.encode() + b"\r")
    one.wait_for("to delete: [")
    one.settle()
    assert bodies(demo_server) == []
    one.press("escape")
    one.wait_gone("to delete: [")
    assert bodies(demo_server) == []
