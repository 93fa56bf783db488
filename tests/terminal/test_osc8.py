"""The value under the cursor as a link, in terminals that are known to have links, and no other."""

from __future__ import annotations

import re

import pytest

from tests.live_demo import LiveDemo
from tests.terminal.conftest import Opener
from tests.terminal.terminal import Terminal
from tests.terminal.test_list import opened

_LINK = re.compile(rb"\x1b\]8;([^;]*);([^\x1b]+)\x1b\\")


def links(screen: Terminal, since: int) -> list[str]:
    """What was made a link since then, in order."""
    screen.settle()
    return [found[1].decode() for found in _LINK.findall(bytes(screen.raw[since:]))]


def test_number_mail_and_page_are_links_under_the_cursor_alone(
    account: Opener, demo_server: LiveDemo
) -> None:
    hidden = "https://bank.example@evil.example/in"
    company = {
        "name": "Aab & Co",
        "tels_attributes": [{"name": "+49 (0)221 4710-199", "atype": "office"}],
        "emails_attributes": [{"name": "info@aab.example", "atype": "office"}],
        "homepages_attributes": [{"name": hidden, "atype": "office"}],
    }
    demo_server.ask("POST", "/api/companies", {"company": company})
    screen = account(VTE_VERSION="7600")
    screen.wait_for("row 1 of")
    screen.press("2")
    screen.wait_for("› Aab & Co")
    screen.settle()
    assert b"\x1b]8;" not in screen.raw

    since = len(screen.raw)
    screen.press("enter")
    screen.wait_for("› Phone")
    assert links(screen, since) == ["tel:+492214710199"]
    since = len(screen.raw)
    screen.press("down")
    screen.wait_for("› E-mail")
    assert links(screen, since) == ["mailto:info@aab.example"]
    since = len(screen.raw)
    screen.press("down")
    lines = screen.wait_for("› Web")
    assert links(screen, since) == ["https://evil.example/in"]
    assert any(f"evil.example: {hidden}" in line for line in lines)


@pytest.mark.parametrize("more", [{}, {"STY": "1.pts", "VTE_VERSION": "7600"}])
def test_where_links_are_not_known_none_are_written(account: Opener, more: dict[str, str]) -> None:
    screen = opened(account, **more)
    screen.press("enter")
    screen.wait_for("› Phone")
    screen.press("down")
    screen.settle()

    assert b"\x1b]8;" not in screen.raw
