"""The program is killed, or its terminal closed, at random moments of an editing session.

What a test does in short: real keys in a real pty, the demo server with faults; in the end the
server must hold what was typed, each save written once. Takes about two seconds a kill.
"""

from __future__ import annotations

from benchmarks.ground import ground
from benchmarks.table import Table
from tests.outbox.server import Server
from tests.terminal.kill_campaign import OPTIONS, SIGNALS, Campaign
from tests.terminal.kill_session import Phase

KILLS = 200


def measure(kills: int = KILLS, dialect: str = "centralstation") -> Table:
    """How often it died in which phase, and what became of what was typed."""
    with ground(*OPTIONS, "--dialect", dialect) as here:
        campaign = Campaign(Server.of(here.demo), here.environment(), here.folder)
        model = campaign.run(kills)
    rows: list[tuple[object, ...]] = [
        (phase, *(campaign.kills[signal, phase] for signal in SIGNALS)) for phase in Phase
    ]
    rows += [
        ("saves", model.made),
        ("effective writes at the server", model.writes),
        ("drafts found after a kill", model.drafts),
        ("lost", len(model.lost)),
        ("doubled", len(model.doubled)),
        ("wrong in another way", len(model.wrong)),
        ("longest pause until a draft was kept, s", f"{campaign.longest_pause:.2f}"),
    ]
    rows += [(f"  {one}",) for one in (*model.lost, *model.doubled, *model.wrong)]
    filled = [(*row, "", "")[:3] for row in rows]
    title = f"{campaign.kills.total()} kills while editing, {dialect}"
    return Table(title, ("died", *SIGNALS), filled)
