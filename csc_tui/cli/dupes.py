"""`csc-tui dupes`: records that may be one and the same, with the reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_tui.cli.at_desk import resource_of
from csc_tui.cli.exits import OK
from csc_tui.cli.output import complain, put_table
from csc_tui.cli.records import aside
from csc_tui.config.refusal import ConfigError
from csc_tui.domain.dump import json_text
from csc_tui.glyphs import harmless
from csc_tui.services.duplicates import duplicates
from csc_tui.words import say

if TYPE_CHECKING:
    import argparse

    from csc_tui.domain.duplicates import Known
    from csc_tui.services.desk import Desk


async def dupes(desk: Desk, found: argparse.Namespace) -> int:
    """Print the pairs, the surest first, out of what is stored here.

    Raises ConfigError for a resource of which no two could become one.
    """
    resource = resource_of(desk, found.resource)
    if resource.merging is None:
        known = ", ".join(name for name, one in desk.resources.items() if one.merging is not None)
        raise ConfigError("cli.dupes.never", many=resource.many, known=known)
    here = await desk.store.how_many(resource.name)
    pairs = await duplicates(desk, resource.name)
    if found.json:
        print(
            json_text(
                [
                    {
                        "one": _packed(pair.one),
                        "other": _packed(pair.other),
                        "reasons": list(pair.reasons),
                        "weight": pair.weight,
                    }
                    for pair in pairs
                ]
            )
        )
    else:
        put_table(
            (
                pair.one.id,
                pair.other.id,
                harmless(pair.one.name),
                harmless(pair.other.name),
                ", ".join(say(f"cli.dupes.{reason}") for reason in pair.reasons),
            )
            for pair in pairs
        )
    aside(say("cli.dupes.found", count=f"{len(pairs):,}", here=f"{here:,}", many=resource.many))
    if not here:
        complain(say("cli.dupes.none", name=resource.name))
    return OK


def _packed(known: Known) -> dict[str, str]:
    return {"id": known.id, "name": known.name}
