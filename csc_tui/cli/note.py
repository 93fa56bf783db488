"""`csc-tui note`: a note about a record, as the form of the screen would write it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from csc_tui.cli.at_desk import resource_of
from csc_tui.cli.outcome import report
from csc_tui.cli.show import ids_of
from csc_tui.cli.values import note_values
from csc_tui.cli.write import current, opened, queued
from csc_tui.config.refusal import ConfigError
from csc_tui.domain.change import Change, Verb
from csc_tui.domain.ref import Ref

if TYPE_CHECKING:
    import argparse

    from csc_tui.services.desk import Desk


async def note_record(desk: Desk, found: argparse.Namespace) -> int:
    """Write a note about a record; `-` for its text reads that from standard input."""
    resource = resource_of(desk, found.resource)
    [id_] = ids_of([found.id])
    kind = resource.notes
    if kind is None or Verb.CREATE not in kind.verbs:
        raise ConfigError("cli.note.nowhere", many=resource.many)
    typed = {"content": sys.stdin.read().strip() if found.text == "-" else found.text}
    typed |= {name: text for name in ("kind", "outcome") if (text := getattr(found, name))}
    if found.confidential:
        typed["confidential"] = "yes"
    confirming = await opened(desk, found)
    values = await note_values(desk, kind, typed)
    record = await current(desk, resource, id_)
    change = Change(Verb.CREATE, Ref(kind.name, ""), record.ref, values, {}, record.version())
    return await report(desk, confirming, found, await queued(desk, [change], record))
