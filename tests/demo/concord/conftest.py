"""A Concord server in the test's own process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from csc_tui.demo.concord.dialect import Concord
from csc_tui.demo.concord.schema import SCHEMA
from csc_tui.demo.concord.switches import ConcordSwitches
from csc_tui.demo.limits import FixedWindow
from tests.demo.conftest import ADDRESS, KEY, Opener, Served, opening, small_account

Shown = dict[str, Any]
"""A record as it came over the wire."""


@dataclass
class Crm(Served):
    """Concord CRM."""

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
    return small_account(tmp_path_factory.mktemp("concord"), SCHEMA)


@pytest.fixture
def open_crm(filled_file: Path, tmp_path: Path) -> Iterator[Opener[Crm]]:
    """Opens demos of Concord CRM."""
    with opening(
        Crm,
        filled_file,
        tmp_path,
        lambda store, clock, switches: Concord(
            store, ConcordSwitches(**switches), ADDRESS.url, clock.now
        ),
        lambda limit, clock: FixedWindow(limit, 60.0, clock.seconds),
        bearer(KEY),
    ) as opener:
        yield opener


def bearer(key: str) -> dict[str, str]:
    """The header that carries a token."""
    return {"Authorization": f"Bearer {key}"}
