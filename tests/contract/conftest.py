"""A server and a terminal for each dialect."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.ref import Ref
from csc_tui.http.message import Request, Response
from csc_tui.session import adapter_of
from tests.contract.dialects import DIALECTS, Dialect
from tests.live_demo import PATIENCE, LiveDemo, running_demo
from tests.outbox.terminal import Terminal

SWITCHES = ("--limit", "100000", "--people", "330", "--companies", "40", "--today", "2026-11-20",
            "--merge-delay", "0.1")  # fmt: skip


class Colleague:
    """Somebody else at the same CRM, with a key of his own; he has no store and no outbox."""

    def __init__(self, demo: LiveDemo) -> None:
        self.crm = adapter_of(demo.dialect)
        self.resources = self.crm.resources()
        key = (demo.folder / "key-colleague").read_text("ascii").strip()
        self._client = httpx.Client(
            base_url=f"{demo.url}/api", headers=self.crm.headers(key), timeout=PATIENCE,
            trust_env=False, verify=False,
        )  # fmt: skip

    def close(self) -> None:
        self._client.close()

    def send(self, request: Request) -> Response:
        answer = self._client.request(
            request.method, request.path, params=list(request.query), json=request.body
        )
        data = answer.json() if answer.content else None
        return Response(answer.status_code, dict(answer.headers), data)

    def record(self, ref: Ref) -> Any:
        """A record as the server has it now."""
        response = self.send(self.crm.show(ref))
        assert response.status == 200, response
        return self.crm.record(
            self.resources[ref.resource], self.crm.read_one(ref.resource, response)
        )

    def notes(self, ref: Ref) -> list[Any]:
        """What is written about a record, the newest first."""
        history, kind = self.crm.history, self.resources[ref.resource].notes
        assert history is not None
        assert kind is not None
        asking = history.page(ref, 1)
        request = next(asking)
        while True:
            response = self.send(request)
            assert self.crm.error(response) is None, response
            try:
                request = asking.send(response)
            except StopIteration as done:
                return [kind.model.read(raw) for raw in done.value.raws]

    def note(self, ref: Ref, **values: Any) -> None:
        """Write a note about a record; `kind` and what a call has to have as the form has them."""
        self.write(Change(Verb.CREATE, Ref("notes", ""), ref, values))

    def there(self, ref: Ref) -> bool:
        return self.send(self.crm.show(ref)).status == 200

    def write(self, change: Change) -> Response:
        there = self.record(change.record) if change.record.id else None
        resource = self.resources[change.record.resource]
        response = Response(204)
        for request in self.crm.write(change, resource, there):
            response = self.send(request)
            assert self.crm.error(response) is None, response
        return response

    def make(self, resource: str, **values: Any) -> Ref:
        change = Change(Verb.CREATE, Ref(resource, ""), values=values)
        return Ref(resource, self.crm.read_created(self.write(change), change))

    def change(self, ref: Ref, **values: Any) -> None:
        self.write(Change(Verb.UPDATE, ref, None, values, self.record(ref).base(values)))


@dataclass
class Ground:
    """One dialect with its server, a terminal, and a colleague."""

    dialect: Dialect
    demo: LiveDemo
    terminal: Terminal
    colleague: Colleague
    block: str
    """Begins the phone numbers of one test: one CRM wants them unique."""

    def person(self, **values: Any) -> Ref:
        """A person of the test's own, made by the colleague."""
        name = f"Probe{uuid.uuid4().hex[:10]}"
        return self.colleague.make(
            self.dialect.people, **{"first_name": "Anna", "last_name": name, **values}
        )

    def number(self, which: int) -> str:
        """A phone number of the test's own."""
        return f"+49 221 {self.block} {which}"

    def company(self) -> Ref:
        return self.colleague.make("companies", name=f"Firma {uuid.uuid4().hex[:10]}")

    async def shown(self, ref: Ref) -> Any:
        """The record as the terminal's screen has it."""
        return await self.terminal.shown(ref)


@pytest.fixture(scope="session", params=DIALECTS, ids=lambda one: one.backend)
def serving(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Dialect, LiveDemo]]:
    dialect: Dialect = request.param
    folder = tmp_path_factory.mktemp(dialect.backend) / "demo"
    with running_demo(folder, "--dialect", dialect.backend, *SWITCHES) as demo:
        yield dialect, demo


@pytest.fixture
async def ground(serving: tuple[Dialect, LiveDemo], tmp_path: Path) -> AsyncIterator[Ground]:
    dialect, demo = serving
    demo.fail()
    demo.forget()
    terminal = await Terminal(demo, tmp_path).open()
    colleague = Colleague(demo)
    yield Ground(dialect, demo, terminal, colleague, str(uuid.uuid4().int)[:8])
    demo.fail()
    colleague.close()
    await terminal.close()
