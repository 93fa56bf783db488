"""What is loaded when: the import contracts proven on the running program."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.live_demo import PATIENCE, ROOT

_LIST = "import sys\n{code}\nprint(*sys.modules, sep='\\n')"


def loaded_by(code: str) -> set[str]:
    """The modules that a fresh interpreter holds after running `code`."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", _LIST.format(code=code)],
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], "HOME": "/nonexistent"},
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    return set(done.stdout.split())


def roots(modules: set[str]) -> set[str]:
    """The top-level packages among modules."""
    return {module.partition(".")[0] for module in modules}


def test_the_package_costs_nothing() -> None:
    assert {m for m in loaded_by("import csc_tui") if m.startswith("csc_tui")} == {"csc_tui"}


@pytest.mark.parametrize(
    "code",
    [
        "import csc_tui.cli",
        "from csc_tui.cli import main; main(['--version'])",
        "from csc_tui.cli import main; main(['keys'])",
        "from csc_tui.cli import main; main(['paths'])",
    ],
)
def test_commands_without_a_screen_load_no_heavy_library(code: str) -> None:
    heavy = {"textual", "httpx", "pydantic", "sqlite3", "starlette", "uvicorn", "rich", "asyncio"}

    assert roots(loaded_by(code)).isdisjoint(heavy)


@pytest.mark.parametrize("room", ["domain", "crm", "services", "store", "worker", "http"])
def test_rooms_below_the_screen_load_no_textual(room: str) -> None:
    modules = sorted(
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "csc_tui" / room).rglob("*.py")
        if path.name != "__init__.py"
    )
    found = loaded_by("import " + ", ".join(modules))

    assert set(modules) <= found
    assert "textual" not in found
    assert ("httpcore" in found) == (room == "http")
    assert "httpx" not in found  # only for a host name that is no ASCII
    assert "csc_tui.demo" not in found


def test_the_demo_loads_nothing_of_the_client() -> None:
    found = {m for m in loaded_by("import csc_tui.demo.server") if m.startswith("csc_tui.")}

    assert found
    assert all(m == "csc_tui.demo" or m.startswith("csc_tui.demo.") for m in found)


AS_TEXT = """
import csc_tui.crm.{crm}.resources
from csc_tui.domain.record import Node

def models(kind):
    for one in kind.__subclasses__():
        yield one
        yield from models(one)

found = list(models(Node))
assert len(found) > 10
for one in found:
    for name, hint in one.__dict__.get("__annotations__", {{}}).items():
        assert not isinstance(hint, str), (one, name)
"""


@pytest.mark.parametrize("crm", ["centralstation", "concord"])
def test_no_annotation_of_a_model_has_to_be_compiled_again_for_what_derives_from_it(
    crm: str,
) -> None:
    assert "pydantic" in loaded_by(AS_TEXT.format(crm=crm))
