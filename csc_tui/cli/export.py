"""`csc-tui export`: records as a file for a spreadsheet, another program or an address book."""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, aclosing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO

from csc_tui.cli.at_desk import filter_of, query_of, resource_of
from csc_tui.cli.exits import OK
from csc_tui.cli.formats import json_text
from csc_tui.cli.out_file import written
from csc_tui.cli.output import put
from csc_tui.cli.records import announce
from csc_tui.config.refusal import ConfigError
from csc_tui.domain.csv_text import guarded
from csc_tui.domain.dump import dump
from csc_tui.domain.sheet import Heading, sheet_row
from csc_tui.domain.vcard import vcard
from csc_tui.glyphs import harmless
from csc_tui.services.lookup import FIELDS
from csc_tui.services.reading import Reading
from csc_tui.words import say

if TYPE_CHECKING:
    import argparse

    from csc_tui.domain.record import Record
    from csc_tui.domain.resource import Resource
    from csc_tui.services.desk import Desk


class Exporter(Protocol):
    """One format, record by record."""

    def add(self, record: Record) -> None:
        """Take a record."""

    def end(self) -> None:
        """No more will come."""


async def export(desk: Desk, found: argparse.Namespace) -> int:
    """Write what a filter lets through, all of it without one."""
    resource = resource_of(desk, found.resource)
    query = query_of(resource, None)
    if found.format != "csv" and (found.delimiter or found.bom or found.raw):
        raise ConfigError("cli.export.csv-only")
    wanted = await filter_of(desk, resource, found.filter, offline=found.offline)
    await _known(desk, resource, offline=found.offline)
    resource = desk.resources[resource.name]
    reading = Reading(desk, query, wanted)
    with _target(found) as file:
        if wanted and not found.offline:
            await announce(reading, wanted)
        exporter = _exporter(desk, resource, found, file)
        source = reading.stored() if found.offline else reading.pages()
        async with aclosing(source) as pages:
            async for page in pages:
                for record in page:
                    exporter.add(record)
                _progress(reading)
        exporter.end()
        file.flush()
    _end(found, resource, reading.matched)
    return OK


async def _known(desk: Desk, resource: Resource, *, offline: bool) -> None:
    """Have the words for what records hold ids of. Raises CrmError."""
    if offline:
        await desk.lookups.recall()
        return
    await desk.lookups.require(FIELDS)
    fields = desk.resources[resource.name].fields
    for name in sorted({one.lookup for one in fields if one.lookup and not one.free}):
        await desk.lookups.require(name)


def _target(found: argparse.Namespace) -> AbstractContextManager[TextIO]:
    """The file that is named, or standard output."""
    if found.output in (None, "-"):
        return _standard()
    return written(Path(found.output), force=found.force)


@contextmanager
def _standard() -> Iterator[TextIO]:
    yield sys.stdout


def _exporter(desk: Desk, resource: Resource, found: argparse.Namespace, file: TextIO) -> Exporter:
    shown = file.isatty()
    if found.format == "csv":
        return Sheet(desk, resource, found, file)
    if found.format in ("json", "jsonl"):
        return Json(resource, file, lines=found.format == "jsonl")
    return Cards(desk, file, "3.0" if found.format == "vcard3" else "4.0", shown=shown)


class Json:
    """An array, or an object a line."""

    def __init__(self, resource: Resource, file: TextIO, *, lines: bool) -> None:
        self._resource = resource
        self._file = file
        self._lines = lines
        self._first = True

    def add(self, record: Record) -> None:
        """Write it."""
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

    def add(self, record: Record) -> None:
        """Write it; its page's address, else its place in this account, names it for good."""
        uid = self._desk.web_address(record.ref) or f"{record.resource}/{record.id}"
        text = vcard(record.business_card(), self._version, uid=uid, revised=record.updated_at)
        if self._shown:
            text = "".join(f"{harmless(line)}\n" for line in text.splitlines())
        self._file.write(text)

    def end(self) -> None:
        """Nothing."""


class Sheet:
    """One table. Which columns there are is known at the end, so the rows wait on the disk."""

    def __init__(
        self, desk: Desk, resource: Resource, found: argparse.Namespace, file: TextIO
    ) -> None:
        self._desk = desk
        self._resource = resource
        self._found = found
        self._file = file
        self._headings: set[Heading] = set()
        # A file without a name: nobody else can open it, and no crash leaves it behind.
        self._rows = tempfile.TemporaryFile(  # noqa: SIM115 -- `end` closes it
            "w+", encoding="utf-8", errors="replace"
        )

    def add(self, record: Record) -> None:
        """Keep its cells."""
        cells = sheet_row(self._resource, record, self._desk.choices())
        self._headings.update(cells)
        filled = [(heading, text) for heading, text in cells.items() if text]
        self._rows.write(f"{json.dumps(filled)}\n")

    def end(self) -> None:
        """Write the heads and all rows, RFC 4180."""
        found = self._found
        if found.bom:
            self._file.write("\ufeff")
        headings = sorted(self._headings)
        delimiter = found.delimiter or ","
        out = csv.writer(self._file, delimiter=delimiter, lineterminator="\r\n")
        if headings:
            out.writerow(map(self._cell, _titles(headings)))
        self._rows.seek(0)
        with self._rows:
            for line in self._rows:
                cells = {Heading(*heading): text for heading, text in json.loads(line)}
                out.writerow(self._cell(cells.get(heading, "")) for heading in headings)

    def _cell(self, text: str) -> str:
        safe = text if self._found.raw else guarded(text)
        return harmless(safe) if self._file.isatty() else safe


def _titles(headings: Sequence[Heading]) -> Iterator[str]:
    """The heads, each once: of two fields with one label the second gets a number."""
    seen: Counter[str] = Counter()
    for heading in headings:
        seen[heading.title] += 1
        count = seen[heading.title]
        yield heading.title if count == 1 else f"{heading.title} {count}"


def _progress(reading: Reading) -> None:
    """How far it is, on a terminal at stderr."""
    if sys.stderr.isatty() and not sys.stdout.isatty():
        words = say("filter.found", matched=f"{reading.matched:,}", checked=f"{reading.checked:,}")
        print(f"\r{words}\x1b[K", end="", file=sys.stderr, flush=True)


def _end(found: argparse.Namespace, resource: Resource, count: int) -> None:
    if not sys.stderr.isatty():
        return
    what = resource.one if count == 1 else resource.many
    where = found.output if found.output not in (None, "-") else say("cli.export.stdout")
    clear = "" if sys.stdout.isatty() else "\r\x1b[K"
    print(clear, end="", file=sys.stderr)
    put(say("cli.export.done", count=f"{count:,}", what=what, file=where), sys.stderr)
    if found.raw:
        put(say("cli.export.raw"), sys.stderr)
