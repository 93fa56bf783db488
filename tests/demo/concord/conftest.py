"""A Concord server in the test's own process."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from csc_tui.demo import filling
from csc_tui.demo.application import Demo, Secrets
from csc_tui.demo.concord.dialect import Concord
from csc_tui.demo.concord.schema import SCHEMA
from csc_tui.demo.concord.switches import ConcordSwitches
from csc_tui.demo.exposure import Address
from csc_tui.demo.limits import FixedWindow
from csc_tui.demo.people import world
from csc_tui.demo.store import Store
from tests.demo.conftest import COLLEAGUE_KEY, COMPANIES, KEY, NONCE, PEOPLE, Clock, Direct

Shown = dict[str, Any]
"""A record as it came over the wire."""


@dataclass
class Crm:
    """A demo server, its store, its clock, and a client with the owner's token."""

    store: Store
    clock: Clock
    demo: Demo
    client: Direct
    user: int
    colleague: int
    statements: list[str]
    """Every SQL statement so far."""

    def send(self, method: str, path: str, body: object = None, **more: Any) -> httpx.Response:
        if body is not None:
            more["json"] = body
        return self.client.request(method, f"/api/{path}", **more)

    def ask(
        self, method: str, path: str, body: object = None, status: int = 200, **more: Any
    ) -> Any:
        response = self.send(method, path, body, **more)
        assert response.status_code == status, response.text
        return response.json() if response.content else None

    def get(self, path: str, status: int = 200, **params: Any) -> Any:
        return self.ask("GET", path, None, status, params=params or None)

    def post(self, path: str, body: object = None, status: int = 201) -> Any:
        return self.ask("POST", path, {} if body is None else body, status)

    def put(self, path: str, body: object, status: int = 200) -> Any:
        return self.ask("PUT", path, body, status)

    def delete(self, path: str, body: object = None, status: int = 204) -> Any:
        return self.ask("DELETE", path, body, status)

    def ids(self, path: str, **params: Any) -> list[int]:
        """Ids of a page or of a bare array, in order."""
        found = self.get(path, **params)
        return [one["id"] for one in (found["data"] if isinstance(found, dict) else found)]

    def contact(self, **values: object) -> Shown:
        """A new contact."""
        found: Shown = self.post("contacts", {"first_name": "Probe", **values})
        return found

    def company(self, **values: object) -> Shown:
        """A new company."""
        found: Shown = self.post("companies", {"name": "Probe GmbH", **values})
        return found

    def deal(self, **values: object) -> Shown:
        """A new deal in the first stage."""
        found: Shown = self.post("deals", {"name": "Probe", "stage_id": 1, **values})
        return found


@pytest.fixture(scope="session")
def filled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small account, made once."""
    path = tmp_path_factory.mktemp("concord") / SCHEMA.file
    rows = world(PEOPLE, COMPANIES, today=date(2026, 11, 1))
    filling.create(path, SCHEMA, rows, PEOPLE, COMPANIES)
    return path


@pytest.fixture
def open_crm(filled_file: Path, tmp_path: Path) -> Iterator[Callable[..., Crm]]:
    """Opens demos that differ by switches; each has the small account for itself."""
    with ExitStack() as stack:
        opened: list[Crm] = []

        def opener(limit: int = 10_000, **switches: Any) -> Crm:
            path = tmp_path / f"concord-{len(opened)}.sqlite3"
            shutil.copy(filled_file, path)
            statements: list[str] = []
            store = Store(path, statements.append)
            stack.callback(store.close)
            opened.append(_crm(store, statements, limit, ConcordSwitches(**switches)))
            return opened[-1]

        yield opener


@pytest.fixture
def crm(open_crm: Callable[..., Crm]) -> Crm:
    """A demo with every switch at its default."""
    return open_crm()


def _crm(store: Store, statements: list[str], limit: int, switches: ConcordSwitches) -> Crm:
    clock = Clock()
    address = Address("127.0.0.1", 8000)
    user, colleague = (row[0] for row in store.select("SELECT id FROM users ORDER BY id LIMIT 2"))
    assert isinstance(user, int)
    assert isinstance(colleague, int)
    demo = Demo(
        Concord(store, switches, address.url, clock.now),
        Secrets({KEY: user, COLLEAGUE_KEY: colleague}, NONCE),
        FixedWindow(limit, 60.0, clock.seconds),
        clock.now,
    )
    client = Direct(demo.application(address), address.url, {"Authorization": f"Bearer {KEY}"})
    return Crm(store, clock, demo, client, user, colleague, statements)


def bearer(key: str) -> dict[str, str]:
    """The header that carries a token."""
    return {"Authorization": f"Bearer {key}"}
