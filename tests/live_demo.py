"""A demo server as a process of its own, with what tests ask of it: its log, its faults."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[1]
"""The checkout."""
PATIENCE = 60.0
"""Seconds until what does not come counts as missing; only a failing test ever waits so long."""


@dataclass(frozen=True)
class LiveDemo:
    """One running server."""

    url: str
    key: str
    folder: Path
    people: int
    companies: int
    dialect: str = "centralstation"

    def client(self) -> httpx.Client:
        """A client with the owner's key, as either dialect wants it."""
        headers = {"X-apikey": self.key, "Authorization": f"Bearer {self.key}"}
        # It is plain http: without `verify` no trust store is read, which costs more than asking.
        return httpx.Client(
            base_url=self.url, headers=headers, timeout=PATIENCE, trust_env=False, verify=False
        )

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """One request as somebody else's program would send it; the answer's JSON."""
        with self.client() as client:
            response = client.request(method, path, json=body)
            response.raise_for_status()
            return response.json() if response.content else None

    def log(self) -> list[dict[str, Any]]:
        """The requests to the API since `forget`, oldest first."""
        entries: list[dict[str, Any]] = self.ask("GET", "/demo/log")
        return entries

    def requests(self) -> list[str]:
        """The same as `METHOD path?query`."""
        return [f"{entry['method']} {entry['path']}" for entry in self.log()]

    def forget(self) -> None:
        """Empty the log."""
        self.ask("DELETE", "/demo/log")

    def fail(self, *faults: dict[str, Any]) -> None:
        """From now on these faults, and only these, strike."""
        self.ask("POST", "/demo/faults", list(faults))


@contextmanager
def running_demo(folder: Path, *options: str) -> Iterator[LiveDemo]:
    """A server that listens, with its data in `folder`; it ends with the block."""
    ready, told = os.pipe()
    held, alive = os.pipe()
    command = [sys.executable, "-m", "csc_tui.demo", "--data", str(folder), *options]
    process = subprocess.Popen(
        [*command, "--ready-fd", str(told), "--parent-fd", str(held)],
        pass_fds=(told, held),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        cwd=ROOT,
    )
    os.close(told)
    os.close(held)
    with os.fdopen(ready) as answer, process:
        line = answer.readline()
        assert line, f"the demo server ended with {process.wait()}"
        said = json.loads(line)
        key = (folder / "key").read_text("ascii").strip()
        try:
            dialect = options[options.index("--dialect") + 1] if "--dialect" in options else ""
            counts = (said["people"], said["companies"])
            yield LiveDemo(said["url"], key, folder, *counts, dialect or "centralstation")
        finally:
            os.close(alive)
