"""From record to record and back: the trail, `<` and `>`, `J` and `K`."""

from __future__ import annotations

from tests.live_demo import LiveDemo
from tests.terminal.conftest import Opener
from tests.terminal.test_list import opened


def firm(demo: LiveDemo) -> None:
    """A company with two people who stand first in the list."""
    made = demo.ask("POST", "/api/companies", {"company": {"name": "Aabwerk"}})["company"]["id"]
    for first in ("Eins", "Zwei"):
        demo.ask(
            "POST",
            "/api/people",
            {
                "person": {
                    "name": "Aab",
                    "first_name": first,
                    "positions_attributes": [{"company_id": made, "name": "Meister"}],
                    "tels_attributes": [{"name": "+49 30 23125 001", "atype": "office"}],
                }
            },
        )
    demo.forget()


def test_links_lead_on_and_esc_leads_back_to_the_same_stop(
    account: Opener, demo_server: LiveDemo
) -> None:
    firm(demo_server)
    screen = account()
    screen.wait_for("› Aab, Eins")
    screen.settle()
    demo_server.forget()
    screen.press("enter")
    screen.wait_for("People › Aab, Eins ")
    screen.wait_for("› Phone")
    screen.press("g", "down", "enter")
    screen.wait_for("People › Aab, Eins › Aabwerk")
    # The company was never here: one request. Its people's names are one more, once keys rest.
    screen.wait_for("Aab, Zwei ›")
    screen.settle()
    assert len(demo_server.requests()) == 2 or "Aab, Zwei" in screen.text
    assert len(demo_server.requests()) <= 2
    screen.press("down", "down", "down", "enter")
    screen.wait_for("People › Aab, Eins › Aabwerk › Aab, Zwei")
    screen.press("escape")
    screen.wait_for(lambda lines: lines[1].rstrip().endswith("› Aabwerk"))
    assert "Aab, Zwei" in screen.cursor_line()
    screen.press("<")
    screen.wait_for(lambda lines: lines[1].rstrip().endswith("People › Aab, Eins"))
    assert screen.cursor_line().startswith("› Meister, Aabwerk")
    screen.press(">")
    screen.wait_for(lambda lines: lines[1].rstrip().endswith("› Aabwerk"))
    screen.press(">")
    screen.wait_for(lambda lines: lines[1].rstrip().endswith("› Aab, Zwei"))
    screen.press(">")
    screen.wait_for("the trail ends here")
    screen.press("q", "h", "escape")
    screen.wait_for("row 1 of 2,402")
    screen.press("<")
    screen.wait_for("the trail begins here")
    screen.press("1")
    screen.wait_for("row 1 of 2,402")


def test_j_and_k_walk_the_list(account: Opener) -> None:
    screen = opened(account)
    screen.press("enter")
    screen.wait_for("People › Abel, Frank")
    screen.press("K")
    screen.wait_for("no more records that way")
    screen.press("J", "J")
    screen.wait_for("People › Abel, Rosemarie")
    screen.wait_for("› Phone")
    screen.press("K")
    screen.wait_for("People › Abel, Matthias")
    screen.press("escape")
    screen.wait_for("row 2 of 2,400")
    assert screen.cursor_line().startswith("› Abel, Matthias")


def test_another_tab_leaves_the_trail(account: Opener) -> None:
    screen = opened(account)
    screen.press("down", "enter")
    screen.wait_for("People › Abel, Matthias")
    screen.press("2")
    screen.wait_for("row 1 of 600")
    screen.press("down", "down")
    screen.wait_for("row 3 of 600")
    screen.press("1")
    screen.wait_for("row 2 of 2,400")
    screen.press("2")
    screen.wait_for("row 3 of 600")
    screen.press("q")
    assert screen.wait_end() == 0
