"""Deals on every CRM: made, found, won and lost, with company, people and tags; at the keys too."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.ref import Ref
from csc_tui.services.search import Search
from tests.contract.conftest import Colleague, Ground
from tests.contract.dialects import Dialect
from tests.live_app import running_app
from tests.live_demo import LiveDemo
from tests.live_desk import until


def link(ref: Ref) -> dict[str, Any]:
    return {"record": {"id": ref.id, "name": ""}}


async def settled(ground: Ground) -> None:
    await ground.terminal.settled()
    assert ground.terminal.box.outbox == 0, ground.terminal.box.entries()


async def made(ground: Ground, **values: Any) -> Ref:
    """A deal of the test's own, made at the terminal."""
    deal, lookups = ground.dialect.deal, ground.terminal.desk.lookups
    needed = {name: (await lookups.need(it))[0].value for name, it in deal.lookups.items()}
    values = {
        "name": f"Deal {uuid.uuid4().hex[:10]}",
        deal.closes: "2026-12-11",
        **needed,
        **values,
    }
    await ground.terminal.create("deals", **{"amount": "1250.5", **values})
    await settled(ground)
    return (await ground.terminal.box.journal())[-1].record


def company_of(ground: Ground, ref: Ref) -> dict[str, Any]:
    name = ground.dialect.deal.company
    linked = link(ref)
    return {name: linked["record"] if name == "company" else [linked]}


async def test_a_new_deal_is_one_post_with_all_that_hangs_on_it(ground: Ground) -> None:
    deal, company, people = ground.dialect.deal, ground.company(), [ground.person() for _ in "ab"]
    await ground.terminal.desk.lookups.need("users")
    ground.demo.forget()
    ref = await made(
        ground,
        tags=["Messe Köln"],
        **{deal.people: [link(one) for one in people]},
        **company_of(ground, company),
    )
    assert [one.split()[0] for one in ground.demo.requests()].count("POST") == 1
    one = ground.colleague.record(ref)
    assert not one.unreadable
    assert float(one.value("amount")) == 1250.5
    assert one.value(deal.closes) == "2026-12-11"
    assert {it.target() for it in getattr(one, deal.people)} == set(people)
    assert [it.text() for it in one.tags] == ["Messe Köln"]
    assert one.head().target == company


async def test_a_deal_is_won_lost_after_all_and_open_again(ground: Ground) -> None:
    deal, ref = ground.dialect.deal, await made(ground)
    for outcome in ("won", "lost", deal.undecided):
        await ground.terminal.save(ref, **{deal.outcome: outcome})
        await settled(ground)
        assert ground.colleague.record(ref).value(deal.outcome) == outcome
    assert float(ground.colleague.record(ref).value("amount")) == 1250.5
    await ground.terminal.save(ref, amount="0.10")
    await settled(ground)
    assert (await ground.shown(ref)).value("amount").rstrip("0") == "0.1"


async def test_people_come_and_go_beside_those_that_others_add(ground: Ground) -> None:
    kind, ref = ground.dialect.deal.people, await made(ground)
    mine, theirs, more = ground.person(), ground.person(), ground.person()
    await ground.terminal.add(ref, kind, **link(mine))
    await settled(ground)
    ground.colleague.write(Change(Verb.CREATE, Ref(kind, ""), ref, link(theirs)))
    await ground.terminal.add(ref, kind, **link(more))
    await settled(ground)
    record = await ground.shown(ref)
    assert {it.target() for it in getattr(record, kind)} == {mine, theirs, more}
    (part,) = [it for it in getattr(record, kind) if it.target() == mine]
    await ground.terminal.remove_part(ref, part, kind)
    await settled(ground)
    found = {it.target() for it in getattr(ground.colleague.record(ref), kind)}
    assert found == {theirs, more}


async def test_a_lost_answer_makes_no_second_deal(ground: Ground) -> None:
    ground.demo.fail({"kind": "drop", "method": "POST", "count": 1, "when": "after"})
    name = f"Deal {uuid.uuid4().hex[:10]}"
    ref = await made(ground, name=name)
    found = [
        ground.colleague.crm.read_list("deals", ground.colleague.send(request))
        for request in ground.colleague.crm.search("deals", name)
    ]
    assert [str(raw["id"]) for raws in found for raw in raws] == [ref.id]


async def test_a_deleted_deal_is_gone_and_can_be_had_back(ground: Ground) -> None:
    company = ground.company()
    ref = await made(ground, **company_of(ground, company))
    await ground.shown(ref)
    await ground.terminal.delete(ref)
    await settled(ground)
    assert not ground.colleague.there(ref)
    undo = await ground.terminal.box.undoing.latest()
    assert undo is not None
    await ground.terminal.box.undoing.take_back(undo)
    await settled(ground)
    back = (await ground.terminal.box.journal())[-1].record
    one = ground.colleague.record(back)
    assert float(one.value("amount")) == 1250.5
    assert one.head().target == company


async def test_a_deal_is_found_here_by_its_company_and_there_by_its_name(ground: Ground) -> None:
    desk, company = ground.terminal.desk, ground.company()
    ref = await made(ground, **company_of(ground, company))
    record, tab = await ground.shown(ref), desk.tab("deals")
    assert tab is not None
    firm = ground.colleague.record(company).sort_name()
    for text in (record.name, firm):
        search = Search(desk, tab, lambda: None, lambda: range(3))
        search.look_for(text)
        await until(desk, lambda search=search: search.here)  # type: ignore[misc]
        assert [hit.row.id for hit in search.here] == [ref.id], text
        search.close()
    await desk.store.forget(ref)
    search = Search(desk, tab, lambda: None, lambda: range(3))
    search.look_for(record.name)
    search.ask_now()
    await until(desk, lambda: search.asked or search.failed)
    assert ref.id in {row.id for row in search.there}
    search.close()


async def test_a_deal_is_won_at_the_keys(serving: tuple[Dialect, LiveDemo], tmp_path: Path) -> None:
    dialect, demo = serving
    demo.fail()
    colleague, name = Colleague(demo), f"Zzz {uuid.uuid4().hex[:8]}"
    async with running_app(demo, tmp_path) as hands:
        lookups = hands.desk.lookups
        needed = {key: (await lookups.need(it))[0].value
                  for key, it in dialect.deal.lookups.items()}  # fmt: skip
        values = {"name": name, "amount": "1250.5", dialect.deal.closes: "2026-12-11", **needed}
        ref = colleague.make("deals", **values)
        await hands.press("3")
        await hands.sees("[3 Deals]")
        await hands.sees("row 1 of")
        await hands.press("slash")
        await hands.type(name)
        await hands.press("enter")
        await hands.until(lambda: name in "".join(hands.screen.split("\n")[2:4]))
        await hands.press("enter")
        await hands.sees("1,250.50")
        await hands.press("E")
        await hands.sees("[ Save ]")
        await hands.fill(dialect.deal.outcome, "won")
        await hands.press("ctrl+s")
        await hands.sees("saved")
        assert colleague.record(ref).value(dialect.deal.outcome) == "won"
    colleague.close()
