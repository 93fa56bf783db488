"""What tests of several rooms share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.live_demo import LiveDemo, running_demo

settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")
"""The same examples in every run, so that a red test is somebody's change and no draw of luck;
`--hypothesis-profile=default` looks for new ones."""


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """Where a text is missing on a screen, the screen as it stood there."""
    if op == "in" and isinstance(right, str) and "\n" in right:
        return [f"{left!r} in:", *right.splitlines()]
    return None


@pytest.fixture(scope="session")
def shared_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveDemo]:
    """One server with the default world for all tests of a worker; it never says 429."""
    folder = tmp_path_factory.mktemp("shared") / "demo"
    with running_demo(folder, "--limit", "100000", "--today", "2026-11-20") as server:
        yield server


@pytest.fixture
def demo_server(shared_demo: LiveDemo) -> Iterator[LiveDemo]:
    """That server with an empty log and without faults.

    What a test made is deleted after it, so that every test finds as many people and companies;
    what it changed in a record that was there before stays changed.
    """
    shared_demo.fail()
    shared_demo.forget()
    yield shared_demo
    shared_demo.fail()
    with shared_demo.client() as client:
        for resource, one, total in (
            ("people", "person", shared_demo.people),
            ("companies", "company", shared_demo.companies),
        ):
            more = client.get(f"/api/{resource}/count").json()["total_entries"] - total
            if more > 0:
                newest = client.get(f"/api/{resource}?order=new-desc&perpage={min(more, 250)}")
                for made in newest.json():
                    client.delete(f"/api/{resource}/{made[one]['id']}")
