"""A demo CRM in the test's own process, and one behind a real socket."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from starlette.types import ASGIApp

from csc_tui.demo import filling
from csc_tui.demo.application import Demo, Secrets
from csc_tui.demo.centralstation.dialect import CentralStation
from csc_tui.demo.centralstation.schema import SCHEMA
from csc_tui.demo.centralstation.switches import Switches
from csc_tui.demo.dialect import Dialect
from csc_tui.demo.exposure import Address
from csc_tui.demo.limits import Limiter, SlidingWindow
from csc_tui.demo.people import world
from csc_tui.demo.schema import Schema
from csc_tui.demo.store import Store
from tests.live_demo import PATIENCE

KEY = "key-of-the-owner"
COLLEAGUE_KEY = "key-of-the-colleague"
NONCE = b"nonce of the folder"
PEOPLE, COMPANIES = 60, 20
ADDRESS = Address("127.0.0.1", 8000)


@dataclass
class Clock:
    """Time that moves when a test says so."""

    ms: int = 1_793_610_000_000
    """2 November 2026, 10:00 in Berlin."""

    def now(self) -> int:
        return self.ms

    def seconds(self) -> float:
        return self.ms / 1000

    def forward(self, seconds: float) -> None:
        self.ms += round(seconds * 1000)


@dataclass
class Direct:
    """Sends requests straight into the application, without a socket."""

    app: ASGIApp
    url: str
    headers: dict[str, str]

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        headers = {**self.headers, **more.pop("headers", {})}
        headers = {name: value for name, value in headers.items() if value is not None}
        return asyncio.run(self._send(method, path, headers, more))

    async def _send(
        self, method: str, path: str, headers: dict[str, str], more: dict[str, Any]
    ) -> httpx.Response:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url=self.url) as client:
            return await client.request(method, path, headers=headers, **more)


@dataclass
class Served:
    """A demo server, its store, its clock, and a client with the owner's key."""

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


AnyCrm = TypeVar("AnyCrm", bound=Served)
Opener = Callable[..., AnyCrm]
"""Opens a demo; takes the rate limit and the dialect's switches by name."""


@dataclass
class Crm(Served):
    """CentralStationCRM."""

    def get(self, path: str, status: int = 200, **params: Any) -> Any:
        response = self.send("GET", path, params=params or None)
        assert response.status_code == status, response.text
        return response.json()

    def post(self, path: str, body: object, status: int = 201) -> Any:
        response = self.send("POST", path, body)
        assert response.status_code == status, response.text
        return response.json()

    def put(self, path: str, body: object, status: int = 200) -> Any:
        response = self.send("PUT", path, body)
        assert response.status_code == status, response.text
        return response.json()

    def delete(self, path: str) -> None:
        response = self.send("DELETE", path)
        assert response.status_code == 200, response.text

    def person(self, **attributes: object) -> dict[str, Any]:
        """A new person."""
        body = {"person": {"name": "Probe", **attributes}}
        person: dict[str, Any] = self.post("people?includes=all", body)["person"]
        return person

    def company(self, **attributes: object) -> dict[str, Any]:
        """A new company."""
        body = {"company": {"name": "Probe GmbH", **attributes}}
        company: dict[str, Any] = self.post("companies?includes=all", body)["company"]
        return company


def small_account(folder: Path, schema: Schema) -> Path:
    """The file of a small account."""
    rows = world(PEOPLE, COMPANIES, today=date(2026, 11, 1))
    filling.create(folder / schema.file, schema, rows, PEOPLE, COMPANIES)
    return folder / schema.file


@contextmanager
def opening(
    kind: type[AnyCrm],
    filled_file: Path,
    folder: Path,
    dialect: Callable[[Store, Clock, dict[str, Any]], Dialect],
    limiter: Callable[[int, Clock], Limiter],
    headers: dict[str, str],
) -> Iterator[Opener[AnyCrm]]:
    """Opens demos that differ by switches; each has the small account for itself."""
    with ExitStack() as stack:
        numbers = itertools.count()

        def opener(limit: int = 10_000, **switches: Any) -> AnyCrm:
            path = folder / f"{next(numbers)}-{filled_file.name}"
            shutil.copy(filled_file, path)
            statements: list[str] = []
            store, clock = Store(path, statements.append), Clock()
            stack.callback(store.close)
            users = store.select("SELECT id FROM users ORDER BY id LIMIT 2")
            user, colleague = (row[0] for row in users)
            assert isinstance(user, int)
            assert isinstance(colleague, int)
            demo = Demo(
                dialect(store, clock, switches),
                Secrets({KEY: user, COLLEAGUE_KEY: colleague}, NONCE),
                limiter(limit, clock),
                clock.now,
            )
            client = Direct(demo.application(ADDRESS), ADDRESS.url, headers)
            return kind(store, clock, demo, client, user, colleague, statements)

        yield opener


@pytest.fixture(scope="session")
def filled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small account, made once."""
    return small_account(tmp_path_factory.mktemp("account"), SCHEMA)


@pytest.fixture
def open_crm(filled_file: Path, tmp_path: Path) -> Iterator[Opener[Crm]]:
    """Opens demos of CentralStationCRM."""
    with opening(
        Crm,
        filled_file,
        tmp_path,
        lambda store, clock, switches: CentralStation(
            store, Switches(**switches), ADDRESS.url, clock.now
        ),
        lambda limit, clock: SlidingWindow(limit, 10.0, clock.seconds),
        {"X-apikey": KEY},
    ) as opener:
        yield opener


@pytest.fixture
def crm(open_crm: Opener[AnyCrm]) -> AnyCrm:
    """A demo with every switch at its default."""
    return open_crm()


@dataclass
class Running:
    """A demo server in a process of its own."""

    process: subprocess.Popen[str]
    url: str
    key: str
    folder: Path
    ready: dict[str, Any]

    def client(self) -> httpx.Client:
        return httpx.Client(
            base_url=self.url, headers={"X-apikey": self.key}, timeout=PATIENCE, trust_env=False
        )


COMMAND = (sys.executable, "-m", "csc_tui.demo", "--people", "30", "--companies", "8")


@contextmanager
def running(folder: Path, *options: str, key: str = "handed-over") -> Iterator[Running]:
    """A server that is listening; ended by the end of its parent's pipe."""
    ready_read, ready_write = os.pipe()
    parent_read, parent_write = os.pipe()
    key_read, key_write = os.pipe()
    os.write(key_write, key.encode())
    os.close(key_write)
    descriptors = {"--ready-fd": ready_write, "--parent-fd": parent_read, "--key-fd": key_read}
    process = subprocess.Popen(
        [
            *COMMAND,
            *("--data", str(folder), *options),
            *(str(part) for pair in descriptors.items() for part in pair),
        ],
        pass_fds=tuple(descriptors.values()),
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    for descriptor in descriptors.values():
        os.close(descriptor)
    with os.fdopen(ready_read) as ready, process:
        line = ready.readline()
        assert line, process.communicate()
        said = json.loads(line)
        try:
            yield Running(process, said["url"], key, folder, said)
        finally:
            os.close(parent_write)


@pytest.fixture(scope="session")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One server behind a real socket for all tests that need one."""
    folder = tmp_path_factory.mktemp("live") / "demo"
    with running(folder, "--limit", "100000") as server:
        yield server


@pytest.fixture
def live(live_server: Running) -> Iterator[Running]:
    """That server, without faults and with an empty log."""
    with live_server.client() as client:
        client.delete("/demo/faults")
        client.delete("/demo/log")
    yield live_server
    with live_server.client() as client:
        client.delete("/demo/faults")
