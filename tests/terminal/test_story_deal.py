"""A deal is brought forward, lost, and won after all, by keys alone at 80x24, on either CRM."""

from __future__ import annotations

from collections.abc import Callable

from tests.live_demo import LiveDemo
from tests.terminal.conftest import Opener, environment_of
from tests.terminal.terminal import Terminal


def saved(screen: Terminal, server: LiveDemo, path: str, label: str, value: str) -> list[str]:
    """Give a field of the record on the screen another value; what that has asked of it."""
    screen.press("E")
    screen.wait_for("› Edit deal")
    screen.wait_for("Save")
    server.forget()

    def asked() -> list[str]:
        log = server.log()
        return [one["method"] for one in log if one["path"].partition("?")[0] == path]

    screen.press("ctrl+g")
    screen.type(label)
    screen.press("enter", "ctrl+u")
    screen.type(value)
    screen.press("ctrl+s")
    screen.wait_gone("› Edit deal")
    # The last save's words may stand there still, so the server tells when this one is over.
    screen.wait_for(lambda _: "PUT" in asked() and asked()[-1] == "GET")
    screen.wait_for(lambda lines: "outbox 0" in lines[-1] and " saved" in lines[-2])
    return asked()


def open_first(screen: Terminal, server: LiveDemo) -> None:
    screen.wait_for("row 1 of")
    screen.wait_for(lambda lines: "outbox 0" in lines[-1])
    screen.press("3")
    screen.wait_for("[3 Deals]")
    screen.wait_for(lambda lines: any(one[:1] == "›" and one[2:3] not in " …" for one in lines))
    server.forget()
    screen.press("enter")
    screen.wait_for("Deals ›")
    # Its notes are asked for half a second later, in one CRM by the path of the record itself.
    screen.wait_for(lambda _: any("notes" in one or "protocols" in one for one in paths(server)))


def paths(server: LiveDemo) -> list[str]:
    return [one["path"] for one in server.log()]


def test_centralstation(terminal: Opener, own_demo: Callable[..., LiveDemo]) -> None:
    server = own_demo("--limit", "100000", "--today", "2026-11-20", "--people", "40")
    first = server.ask("GET", "/api/deals?perpage=1&order=abc-asc")[0]["deal"]
    path = f"/api/deals/{first['id']}"
    server.ask("PUT", path, {"deal": {"current_state": "open_25"}})
    screen = terminal(**environment_of(server))
    open_first(screen, server)
    for value, state in (("75 %", "open_75"), ("lost", "lost"), ("won", "won")):
        assert saved(screen, server, path, "state", value) == ["GET", "PUT", "GET"]
        assert server.ask("GET", path)["deal"]["current_state"] == state


def test_concord(terminal: Opener, own_demo: Callable[..., LiveDemo]) -> None:
    server = own_demo("--dialect", "concord", "--limit", "100000", "--today", "2026-11-20",
                      "--people", "40")  # fmt: skip
    deals = server.ask("GET", "/api/deals?per_page=100")["data"]
    for one in deals:
        if one["status"] != "open":
            server.ask("PUT", f"/api/deals/{one['id']}", {"status": "open"})
    screen = terminal(**environment_of(server))
    open_first(screen, server)
    screen.wait_for(lambda lines: lines[1].split(" › ")[-1].strip() in {it["name"] for it in deals})
    deal = next(it for it in deals if it["name"] == screen.line(1).split(" › ")[-1].strip())
    path = f"/api/deals/{deal['id']}"
    stages = server.ask("GET", f"/api/pipelines/{deal['pipeline_id']}/stages?per_page=100")["data"]
    stage = next(one for one in stages if one["id"] != deal["stage_id"])
    assert saved(screen, server, path, "stage", stage["name"]) == ["GET", "PUT", "GET"]
    assert server.ask("GET", path)["stage_id"] == stage["id"]
    # From lost to won it goes by way of open, which is one request more.
    for value, writes in (("lost", ["PUT"]), ("won", ["PUT", "PUT"])):
        assert saved(screen, server, path, "status", value) == ["GET", *writes, "GET"]
        assert server.ask("GET", path)["status"] == value
