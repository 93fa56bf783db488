"""Records as a file: CSV, JSON, JSON Lines, vCard; written one by one as they come in."""

from __future__ import annotations

import asyncio
import csv
import json
import tempfile
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TextIO

from csc_tui.domain.csv_text import guarded
from csc_tui.domain.dump import dump, json_text
from csc_tui.domain.sheet import Heading, sheet_row
from csc_tui.domain.vcard import vcard
from csc_tui.glyphs import harmless
from csc_tui.services.desk import parse_raw
from csc_tui.services.gone import ASKED, fetch
from csc_tui.services.lookup import FIELDS
from csc_tui.worker.lane import Lane

if TYPE_CHECKING:
    from csc_tui.crm.adapter import Raw
    from csc_tui.domain.record import Record
    from csc_tui.domain.resource import Resource
    from csc_tui.http.message import Request, Response
    from csc_tui.services.desk import Desk

Source = AsyncGenerator[Sequence["Record"], None]
"""Records as they come in, some at a time."""


class Format(StrEnum):
    """What a file is."""

    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    """An object a line."""
    VCARD3 = "vcard3"
    VCARD4 = "vcard4"


@dataclass(frozen=True, slots=True)
class Form:
    """A format, and what else there is to say of a CSV."""

    format: Format
    delimiter: str = ","
    bom: bool = False
    """Whether a byte order mark begins it, for Excel."""
    raw: bool = False
    """Whether also what a spreadsheet takes for a formula stays as it is."""
    decimal: str = "."
    """What stands before a fraction: a German Excel takes `6.675` for thousands."""

    @property
    def ending(self) -> str:
        """How the names of such files end."""
        return "vcf" if self.cards else self.format.value

    @property
    def cards(self) -> bool:
        """Whether it is for address books: people and companies have a card, nothing else."""
        return self.format in (Format.VCARD3, Format.VCARD4)


class Exporter(Protocol):
    """One format, page by page."""

    async def add(self, page: Sequence[Record]) -> None:
        """Take some records."""

    def end(self) -> None:
        """No more will come."""


async def write(
    desk: Desk,
    resource: str,
    source: Source,
    form: Form,
    file: TextIO,
    progress: Callable[[int], None],
) -> int:
    """Write all that comes; gives how many. `progress` hears after every few how many.

    Raises CrmError, and OSError where the disk refuses.
    """
    count = 0
    exporter = _exporter(desk, desk.resources[resource], form, file)
    async with aclosing(source) as pages:
        async for page in pages:
            await exporter.add(page)
            count += len(page)
            progress(count)
    await asyncio.to_thread(exporter.end)  # a table is put together only now
    file.flush()
    return count


async def know_words(desk: Desk, resource: Resource, *, offline: bool) -> None:
    """Have the words for what records hold ids of. Raises CrmError."""
    if offline:
        await desk.lookups.recall()
        return
    await desk.lookups.require(FIELDS)
    fields = desk.resources[resource.name].fields
    for name in sorted({one.lookup for one in fields if one.lookup and not one.free}):
        await desk.lookups.require(name)


async def missing(desk: Desk, resource: str, ids: Sequence[str]) -> list[str]:
    """Which of these records are not here."""
    stored = await desk.store.records(resource, ids)
    return [one for one in ids if one not in stored]


def requests_for(count: int) -> int:
    """What it costs to fetch so many records by their ids."""
    return -(-count // ASKED)


async def chosen(desk: Desk, resource: str, ids: Sequence[str]) -> Source:
    """These records in this order, as they are here; fetched where they are not. Raises CrmError.

    What has been deleted meanwhile is left out.
    """

    async def ask(request: Request) -> Response:
        return await desk.ask(request, Lane.VISIBLE)

    async def keep(raws: Sequence[Raw]) -> None:
        await desk.records.keep(resource, raws)

    for start in range(0, len(ids), ASKED):
        some = ids[start : start + ASKED]
        await fetch(desk, ask, resource, await missing(desk, resource, some), keep)
        stored = await desk.store.records(resource, some)
        yield [
            desk.overlaid(desk.record(resource, parse_raw(stored[one].raw)))
            for one in some
            if one in stored
        ]


def _exporter(desk: Desk, resource: Resource, form: Form, file: TextIO) -> Exporter:
    if form.format is Format.CSV:
        return Sheet(desk, resource, form, file)
    if form.format in (Format.JSON, Format.JSONL):
        return Json(resource, file, lines=form.format is Format.JSONL)
    version = "3.0" if form.format is Format.VCARD3 else "4.0"
    return Cards(desk, file, version, shown=file.isatty())


class Json:
    """An array, or an object a line."""

    def __init__(self, resource: Resource, file: TextIO, *, lines: bool) -> None:
        self._resource = resource
        self._file = file
        self._lines = lines
        self._first = True

    async def add(self, page: Sequence[Record]) -> None:
        """Write them."""
        for record in page:
            text = json_text(dump(self._resource, record))
            if self._lines:
                self._file.write(f"{text}\n")
            else:
                self._file.write(("[" if self._first else ",\n") + text)
            self._first = False

    def end(self) -> None:
        """Close the array."""
        if not self._lines:
            self._file.write("[]\n" if self._first else "]\n")


class Cards:
    """A vCard for each record."""

    def __init__(self, desk: Desk, file: TextIO, version: str, *, shown: bool) -> None:
        self._desk = desk
        self._file = file
        self._version = version
        self._shown = shown

    async def add(self, page: Sequence[Record]) -> None:
        """Write them; a page's address, else a place in this account, names each for good."""
        for record in page:
            uid = self._desk.web_address(record.ref) or f"{record.resource}/{record.id}"
            text = vcard(record.business_card(), self._version, uid=uid, revised=record.updated_at)
            if self._shown:
                text = "".join(f"{harmless(line)}\n" for line in text.splitlines())
            self._file.write(text)

    def end(self) -> None:
        """Nothing."""


class Sheet:
    """One table. Which columns there are is known at the end, so the rows wait on the disk."""

    def __init__(self, desk: Desk, resource: Resource, form: Form, file: TextIO) -> None:
        self._desk = desk
        self._resource = resource
        self._form = form
        self._file = file
        self._headings: set[Heading] = set()
        # A file without a name: nobody else can open it, and no crash leaves it behind.
        self._rows = tempfile.TemporaryFile(  # noqa: SIM115 -- `end` closes it
            "w+", encoding="utf-8", errors="replace"
        )

    async def add(self, page: Sequence[Record]) -> None:
        """Keep their cells."""
        names = await self._desk.records.names(page)
        choices, decimal = self._desk.choices(), self._form.decimal
        for record in page:
            cells = sheet_row(self._resource, record, choices, names, decimal)
            self._headings.update(cells)
            filled = [(heading, text) for heading, text in cells.items() if text]
            self._rows.write(f"{json.dumps(filled)}\n")

    def end(self) -> None:
        """Write the heads and all rows, RFC 4180."""
        form = self._form
        if form.bom:
            self._file.write("\ufeff")
        headings = sorted(self._headings)
        out = csv.writer(self._file, delimiter=form.delimiter, lineterminator="\r\n")
        if headings:
            out.writerow(map(self._cell, _titles(headings)))
        self._rows.seek(0)
        with self._rows:
            for line in self._rows:
                cells = {Heading(*heading): text for heading, text in json.loads(line)}
                out.writerow(self._cell(cells.get(heading, "")) for heading in headings)

    def _cell(self, text: str) -> str:
        safe = text if self._form.raw else guarded(text)
        return harmless(safe) if self._file.isatty() else safe


def _titles(headings: Sequence[Heading]) -> Iterator[str]:
    """The heads, each once: of two fields with one label the second gets a number."""
    seen: Counter[str] = Counter()
    for heading in headings:
        seen[heading.title] += 1
        count = seen[heading.title]
        yield heading.title if count == 1 else f"{heading.title} {count}"
