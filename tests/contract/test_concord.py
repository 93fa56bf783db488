"""What Concord CRM has beside the contract: its open questions, custom fields, deals, its limit."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from csc_tui.domain import detail
from csc_tui.domain.change import Change, Verb
from csc_tui.domain.changing import edited
from csc_tui.domain.errors import OtherAccount
from csc_tui.domain.form import check
from csc_tui.domain.query import Query
from csc_tui.domain.ref import CUSTOM, Ref
from csc_tui.services.browse import Listing
from csc_tui.services.desk import Desk
from csc_tui.services.sync import Sync
from csc_tui.store.edit_rows import State
from tests.contract.conftest import SWITCHES, Colleague
from tests.live_demo import LiveDemo, running_demo
from tests.live_desk import running_desk, until
from tests.outbox.terminal import Terminal

CONCORD = ("--dialect", "concord", *SWITCHES)

MOODS = {
    "as documented": (),
    "never asked for a length": ("--page-size", "ignored"),
    "no cap, short answers": ("--page-cap", "none", "--embedded", "brief", "--no-list-relations"),
    "silent": ("--error-bodies", "empty", "--no-retry-after", "--unauthorized-limits"),
    "strict": ("--null-phones", "keep", "--origin-refused", "--all-day", "midnight"),
}
"""Every way in which the server may answer where nobody knows: the program has to like all."""


@pytest.fixture(scope="module", params=MOODS.values(), ids=MOODS)
def mood(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveDemo]:
    with running_demo(tmp_path_factory.mktemp("mood") / "demo", *CONCORD, *request.param) as demo:
        yield demo


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveDemo]:
    with running_demo(tmp_path_factory.mktemp("concord") / "demo", *CONCORD) as one:
        yield one


@pytest.fixture
async def terminal(demo: LiveDemo, tmp_path: Path) -> AsyncIterator[Terminal]:
    one = await Terminal(demo, tmp_path).open()
    yield one
    await one.close()


@pytest.fixture
def colleague(demo: LiveDemo) -> Iterator[Colleague]:
    one = Colleague(demo)
    yield one
    one.close()


async def whole_list(desk: Desk, resource: str) -> list[str]:
    """The ids of a list, looked at from its first to its last row."""
    tab = desk.tab(resource)
    assert tab is not None
    rows = Listing(desk, Query(resource, tab.sorts[0].sort), tab)
    rows.show(0, 20)
    await until(desk, lambda: rows.total and rows.row(0))
    assert rows.total is not None
    found = []
    for first in range(0, rows.total, 20):
        last = min(first + 20, rows.total) - 1
        rows.look()
        rows.show(first, last)
        await until(desk, lambda first=first, last=last: rows.row(first) and rows.row(last))  # type: ignore[misc]
        found += [row.id for n in range(first, last + 1) if (row := rows.row(n)) is not None]
    rows.close()
    return found


async def test_however_the_server_answers_lists_are_whole(mood: LiveDemo, tmp_path: Path) -> None:
    async with running_desk(mood, tmp_path) as desk:
        found = await whole_list(desk, "contacts")
        assert len(found) == len(set(found)) == mood.people


async def test_the_length_of_pages_is_kept_for_the_next_start(
    mood: LiveDemo, tmp_path: Path
) -> None:
    async with running_desk(mood, tmp_path) as desk:
        await whole_list(desk, "contacts")
        rows = desk.page_rows("contacts")
    mood.forget()
    async with running_desk(mood, tmp_path) as desk:
        assert desk.page_rows("contacts") == rows
        tab = desk.tab("contacts")
        assert tab is not None
        again = Listing(desk, Query("contacts", tab.sorts[0].sort), tab)
        again.prime()
        assert again.row(rows - 1) is not None
        again.close()


async def test_however_the_server_answers_a_contact_is_made_and_changed(
    mood: LiveDemo, tmp_path: Path
) -> None:
    terminal = await Terminal(mood, tmp_path).open()
    await terminal.create("contacts", first_name="Mood", tags=["VIP"])
    await terminal.settled()
    ref = (await terminal.box.journal())[-1].record
    await terminal.save(ref, city="Köln", owner=None)
    await terminal.add(ref, "tags", name="Messe")
    await terminal.settled()
    assert terminal.box.outbox == 0, terminal.box.entries()
    record = await terminal.shown(ref)
    assert (record.city, [one.text() for one in record.tags]) == ("Köln", ["VIP", "Messe"])
    await terminal.delete(ref)
    await terminal.settled()
    assert terminal.box.outbox == 0
    await terminal.close()


async def test_however_the_server_answers_an_account_can_be_synchronised(
    mood: LiveDemo, tmp_path: Path
) -> None:
    async with running_desk(mood, tmp_path) as desk:
        sync = Sync(desk)
        (outcome,) = await sync.run(await sync.plan([Query("contacts")]))
        assert outcome.complete
        assert outcome.stored == mood.people


async def test_a_number_that_is_there_under_another_kind_is_said_and_stays(
    terminal: Terminal, colleague: Colleague
) -> None:
    """A number stands once with a contact: another kind for it is a change of that one."""
    phone = {"number": "+49 221 4714 99", "kind": "mobile"}
    ref = colleague.make("contacts", first_name="Anna", phones=[phone])
    await terminal.add(ref, "phones", **{**phone, "kind": "work"})
    await terminal.settled()
    (done,) = await terminal.box.journal()
    assert (done.answer.note, done.answer.altered) == ("vanished", {"kind": "mobile"})
    assert await terminal.box.undoing.latest() is None
    assert [one.kind for one in colleague.record(ref).phones] == ["mobile"]


# --- custom fields


TYPED = {
    "Boolean": ("yes", "yes"),
    "Checkbox": ("{0}, {1}", "{0}, {1}"),
    "ColorSwatch": ("#336699", "#336699"),
    "Date": ("26.11.2026", "26 Nov 2026"),
    "DateTime": ("26.11.2026 7:00", "26 Nov 2026 07:00"),
    "Email": ("john@example.com", "john@example.com"),
    "MultiSelect": ("{1}", "{1}"),
    "Number": ("200", "200"),
    "Numeric": ("1250.330", "1,250.33"),
    "Radio": ("{0}", "{0}"),
    "Select": ("{1}", "{1}"),
    "Text": ("Sample Text", "Sample Text"),
    "Textarea": ("one\ntwo", "one\ntwo"),
    "Timezone": ("america/toronto", "America/Toronto"),
    "Url": ("https://b.example/x", "https://b.example/x"),
}
"""Vendor's type -> what is typed, and what is shown after reading back; {0}: the first option."""


async def test_every_type_of_custom_field_goes_there_and_comes_back(
    demo: LiveDemo, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    desk = terminal.desk
    made = {}
    for number, (kind, (typed, _)) in enumerate(TYPED.items()):
        body = {"resource_name": "contacts", "label": kind, "field_type": kind}
        body["field_id"] = f"cf_probe_{'abcdefghijklmnopq'[number]}"
        if "{" in typed:
            body["options"] = [{"name": "Eins"}, {"name": "Zwei"}]  # type: ignore[assignment]
        demo.ask("POST", "/api/custom-fields", body)
        made[kind] = f"{CUSTOM}{body['field_id']}"
    await desk.lookups.need("fields")
    resource = desk.resources["contacts"]
    values, shown = {}, {}
    for kind, name in made.items():
        field = resource.field(name)
        words = [one.words for one in field.choices]
        typed, seen = (text.format(*words) for text in TYPED[kind])
        values[name], shown[name] = check(field, typed), seen
    await terminal.create("contacts", first_name="Probe")
    await terminal.settled()
    ref = (await terminal.box.journal())[-1].record
    await terminal.save(ref, **values)
    await terminal.settled()
    assert terminal.box.outbox == 0, terminal.box.entries()
    assert (await terminal.box.journal())[-1].answer.altered == {}
    record = await terminal.shown(ref)
    lines = detail.lines(resource, record, desk.choices(), lambda _: "", _berlin())
    found = {one.field: one.text for one in lines if one.field in shown}
    assert found == shown
    cleared: dict[str, Any] = dict.fromkeys(
        name for kind, name in made.items() if kind not in ("Radio", "Select", "Numeric")
    )
    cleared[made["Boolean"]] = False
    await terminal.save(ref, **cleared)
    await terminal.settled()
    after = await terminal.shown(ref)
    left = {one: after.value(one) for one in made.values() if after.value(one) is not None}
    assert left.keys() == {made[kind] for kind in ("Radio", "Select", "Numeric", "Boolean")}
    monkeypatch.undo()
    time.tzset()


async def test_what_was_read_before_its_definition_came_was_changed_by_nobody(
    demo: LiveDemo, terminal: Terminal, colleague: Colleague
) -> None:
    body = {"resource_name": "contacts", "label": "Early", "field_type": "Date"}
    demo.ask("POST", "/api/custom-fields", {**body, "field_id": "cf_early_q"})
    ref = colleague.make("contacts", first_name="Probe")
    demo.ask("PUT", f"/api/contacts/{ref.id}", {"cf_early_q": "2026-12-11"})
    early = await terminal.shown(ref)
    await terminal.desk.lookups.need("fields")
    late = await terminal.shown(ref)
    name = f"{CUSTOM}cf_early_q"
    assert early.value(name) != late.value(name) == "2026-12-11"
    await terminal.box.submit(edited(early, {"first_name": "Anna"}), None, early)
    await terminal.settled()
    edit = (await terminal.box.journal())[-1]
    assert (edit.change.values, edit.answer.merged) == ({"first_name": "Anna"}, ())


def _berlin() -> Any:
    from zoneinfo import ZoneInfo

    return ZoneInfo("Europe/Berlin")


# --- deals


async def test_a_deal_is_made_won_and_lost_after_all(
    terminal: Terminal, colleague: Colleague
) -> None:
    stages = await terminal.desk.lookups.need("stages")
    company = colleague.make("companies", name="Zeche Deal")
    await terminal.create(
        "deals",
        name="Crane",
        stage=stages[0].value,
        amount="1250.330",
        expected_close_date="2026-12-11",
        companies=[{"record": {"id": company.id, "name": "Zeche Deal"}}],
    )
    await terminal.settled()
    assert terminal.box.outbox == 0, terminal.box.entries()
    ref = (await terminal.box.journal())[-1].record
    deal = await terminal.shown(ref)
    assert (deal.value("amount"), deal.value("expected_close_date")) == ("1250.33", "2026-12-11")
    assert (deal.status, [one.target() for one in deal.companies]) == ("open", [company])
    for status in ("won", "lost", "won", "open"):
        reason = {"lost_reason": "Zu teuer"} if status == "lost" else {}
        await terminal.save(ref, status=status, **reason)
        await terminal.settled()
        assert terminal.box.outbox == 0, terminal.box.entries()
        deal = colleague.record(ref)
        assert (deal.status, deal.lost_reason) == (status, reason.get("lost_reason"))


async def test_a_deal_without_a_stage_is_refused_at_its_field(terminal: Terminal) -> None:
    await terminal.create("deals", name="Crane")
    await terminal.settled()
    (entry,) = terminal.box.entries()
    assert entry.state is State.REFUSED
    assert "stage" in entry.answer.error.messages  # type: ignore[union-attr]


# --- links that others make


async def test_links_of_others_stay(terminal: Terminal, colleague: Colleague) -> None:
    """Attach and detach, never the whole set: a colleague's link between reading and writing."""
    ref = colleague.make("contacts", first_name="Linked")
    firms = [colleague.make("companies", name=f"Zeche {n}") for n in range(3)]
    await terminal.add(ref, "companies", record={"id": firms[0].id, "name": ""})
    await terminal.settled()
    terminal.line.hang_at(1, after=False)
    await terminal.add(ref, "companies", record={"id": firms[1].id, "name": ""})
    await terminal.line.hangs.wait()
    link = Change(Verb.CREATE, Ref("companies", ""), ref, {"record": {"id": firms[2].id}})
    colleague.write(link)
    await terminal.die()
    again = await Terminal(terminal._demo, terminal._folder).open()
    await again.settled()
    assert again.box.outbox == 0
    await again.close()
    linked = {one.target() for one in colleague.record(ref).companies}
    assert linked == set(firms)


async def test_what_is_linked_already_is_not_sent(terminal: Terminal, colleague: Colleague) -> None:
    ref = colleague.make("contacts", first_name="Linked")
    firm = colleague.make("companies", name="Zeche Schon")
    await terminal.shown(ref)
    link = {"record": {"id": firm.id, "name": ""}}
    colleague.write(Change(Verb.CREATE, Ref("companies", ""), ref, link))
    terminal._demo.forget()
    await terminal.add(ref, "companies", **link)
    await terminal.settled()
    assert terminal.box.outbox == 0
    assert {one.split()[0] for one in terminal._demo.requests()} == {"GET"}


# --- the limit, and whose account it is


async def test_the_gauge_is_unknown_before_the_first_answer_and_exact_after_it(
    tmp_path: Path,
) -> None:
    with running_demo(tmp_path / "demo", "--dialect", "concord", "--people", "30") as demo:
        async with running_desk(demo, tmp_path) as desk:
            assert desk.slots() is None
            await desk.lookups.need("users")
            await until(desk, lambda: desk.slots() == (89, 90))
            with demo.client() as other:
                left = int(other.get("/api/me").headers["x-ratelimit-remaining"])
            await desk.lookups.need("sources")
            await until(desk, lambda: desk.slots() == (left - 1, 90))


async def test_an_account_that_moves_to_another_address_is_another_one(
    demo: LiveDemo, tmp_path: Path
) -> None:
    async with running_desk(demo, tmp_path) as desk:
        await whole_list(desk, "companies")
    with running_demo(tmp_path / "other", *CONCORD) as other:
        async with running_desk(other, tmp_path) as desk:
            tab = desk.tab("contacts")
            assert tab is not None
            rows = Listing(desk, Query("contacts", tab.sorts[1].sort), tab)
            with pytest.raises(OtherAccount):
                await rows.load_page(1)
