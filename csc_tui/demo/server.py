"""The demo server's command line and its process: what starts, serves and ends."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import NoReturn

import uvicorn

from csc_tui.demo import faults, switches
from csc_tui.demo.application import Demo, Secrets
from csc_tui.demo.dialects import DIALECTS, Kind
from csc_tui.demo.exposure import Address, is_loopback
from csc_tui.demo.faults import BadFault, Fault
from csc_tui.demo.folder import COLLEAGUE, KEY, NONCE, Folder, FolderError
from csc_tui.demo.people import world
from csc_tui.demo.store import Store
from csc_tui.demo.wire import DroppableProtocol

PROGRAM = "csc-tui demo"
FAILED = 1
USAGE = 2


class UsageError(Exception):
    """The command line asks for what is not done; the message is a sentence."""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the server until it is told to end; gives the exit code.

    0: ended by SIGTERM, SIGINT or the end of --parent-fd; 1: it could not start; 2: usage.
    """
    os.umask(0o077)
    arguments = _parser().parse_args(argv)
    try:
        return _run(arguments)
    except UsageError as error:
        return _complain(str(error), USAGE)
    except FolderError as error:
        return _complain(str(error), FAILED)
    except KeyboardInterrupt:
        return 0


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, without the usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"{PROGRAM}: {message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(PROGRAM, description=__doc__, allow_abbrev=False)
    add = parser.add_argument
    add("--dialect", choices=tuple(DIALECTS), default="centralstation")
    add("--listen", default="127.0.0.1:0", metavar="HOST:PORT", help="port 0: a free one")
    add("--expose", action="store_true", help="other machines may connect, unencrypted")
    add("--data", type=Path, default=_data_folder(), metavar="DIR", help="where it is kept")
    add("--people", type=_count, metavar="N", help="how many people (default: 2400)")
    add("--companies", type=_count, metavar="N", help="(default: one for four people)")
    add("--reset", action="store_true", help="make the data anew")
    add(
        "--today",
        type=date.fromisoformat,
        default=_today(),
        metavar="YYYY-MM-DD",
        help="the day before which everything in new data happened",
    )
    add("--limit", type=_positive, metavar="N", help="requests in a window, per key")
    add("--window", type=float, metavar="S", help="its length in seconds")
    add("--key-fd", type=int, metavar="N", help="read the key from this descriptor")
    add("--ready-fd", type=int, metavar="N", help="write one JSON line there when listening")
    add("--parent-fd", type=int, metavar="N", help="end when this pipe does")
    add(
        "--fault",
        type=_fault,
        action="append",
        default=[],
        metavar="SPEC",
        help=f"{faults.FORM} or a JSON object",
    )
    for kind in DIALECTS.values():
        switches.add_arguments(parser, kind.switches, kind.vendor)
    return parser


def _run(arguments: argparse.Namespace) -> int:
    kind = DIALECTS[arguments.dialect]
    if arguments.parent_fd is not None:
        threading.Thread(target=_end_with, args=[arguments.parent_fd], daemon=True).start()
    listener = _listen(arguments.listen, arguments.expose)
    host, port = listener.getsockname()[:2]
    address = Address(host, port, arguments.expose)
    folder = Folder(arguments.data, kind.schema)
    key = folder.secret(KEY) if arguments.key_fd is None else _read_key(arguments.key_fd)
    store = folder.open(
        (arguments.people, arguments.companies),
        arguments.reset,
        lambda people, companies: world(people, companies, today=arguments.today),
        lambda text: print(f"{PROGRAM}: {text}", file=sys.stderr),
    )
    try:
        demo = _demo(kind, arguments, store, address, folder, key)
        listener.listen(128)
        ready = partial(_announce, kind, arguments, address, store, key)
        asyncio.run(_serve(demo, address, listener, ready))
    finally:
        store.close()
    return 0


def _demo(
    kind: Kind,
    arguments: argparse.Namespace,
    store: Store,
    address: Address,
    folder: Folder,
    key: str,
) -> Demo:
    limit = kind.limit if arguments.limit is None else arguments.limit
    window = kind.window if arguments.window is None else arguments.window
    users = [int(str(row[0])) for row in store.select("SELECT id FROM users ORDER BY id LIMIT 2")]
    return Demo(
        dialect=kind.speak(store, arguments, address.url, _now),
        secrets=Secrets(
            {key: users[0], folder.secret(COLLEAGUE): users[-1]},
            folder.secret(NONCE).encode("ascii"),
        ),
        limiter=kind.limiter(limit, window, time.monotonic),
        now=_now,
        faults=arguments.fault,
    )


class _Server(uvicorn.Server):
    """Leaves the signals to this module."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def _serve(
    demo: Demo, address: Address, listener: socket.socket, ready: Callable[[], None]
) -> None:
    """Serves until SIGTERM or SIGINT; open connections are not waited for.

    Says that it is ready when it would also end as it should.
    """
    logging.getLogger().addHandler(logging.NullHandler())
    config = uvicorn.Config(
        demo.application(address),
        http=DroppableProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=75,
    )
    server = _Server(config)

    def end() -> None:
        server.should_exit = server.force_exit = True

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, end)
    ready()
    await server.serve(sockets=[listener])


def _listen(wanted: str, expose: bool) -> socket.socket:
    """A socket bound to HOST:PORT, not yet listening. Raises UsageError, FolderError."""
    host, _, port = wanted.rpartition(":")
    host = host.strip("[]")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise UsageError(f"--listen is HOST:PORT, not {wanted!r}")
    host = "127.0.0.1" if host == "localhost" else host
    if not is_loopback(host):
        if not expose:
            raise UsageError(
                f"{host} is not a loopback address; --expose beside it lets other machines in,"
                " names and edits then travel unencrypted"
            )
        print(
            f"{PROGRAM}: names and edits travel unencrypted between this machine and others",
            file=sys.stderr,
        )
    try:
        family, kind, _, _, target = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(target)
    except OSError as error:
        raise FolderError(f"cannot listen on {wanted}: {error.strerror}") from None
    return listener


def _announce(
    kind: Kind, arguments: argparse.Namespace, address: Address, store: Store, key: str
) -> None:
    """Says where the server is: a JSON line for a parent, else words for a reader."""
    if arguments.ready_fd is not None:
        counts = {
            name: store.number(f"SELECT count(*) FROM {table}")  # noqa: S608
            for name, table in (("people", kind.people), ("companies", "companies"))
        }
        with os.fdopen(arguments.ready_fd, "w") as ready:
            ready.write(json.dumps({"url": address.url, **counts}) + "\n")
        return
    with suppress(BrokenPipeError):
        print(f"URL {address.url}\nkey {key}\n\nTo connect:", flush=True)
        print(f"  {kind.environment}CSC_TUI_URL={address.url} CSC_TUI_API_KEY={key} csc-tui")
        sys.stdout.flush()


def _read_key(descriptor: int) -> str:
    try:
        with os.fdopen(descriptor, encoding="ascii") as file:
            key = file.readline().strip()
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"no key can be read from descriptor {descriptor}") from None
    if not key:
        raise UsageError(f"descriptor {descriptor} gave no key")
    return key


def _end_with(descriptor: int) -> None:
    """Ends the process when the pipe does; every commit is already in the file."""
    with suppress(OSError):
        while os.read(descriptor, 1024):
            continue
    os._exit(0)


def _complain(sentence: str, code: int) -> int:
    print(f"{PROGRAM}: {sentence}", file=sys.stderr)
    return code


def _today() -> date:
    return datetime.now(UTC).date()


def _now() -> int:
    return time.time_ns() // 1_000_000


def _data_folder() -> Path:
    base = os.environ.get("XDG_DATA_HOME", "")
    root = Path(base) if Path(base).is_absolute() else Path.home() / ".local" / "share"
    return root / "csc-tui" / "demo"


def _count(text: str) -> int:
    """A number of records; argparse says what is wrong with others."""
    number = int(text)
    if not 0 <= number <= 1_000_000:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1000000")
    return number


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not at least 1")
    return number


def _fault(spec: str) -> Fault:
    try:
        return faults.from_text(spec)
    except BadFault as error:
        raise argparse.ArgumentTypeError(str(error)) from None
