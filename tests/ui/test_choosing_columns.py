"""Columns are chosen and ordered for each account and resource."""

from __future__ import annotations

from csc_tui.services.layout import Tab, chosen
from tests.live_app import Hands


def heads(hands: Hands) -> list[str]:
    return hands.screen.split("\n")[1].replace("↑", "").split()


async def to(hands: Hands, title: str) -> None:
    """The cursor to a column."""
    await hands.press(*["up"] * 12)
    await hands.sees("› [x] Name, always first")
    while f"› [ ] {title}" not in hands.screen and f"› [x] {title}" not in hands.screen:
        await hands.press("down")


async def test_chosen_columns_stand_in_their_order_and_are_kept(listed: Hands) -> None:
    hands = listed
    assert heads(hands) == ["Name", "Company", "City", "Phone", "Last"]
    hands.demo.forget()
    await hands.press("c")
    await hands.sees("as many as the width is good for")
    # What stands there is what one begins with.
    for title in ("Company", "Phone", "Last"):
        await to(hands, title)
        await hands.sees(f"› [x] {title}")
        await hands.press("space")
        await hands.sees(f"› [ ] {title}")
    await to(hands, "City")
    await hands.sees("› [x] City")
    await to(hands, "E-mail")
    await hands.press("space")
    await hands.sees("› [x] E-mail")
    # E-mail goes before City.
    while heads_in(hands, "E-mail") > heads_in(hands, "City"):
        await hands.press("K")
    await hands.press("enter")
    await hands.until(lambda: heads(hands) == ["Name", "E-mail", "City"])
    assert "@" in hands.screen
    # The rows hold all columns; only which fields the account has is asked for, once.
    assert all("custom_fields_types" in one["path"] for one in hands.demo.log())
    assert await hands.desk.store.value("columns.people") == "name,email,city"
    await hands.press("2")
    await hands.until(lambda: "City" in heads(hands) and "E-mail" not in heads(hands))
    await hands.press("1", "c", "x", "enter")
    await hands.until(lambda: heads(hands) == ["Name", "Company", "City", "Phone", "Last"])


def heads_in(hands: Hands, title: str) -> int:
    """In which line a column stands."""
    return next(n for n, one in enumerate(hands.screen.split("\n")) if one[6:].startswith(title))


async def test_esc_leaves_them_as_they_were(listed: Hands) -> None:
    hands = listed
    await hands.press("c")
    await to(hands, "City")
    await hands.press("space", "escape")
    await hands.until(lambda: heads(hands) == ["Name", "Company", "City", "Phone", "Last"])


async def test_taken_unchanged_they_stay_as_the_width_is_good_for(listed: Hands) -> None:
    hands = listed
    await hands.press("c")
    await hands.sees("as many as the width is good for")
    await hands.sees("  [x] Company")
    await hands.press("enter")
    await hands.until(lambda: heads(hands) == ["Name", "Company", "City", "Phone", "Last"])
    assert await hands.desk.store.value("columns.people") in (None, "")


async def test_the_name_stays_first(listed: Hands) -> None:
    hands = listed
    await hands.press("c", "space")
    await hands.sees("this one always stands first")


async def test_what_the_account_has_no_more_is_left_out(listed: Hands) -> None:
    tab = listed.desk.tab("people")
    assert isinstance(tab, Tab)
    city = [one.name for one in tab.columns].index("city")
    assert chosen(tab, "name,custom:9,city,city") == (0, city)
    assert chosen(tab, "custom:9") == ()
    assert chosen(tab, None) == ()
