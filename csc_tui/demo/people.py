"""The world of the demo: invented people and companies, the same for the same arguments.

Nobody and nothing in it exists: names are drawn, domains are reserved examples, phone numbers come
from ranges that regulators keep for fiction.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from csc_tui.demo.world_cast import CAST, COMPANIES, PHONES
from csc_tui.demo.world_chance import source
from csc_tui.demo.world_clock import TODAY, Clock
from csc_tui.demo.world_firms import FirmMaker
from csc_tui.demo.world_oddities import ODD_FIRMS, odd_firms, oddities, spelled_otherwise
from csc_tui.demo.world_persons import PersonMaker
from csc_tui.demo.world_phones import Exchange
from csc_tui.demo.world_rows import USERS, Row, Rows
from csc_tui.demo.world_shapes import Firm, Person

_CHUNK = 1000
"""Records whose rows are handed over together; the most numerous part makes some thousand rows."""
_EVERY = 60
"""One person in so many is a duplicate of an earlier one in another spelling."""


def world(
    people: int, companies: int, seed: int = 4711, today: date | None = None
) -> Iterator[tuple[str, list[Row]]]:
    """Batches (table, rows) of a whole account, every reference pointing to an earlier row.

    The tables and columns are those of the wire (CentralStationCRM fact sheet §3, §4, §6, §7), with
    `stream_at` for the last stream entry of people and companies; a table comes in many batches.
    Times are epoch milliseconds, all before the morning of `today` (21 November 2026 unless given);
    flags are bool or None, lists are lists. `people` and `companies` may be 0; the first ones are
    those that the documentation shows. Same arguments, same rows.
    """
    clock = Clock(today or TODAY)
    rows = Rows(seed, clock)
    yield from rows.take()
    exchange = Exchange(source(seed, "phones"), PHONES)
    firms: list[Firm] = []
    for firm in islice(_firms(seed, clock, exchange), companies):
        rows.add_firm(firm)
        firms.append(firm)
        if len(firms) % _CHUNK == 0:
            yield from rows.take()
    yield from rows.take()
    for count, person in enumerate(islice(_people(seed, clock, exchange, firms), people), 1):
        rows.add_person(person, firms)
        if count % _CHUNK == 0:
            yield from rows.take()
    yield from rows.take()


def _firms(seed: int, clock: Clock, exchange: Exchange) -> Iterator[Firm]:
    """The companies without end, those of the cast first."""
    rng = source(seed, "companies")
    maker = FirmMaker(rng, clock, exchange, len(USERS))
    known = [*(company.firm(clock) for company in COMPANIES), *odd_firms(rng, clock)]
    maker.reserve(firm.name for firm in known)
    yield from known
    while True:
        yield maker.draw()


def _people(seed: int, clock: Clock, exchange: Exchange, firms: list[Firm]) -> Iterator[Person]:
    """The people without end: the cast, then the odd ones, then drawn ones with duplicates."""
    rng = source(seed, "people")
    # The companies of the pictures keep to their own people, the odd ones get few.
    plain = len(COMPANIES) + len(ODD_FIRMS)
    order = [*range(plain, len(firms)), *range(len(COMPANIES), min(plain, len(firms)))]
    maker = PersonMaker(rng, clock, exchange, len(USERS), firms, order or range(len(firms)))
    indexes = {firm.name: index for index, firm in enumerate(firms)}
    taken = {(member.first, member.name) for member in CAST}
    for member in CAST:
        yield member.person(clock, indexes)
    yield from oddities(rng, clock, exchange, len(firms))
    earlier: Person | None = None
    count = 0
    while True:
        person = maker.draw()
        if (person.first, person.name) in taken:
            continue
        count += 1
        if count % _EVERY == 0 and earlier is not None:
            person = spelled_otherwise(rng, earlier)
            earlier = None
        elif earlier is None and any(one.type == "Tel" for one in person.parts.contacts):
            earlier = person
        yield person
