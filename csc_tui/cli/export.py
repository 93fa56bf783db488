"""`csc-tui export`: records as a file for a spreadsheet, another program or an address book."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from csc_tui.cli.at_desk import filter_of, resource_of
from csc_tui.cli.exits import OK
from csc_tui.cli.output import put
from csc_tui.cli.records import announce
from csc_tui.config.out_file import written
from csc_tui.config.refusal import ConfigError
from csc_tui.domain.query import Query
from csc_tui.services.exporting import Form, Format, know_words, write
from csc_tui.services.reading import Reading
from csc_tui.words import say

if TYPE_CHECKING:
    import argparse

    from csc_tui.domain.resource import Resource
    from csc_tui.services.desk import Desk


async def export(desk: Desk, found: argparse.Namespace) -> int:
    """Write what a filter lets through, all of it without one."""
    resource = resource_of(desk, found.resource)
    query = Query(resource.name, resource.sorts[0].sort)
    form = _form(found)
    if form.cards and not resource.has_card:
        raise ConfigError("cli.export.no-card", many=resource.many)
    wanted = await filter_of(desk, resource, found.filter, offline=found.offline)
    await know_words(desk, resource, offline=found.offline)
    reading = Reading(desk, query, wanted)
    with _target(found) as file:
        if wanted and not found.offline:
            await announce(reading, wanted)
        source = reading.stored() if found.offline else reading.pages()
        await write(desk, resource.name, source, form, file, lambda _: _progress(reading))
    _end(found, resource, reading.matched)
    return OK


def _form(found: argparse.Namespace) -> Form:
    """The format as it is asked for."""
    of_csv = (found.delimiter, found.bom, found.raw, found.decimal)
    if found.format != Format.CSV and any(of_csv):
        raise ConfigError("cli.export.csv-only")
    return Form(
        Format(found.format),
        found.delimiter or ",",
        bom=found.bom,
        raw=found.raw,
        decimal=found.decimal or ".",
    )


def _target(found: argparse.Namespace) -> AbstractContextManager[TextIO]:
    """The file that is named, or standard output."""
    if found.output in (None, "-"):
        return _standard()
    path = Path(found.output)
    there = os.path.lexists(path)
    if there and not found.force and not _may_replace(path):
        raise ConfigError("cli.export.exists", file=path)
    return written(path, replace=there or found.force)


def _may_replace(path: Path) -> bool:
    """Ask whoever is there."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    print(say("cli.export.replace", file=path), end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


@contextmanager
def _standard() -> Iterator[TextIO]:
    yield sys.stdout


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
