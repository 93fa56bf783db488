"""Rules of the house that a linter does not know, read off the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.live_demo import ROOT

PACKAGE = ROOT / "csc_tui"
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
VENDORS = ("centralstation", "concord")
"""Names that only a vendor's own rooms and the ways to an account may know."""

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@cache
def tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text("utf-8"))


def sources(*rooms: str) -> list[Path]:
    """The files of rooms, of the whole package without any."""
    found = [path for room in rooms or ("",) for path in sorted((PACKAGE / room).rglob("*.py"))]
    assert found
    return found


def named(path: Path, node: ast.AST | None = None) -> str:
    """A place as a reader looks it up."""
    line = getattr(node, "lineno", 0)
    return f"{path.relative_to(ROOT)}:{line}" if line else str(path.relative_to(ROOT))


def test_no_file_is_longer_than_one_can_read() -> None:
    long = {named(path): n for path in sources() if (n := lines(path)) > LONGEST_FILE}

    assert long == {}


def lines(path: Path) -> int:
    """How many lines a file has."""
    return path.read_text("utf-8").count("\n")


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        named(path, node): node.end_lineno - node.lineno + 1
        for path in sources()
        for node in ast.walk(tree(path))
        if isinstance(node, FUNCTIONS)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    }

    assert long == {}


BROAD_ALLOWED = {"csc_tui/worker/worker.py", "csc_tui/ui/shell.py"}
"""The worker's loop, and the screen's one wrapper round what runs in the background."""


def test_errors_are_caught_by_type() -> None:
    broad = [
        named(path, node)
        for path in sources()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and catches_all(node)
        and not raises_again(node)
        and str(path.relative_to(ROOT)) not in BROAD_ALLOWED
    ]

    assert broad == []


def catches_all(handler: ast.ExceptHandler) -> bool:
    """Whether a handler takes whatever comes."""
    if handler.type is None:
        return True
    names = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}
    return not names.isdisjoint({"Exception", "BaseException"})


def raises_again(handler: ast.ExceptHandler) -> bool:
    """Whether a handler only tidies up and lets the error go on."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_no_suppression_without_its_code() -> None:
    bare = [
        f"{named(path)}:{number}"
        for path in sources()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if line.rstrip().endswith(("# noqa", "# type: ignore"))
    ]

    assert bare == []


CHOICES = {
    "csc_tui/config/settings.py",  # which CRMs there are
    "csc_tui/session.py",  # which translation is taken
    "csc_tui/words/en_screens.py",  # the welcome screen's choice
    "csc_tui/words/en_commands.py",
    "csc_tui/words/en_cli.py",  # what the program is
    "csc_tui/words/en_config.py",  # an address as an example
}
"""The files in which a CRM is chosen."""


def test_no_vendor_is_named_but_where_one_is_chosen() -> None:
    own = ("csc_tui/crm/", "csc_tui/demo/")
    naming = {
        named(path)
        for path in sources()
        if not named(path).startswith(own)
        for node in ast.walk(tree(path))
        if any(vendor in word.lower() for word in words_of(node) for vendor in VENDORS)
        and node not in docstrings(tree(path))
    }

    assert naming - CHOICES == set()


def words_of(node: ast.AST) -> Iterator[str]:
    """The names and texts that a node consists of."""
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.ImportFrom(module=str() as name):
            yield name


@cache
def docstrings(module: ast.Module) -> frozenset[ast.AST]:
    """The texts that stand alone as statements: documentation."""
    return frozenset(node.value for node in ast.walk(module) if isinstance(node, ast.Expr))


def test_no_test_sleeps() -> None:
    sleeping = [
        named(path, call)
        for path in files_with_tests()
        for test in cases_of(path)
        for call in own_nodes(test)
        if isinstance(call, ast.Call) and really_sleeps(call)
    ]

    assert sleeping == []


def files_with_tests() -> list[Path]:
    """The files with tests in them."""
    return sorted((ROOT / "tests").rglob("test_*.py"))


def functions_of(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, methods and nested ones too."""
    return [node for node in ast.walk(tree(path)) if isinstance(node, FUNCTIONS)]


def cases_of(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The tests in a file."""
    return [one for one in functions_of(path) if one.name.startswith("test_")]


def own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """What a function does itself: servers that a test defines inside it may take their time."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, FUNCTIONS):
            yield child
            yield from own_nodes(child)


def really_sleeps(call: ast.Call) -> bool:
    """Whether a call waits on the real clock; `asyncio.sleep(0)` only lets others run."""
    match call:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="asyncio"), attr="sleep"), args=[arg]):
            return not (isinstance(arg, ast.Constant) and arg.value == 0)
        case ast.Call(func=ast.Attribute(value=ast.Name(id="time"), attr="sleep")):
            return True
    return False


def test_every_test_can_fail() -> None:
    silent = []
    for path in files_with_tests():
        asserting = {one.name for one in functions_of(path) if asserts(one, set())}
        silent += [named(path, one) for one in cases_of(path) if not asserts(one, asserting)]

    assert silent == []


def asserts(function: ast.AST, asserting: set[str]) -> bool:
    """Whether a function asserts, expects an error, waits for something, or calls what does."""
    return any(
        isinstance(node, ast.Assert)
        or (isinstance(node, ast.Attribute) and node.attr.startswith(("raises", "wait_", "sees")))
        or (isinstance(node, ast.Name) and node.id in asserting | {"run_state_machine_as_test"})
        for node in ast.walk(function)
    )
