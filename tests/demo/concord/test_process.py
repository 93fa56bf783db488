"""The Concord dialect behind a real socket."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import httpx
import pytest

from tests.demo.conftest import COMMAND, running
from tests.live_demo import PATIENCE

CONCORD = ("--dialect", "concord")


def client(url: str, key: str) -> httpx.Client:
    return httpx.Client(
        base_url=url, headers={"Authorization": f"Bearer {key}"}, timeout=PATIENCE, trust_env=False
    )


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "demo"


def test_both_dialects_serve_one_folder_at_once_each_with_its_own_data(data: Path) -> None:
    with running(data) as other, running(data, *CONCORD) as server:
        assert server.ready == {"url": server.url, "people": 30, "companies": 8}
        with client(server.url, server.key) as asking, other.client() as asking_other:
            made = asking.post("/api/contacts", json={"first_name": "Neu"})
            assert made.status_code == 201
            assert made.headers["x-ratelimit-limit"] == "90"
            assert made.headers["x-ratelimit-remaining"] == "89"
            assert asking.get("/api/contacts").json()["meta"]["total"] == 31
            assert asking_other.get("/api/people/count").json() == {"total_entries": 30}
            assert asking.delete(f"/api/contacts/{made.json()['id']}").content == b""
    with running(data, *CONCORD) as server, client(server.url, server.key) as asking:
        assert asking.get("/api/trashed/contacts").json()["meta"]["total"] == 1
    assert {"centralstation.sqlite3", "concord.sqlite3"} <= {one.name for one in data.iterdir()}


def test_limit_switches_and_faults_are_set_by_options(data: Path) -> None:
    options = ("--limit", "3", "--window", "600", "--page-size", "ignored", "--no-retry-after")
    fault = ("--fault", "GET /companies status status=503 count=1")
    with (
        running(data, *CONCORD, *options, *fault) as server,
        client(server.url, server.key) as asking,
    ):
        assert len(asking.get("/api/contacts?per_page=30").json()["data"]) == 15
        failed = asking.get("/api/companies")
        assert (failed.status_code, failed.headers["x-ratelimit-remaining"]) == (503, "1")
        asking.get("/api/companies")
        refused = asking.get("/api/companies")
        assert (refused.status_code, "retry-after" in refused.headers) == (429, False)


def test_what_a_reader_is_told_names_the_crm(data: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "--data", str(data), *CONCORD], stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        url = process.stdout.readline().split()[1]
        key = process.stdout.readline().split()[1]
        with client(url, key) as asking:
            assert asking.get("/api/me").json()["name"] == "Sabine Krüger"
        process.terminate()
        rest = process.stdout.read()
    said = re.search(r"^  (CSC_TUI_BACKEND=concord) CSC_TUI_URL=(\S+)", rest, re.MULTILINE)
    assert said
    assert said[2] == url
