"""The demo server as these tests ask it: often, and as either of two users."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

from csc_tui.domain.ref import Ref
from tests.live_demo import PATIENCE, LiveDemo
from tests.outbox.wire import WIRES, Wire


@dataclass(frozen=True)
class Server(LiveDemo):
    """One running server, over a connection that is kept."""

    _lines: list[HTTPConnection] = field(default_factory=list, repr=False)

    @classmethod
    def of(cls, demo: LiveDemo) -> Server:
        return cls(demo.url, demo.key, demo.folder, demo.people, demo.companies, demo.dialect)

    @property
    def wire(self) -> Wire:
        """How its people travel."""
        return WIRES[self.dialect]

    @property
    def colleague(self) -> str:
        """The key of another user."""
        return (self.folder / "key-colleague").read_text("ascii").strip()

    def ask(self, method: str, path: str, body: object = None, *, colleague: bool = False) -> Any:
        key = self.colleague if colleague else self.key
        headers = {**self.wire.headers(key), "Content-Type": "application/json"}
        content = None if body is None else json.dumps(body)
        for fresh in (False, True):
            if fresh or not self._lines:
                self._lines.append(HTTPConnection(urlsplit(self.url).netloc, timeout=PATIENCE))
            line = self._lines.pop()
            try:
                line.request(method, path, content, headers)
                response = line.getresponse()
                raw = response.read()
            except (HTTPException, OSError):
                line.close()
                if fresh:
                    raise
                continue
            self._lines.append(line)
            assert response.status < 300, (method, path, response.status, raw)
            return json.loads(raw) if raw else None
        return None

    def record(self, ref: Ref) -> dict[str, Any]:
        """A record as the server has it, with its parts."""
        return self.wire.record(self.ask("GET", self.wire.shown(ref)))

    def called(self, name: str) -> list[dict[str, Any]]:
        """All people of exactly this last name, with their parts."""
        path = self.wire.where(self.wire.people, "last_name", name)
        return self.wire.listed(self.ask("GET", path))

    def there(self, ref: Ref) -> bool:
        """Whether a record exists."""
        return bool(self.ask("GET", self.wire.where(ref.resource, "id", ref.id)))

    def said(self) -> list[str]:
        """The methods of the requests so far."""
        return [str(entry["method"]) for entry in self.log()]

    def change(self, ref: Ref, **values: object) -> None:
        """A colleague changes fields of a person or company; no fault strikes him."""
        path, body = f"/api/{ref.resource}/{ref.id}", self.wire.body(ref.resource, values)
        self._unharmed("PUT", path, body, colleague=True)

    def ring(self, ref: Ref, number: str) -> None:
        """A colleague adds a phone number; no fault strikes him."""
        there = self._unharmed("GET", self.wire.shown(ref), colleague=True)
        numbers = self.wire.numbers(self.wire.record(there))
        self._unharmed(*self.wire.with_number(ref, numbers, number), colleague=True)

    def _unharmed(self, method: str, path: str, body: object = None, *, colleague: bool) -> Any:
        faults = self.ask("GET", "/demo/faults")
        self.fail()
        answer = self.ask(method, path, body, colleague=colleague)
        self.fail(*({name: it for name, it in one.items() if it is not None} for one in faults))
        return answer

    def make(self, name: str, *, colleague: bool = False, **values: object) -> Ref:
        """A new person; no fault strikes."""
        wire = self.wire
        body = wire.body(wire.people, {**wire.needs, "last_name": name, **values})
        made = self._unharmed("POST", f"/api/{wire.people}", body, colleague=colleague)
        return Ref(wire.people, str(wire.record(made)["id"]))
