"""What fits a filter no more leaves the list at once, and is back where that is taken back."""

from __future__ import annotations

from csc_tui.domain.record import Record
from csc_tui.services.gathered import Gathered
from tests.live_app import Hands


def rows(hands: Hands) -> list[str]:
    """The ids of the rows of the filtered list."""
    found = hands.app.base and hands.app.base.listing
    assert isinstance(found, Gathered)
    return found.ids()


async def filtered(hands: Hands, text: str) -> None:
    """Type a filter and have all of it."""
    await hands.press("f")
    await hands.sees("⏎ run")
    await hands.type(text)
    await hands.press("enter")
    base = hands.app.base
    assert base is not None
    await hands.until(lambda: isinstance(base.listing, Gathered) and base.listing.whole)


async def three(hands: Hands, tag: str) -> list[Record]:
    """Three people with a tag of their own, and the list of them."""
    tags = [{"name": tag}]
    made = [
        await hands.person(name="Leaver", first_name=f"Nr. {n}", tags_attributes=tags)
        for n in range(3)
    ]
    await filtered(hands, f"tag:{tag}")
    await hands.sees("row 1 of 3")
    assert rows(hands) == [one.id for one in made]
    hands.demo.forget()
    return made


async def untag(hands: Hands) -> None:
    """Take the tags off the person under the cursor."""
    await hands.press("t")
    await hands.sees("Edit tags")
    await hands.press("ctrl+u", "ctrl+s")


async def test_an_edit_takes_its_row_out_and_undo_puts_it_back(listed: Hands) -> None:
    hands = listed
    made = await three(hands, "Leaving1")
    await hands.press("down")
    await hands.sees("row 2 of 3")
    await untag(hands)
    await hands.sees("row 2 of 2")
    await hands.sees("saved; left the filtered list: Leaver, Nr. 1")
    assert rows(hands) == [made[0].id, made[2].id]
    assert "Nr. 2" in hands.line("› Leaver")
    assert len(hands.demo.log()) == 3  # read, written, read back: none for the list
    await hands.press("u")
    await hands.sees("⏎ does it")
    await hands.press("enter")
    await hands.sees("row 2 of 3")
    assert rows(hands) == [one.id for one in made]
    await hands.until(lambda: hands.desk.outbox == 0)
    assert rows(hands) == [one.id for one in made]
    assert "Nr. 1" in hands.line("› Leaver")


async def test_a_refused_edit_brings_its_row_back(listed: Hands) -> None:
    hands = listed
    made = await three(hands, "Leaving2")
    hands.demo.fail({"kind": "status", "method": "DELETE", "path": "/**", "status": 422})
    counts: set[int] = set()
    hands.desk.events.listen(lambda _: counts.add(len(rows(hands))))
    await untag(hands)
    await hands.until(lambda: hands.desk.edits.refused == 1)
    await hands.until(lambda: rows(hands) == [one.id for one in made])
    assert counts == {2, 3}
    hands.demo.fail()


async def test_what_a_colleague_changed_leaves_once_it_is_read(listed: Hands) -> None:
    hands = listed
    made = await three(hands, "Leaving3")
    tag = made[0].tags[0].id  # type: ignore[attr-defined]
    hands.demo.ask("DELETE", f"/api/people/{made[0].id}/tags/{tag}")
    await hands.press("enter")
    await hands.sees("Leaver, Nr. 0")
    await hands.press("r")
    await hands.until(lambda: rows(hands) == [made[1].id, made[2].id])
    assert "left the filtered list" not in hands.screen
    await hands.press("J")
    await hands.sees("› Leaver, Nr. 1")
    await hands.press("escape")
    await hands.sees("row 1 of 2")
    assert "Nr. 1" in hands.line("› Leaver")


async def test_many_at_once_leave_together_and_are_counted(listed: Hands) -> None:
    hands = listed
    await three(hands, "Leaving4")
    await hands.press("*")
    await hands.sees("3 marked")
    await hands.press("b")
    await hands.sees("Untag")
    while "› Untag" not in hands.screen:
        await hands.press("down")
    await hands.press("enter")
    await hands.sees("Save")
    await hands.type("Leaving4")
    await hands.press("ctrl+s")
    await hands.sees("at the present budget")
    await hands.press("enter")
    await hands.sees("done: 3 saved; 3 left the filtered list")
    assert rows(hands) == []
    await hands.sees("fits tag:Leaving4.")


async def test_a_list_read_anew_knows_what_is_still_on_its_way(listed: Hands) -> None:
    hands = listed
    made = await three(hands, "Leaving5")
    hands.demo.fail({"kind": "status", "path": f"/people/{made[0].id}", "status": 503})
    await untag(hands)
    await hands.sees("row 1 of 2")
    first = hands.app.base.listing  # type: ignore[union-attr]
    await hands.press("r")
    await hands.until(lambda: (now := hands.app.base.listing) is not first and now.whole)  # type: ignore[union-attr]
    assert rows(hands) == [made[1].id, made[2].id]
    box = hands.desk.edits
    while box.outbox:  # between two tries it can be thrown away
        await hands.until(lambda: not box.entries() or box.entries()[0].state == "waiting")
        for one in box.entries():
            await box.discard_edit(one.client_id)
    await hands.until(lambda: set(rows(hands)) == {one.id for one in made})
    hands.demo.fail()
