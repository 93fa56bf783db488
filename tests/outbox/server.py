"""The demo server as these tests ask it: often, and as either of two users."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import quote, urlsplit

from csc_tui.domain.ref import Ref
from tests.live_demo import LiveDemo


@dataclass(frozen=True)
class Server(LiveDemo):
    """One running server, over a connection that is kept."""

    _lines: list[HTTPConnection] = field(default_factory=list, repr=False)

    @classmethod
    def of(cls, demo: LiveDemo) -> Server:
        return cls(demo.url, demo.key, demo.folder, demo.people, demo.companies)

    def ask(self, method: str, path: str, body: object = None, *, colleague: bool = False) -> Any:
        key = self.key
        if colleague:
            key = (self.folder / "key-colleague").read_text("ascii").strip()
        headers = {"X-apikey": key, "Content-Type": "application/json"}
        content = None if body is None else json.dumps(body)
        for fresh in (False, True):
            if fresh or not self._lines:
                self._lines.append(HTTPConnection(urlsplit(self.url).netloc, timeout=20))
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
        found = self.ask("GET", f"/api/{ref.resource}/{ref.id}?includes=all")
        record: dict[str, Any] = next(iter(found.values()))
        return record

    def called(self, name: str) -> list[dict[str, Any]]:
        """All people of exactly this last name, with their parts."""
        query = f"filter[name][equal]={quote(name)}&perpage=250&includes=all"
        return [one["person"] for one in self.ask("GET", f"/api/people?{query}")]

    def there(self, ref: Ref) -> bool:
        """Whether a record exists."""
        return bool(self.ask("GET", f"/api/{ref.resource}?filter[id][equal]={ref.id}"))

    def said(self) -> list[str]:
        """The methods of the requests so far."""
        return [str(entry["method"]) for entry in self.log()]

    def change(self, ref: Ref, **values: object) -> None:
        """A colleague changes fields of a person or company; no fault strikes him."""
        faults = self.ask("GET", "/demo/faults")
        self.fail()
        wrapper = {"people": "person", "companies": "company"}[ref.resource]
        self.ask("PUT", f"/api/{ref.resource}/{ref.id}", {wrapper: values}, colleague=True)
        self.fail(*({name: it for name, it in one.items() if it is not None} for one in faults))

    def make(self, name: str, *, colleague: bool = False, **values: object) -> Ref:
        """A new person."""
        body = {"person": {"name": name, **values}}
        made = self.ask("POST", "/api/people", body, colleague=colleague)
        return Ref("people", str(made["person"]["id"]))
