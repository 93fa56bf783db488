"""Composition root: settings become a running desk. The only file that knows concrete classes.

They are named inside functions: the first paint needs the store alone, so adapter, models and
HTTP client are imported after it, and only those of the chosen backend.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
    from pathlib import Path

    from csc_tui.config.account import Account
    from csc_tui.config.paths import Paths
    from csc_tui.config.secrets import Secret
    from csc_tui.config.settings import Settings
    from csc_tui.config.theme import Theme
    from csc_tui.crm.adapter import Adapter, Front, Whoami
    from csc_tui.domain.clock import Clock
    from csc_tui.domain.errors import CrmError
    from csc_tui.domain.query import Query
    from csc_tui.http.budget import Budget
    from csc_tui.http.message import Response
    from csc_tui.http.transport import Transport
    from csc_tui.http.transport_settings import TransportSettings
    from csc_tui.services.desk import Desk
    from csc_tui.services.layout import Tab
    from csc_tui.store.notice import Notice
    from csc_tui.ui.doors import Doors
    from csc_tui.ui.shell import Shell

    First = Callable[[Sequence[Tab]], Query | None] | None


def front_of(backend: str) -> Front:
    """What is needed of one CRM until a list has been asked for."""
    if backend == "concord":
        from csc_tui.crm.concord.front import ConcordFront

        return ConcordFront()
    from csc_tui.crm.centralstation.front import CentralStationFront

    return CentralStationFront()


def adapter_of(backend: str) -> Adapter:
    """The translation for one CRM; the others are never imported."""
    if backend == "concord":
        from csc_tui.crm.concord.adapter import ConcordAdapter

        return ConcordAdapter()
    from csc_tui.crm.centralstation.adapter import CentralStationAdapter

    return CentralStationAdapter()


def transport_settings(
    account: Account, front: Front, secret: Callable[[], Secret] | None = None
) -> TransportSettings:
    """How to reach an account's CRM; `secret` gives the key where it may change meanwhile."""
    from csc_tui.http.transport_settings import TransportSettings

    line = account.line
    unproven = [account.nonce] if account.nonce else []

    def headers() -> Mapping[str, str]:
        if unproven:
            _prove(account)
            unproven.clear()
        return front.headers((secret() if secret else account.secret).reveal())

    return TransportSettings(
        url=account.url,
        headers=headers,
        ca_file=line.ca_file,
        client_cert=line.client_cert,
        client_key=line.client_key,
        proxy=line.proxy,
    )


def _judge(account: Account, secret: Callable[[], Secret]) -> Callable[[Response], CrmError | None]:
    """What an answer's status means; of a refused key also of which CRM it looks to be."""
    from csc_tui.config.keys import other_vendor
    from csc_tui.domain.errors import Unauthorized

    def judge(response: Response) -> CrmError | None:
        error = adapter_of(account.backend).error(response)
        if isinstance(error, Unauthorized):
            return Unauthorized(other_vendor(account.backend, secret()))
        return error

    return judge


def _prove(account: Account) -> None:
    """Make sure that the user's own demo answers. Raises Offline or NotAnApi.

    It is on this machine, so that it answers at once or never.
    """
    from csc_tui.domain.errors import NotAnApi, Offline
    from csc_tui.http.origin import parse_url
    from csc_tui.http.proof import proven

    found = proven(account.url, account.nonce, patience=2.0)
    if found is None:
        raise Offline(parse_url(account.url).host, "refused")
    if not found:
        stranger = NotAnApi(0, "stranger")
        stranger.sent = False
        raise stranger


def open_desk(account: Account, paths: Paths, clock: Clock | None = None) -> Desk:
    """The desk with its store, ready for the first paint; by the machine's clock if by none."""
    from csc_tui.domain.clock import SystemClock
    from csc_tui.domain.request_log import RequestLog
    from csc_tui.services.desk import Desk
    from csc_tui.services.layout import load
    from csc_tui.store.store import Store

    paths.prepare(account.folder_id)
    clock = clock or SystemClock()
    store = Store.open(paths.account_cache(account.folder_id), clock)
    desk = Desk(
        store,
        clock,
        RequestLog(),
        name=account.name,
        read_only=account.read_only,
        web_origin=account.url,
        own_id=account.own_id or account.url,
    )
    desk.folder = paths.account_data(account.folder_id)
    desk.tabs = load(store.value_now("tabs"))
    return desk


async def wake(desk: Desk, account: Account, paths: Paths) -> None:
    """Bring adapter, budget and worker to the desk; whatever was asked for meanwhile goes on."""
    import asyncio

    await _connect(desk, account, paths)
    from csc_tui.services.events import WorkChanged
    from csc_tui.services.fill import Filling
    from csc_tui.services.layout import dump
    from csc_tui.ui.forms.editor import clear_leftovers

    await asyncio.to_thread(_give_back)
    for notice in desk.store.notices:
        _tell(desk, notice)
    desk.store.on_notice(lambda notice: _tell(desk, notice))
    desk.run(Filling(desk, account.fill).run())
    await desk.edits.load()
    await asyncio.to_thread(clear_leftovers, paths.state)
    await desk.lookups.recall()
    desk.events.tell(WorkChanged())
    await desk.store.set_value("tabs", dump(desk.tabs))


@asynccontextmanager
async def headless_desk(
    account: Account, paths: Paths, *, reads_only: bool = False, first: First = None
) -> AsyncIterator[Desk]:
    """A desk for a command without a screen: nothing is sent but what the command asks for.

    `reads_only`: without outbox and synchronisation, which need not even be imported then.
    `first`: the list that is needed whatever comes, by the tabs of the last start; it is asked for
    before the adapter is imported.
    """
    from csc_tui.services.layout import dump

    desk = open_desk(account, paths)
    try:
        await _connect(desk, account, paths, reads_only=reads_only, first=first)
        await desk.store.set_value("tabs", dump(desk.tabs))
        yield desk
    finally:
        await desk.close()


async def _connect(
    desk: Desk, account: Account, paths: Paths, *, reads_only: bool = False, first: First = None
) -> None:
    """Give the desk its CRM, worker, budget and services."""
    import asyncio

    adapter: Adapter | None = None
    if first is None:  # a screen is there already, and its keys must not wait for imports
        adapter = await asyncio.to_thread(_load, account.backend, whole=not reads_only)
    from csc_tui.http.transport import Transport
    from csc_tui.worker.worker import Worker

    held = [account.secret]
    front = front_of(account.backend)
    settings = transport_settings(account, front, lambda: held[-1])
    budget = _budget(desk, account, paths, front)
    transport = Transport(settings, desk.log, desk.clock, meanwhile=desk.prepare)
    worker = Worker(transport, budget, desk.clock, _judge(account, lambda: held[-1]))
    worker.start()
    if first is not None and (query := first(desk.tabs)) is not None:
        from csc_tui.services.foreseen import foresee

        await foresee(desk, worker, front.page(query, 1))
    if adapter is None:
        adapter = await asyncio.to_thread(_load, account.backend, whole=not reads_only)
    from csc_tui.services.lookup import Lookups
    from csc_tui.services.records import Records

    desk.records, desk.lookups = Records(desk), Lookups(desk)
    if not reads_only:
        _let_write(desk, paths.account_data(account.folder_id), transport)
    desk.reads_only = reads_only
    desk.use_key = _key_user(desk, account, paths, held)
    desk.key_mark = lambda: held[-1].fingerprint()
    desk.bring_in(adapter, worker, budget, await desk.lookups.definitions())
    desk.at_end(transport.aclose)


def _let_write(desk: Desk, folder: Path, transport: Transport) -> None:
    """Give the desk its outbox, which keeps in `folder` what was typed, and the synchronisation."""
    from csc_tui.services.outbox import Outbox
    from csc_tui.services.sync import Sync

    desk.edits = Outbox(
        desk, folder, desk.tell_outbox, server_offset=lambda: transport.server_time_offset
    )
    desk.sync = Sync(desk, lambda: transport.server_time_offset)


def _budget(desk: Desk, account: Account, paths: Paths, front: Front) -> Budget:
    """The rate budget that all processes of this user share for the account."""
    from csc_tui.config.account import environment_folder
    from csc_tui.http.book import Limits
    from csc_tui.http.budget import Budget
    from csc_tui.services.events import Noticed
    from csc_tui.store.ledger import SqliteLedger

    told = front.limits
    limits = Limits(slots=told.slots, window=told.window, told=told.told)
    shared = environment_folder(account.backend, account.url, account.secret)
    ledger = SqliteLedger(
        paths.cache / "budget" / f"{shared}.sqlite3",
        lambda fault: desk.events.tell(Noticed(f"ledger.{fault}", bad=True)),
    )
    return Budget(limits, ledger, desk.clock)


def _key_user(
    desk: Desk, account: Account, paths: Paths, held: list[Secret]
) -> Callable[[str], Awaitable[None]]:
    """What tries another key, goes on with it, and keeps it where the old one was kept."""
    import asyncio

    from csc_tui.config.origin import origin_of
    from csc_tui.config.secrets import Secret, save_key

    async def use_key(text: str) -> None:
        secret = Secret(text)
        who = await _whose_key(account._replace(secret=secret))
        await desk.key_changed(who.account_id)
        held.append(secret)
        if account.key_source == "file":
            origin = origin_of(account.url, keep_path=True)
            await asyncio.to_thread(save_key, paths, account.name, secret, origin)

    return use_key


def _give_back() -> None:
    """Stay small through long days; a command ends before that could matter."""
    from csc_tui.allocator import give_back

    give_back()


def _tell(desk: Desk, notice: Notice) -> None:
    """Have the screen say what happened to the store."""
    from csc_tui.services.events import Noticed

    desk.events.tell(Noticed(notice.key, tuple(notice.params.items()), bad=True))


def _load(backend: str, *, whole: bool) -> Adapter:
    """The imports that cost a tenth of a second, off the screen's thread.

    `whole`: models are made ready too, which else waits until the first record of each is read.
    """
    adapter = adapter_of(backend)
    for resource in adapter.resources().values() if whole else ():
        resource.model.model_rebuild()
    return adapter


def run_screen(
    account: Account, *, settings: Settings, paths: Paths, theme: Theme, user: str = ""
) -> int:
    """The program on the screen until it is left; gives the exit code.

    `user` was just connected and is greeted by name.
    """
    from csc_tui.ui.app import CscApp

    desk = open_desk(account, paths)

    async def wake_up() -> None:
        await wake(desk, account, paths)
        from csc_tui.ui.leavings import stay_small

        stay_small(desk.events)

    return _run(CscApp(desk, settings, paths, theme, wake_up, user))


def run_welcome(doors: Doors, *, settings: Settings, paths: Paths, theme: Theme) -> int:
    """The welcome screen, then the account that was chosen there; gives the exit code."""
    from csc_tui.ui.welcome_app import WelcomeApp

    app = WelcomeApp(doors, settings, paths, theme)
    code = _run(app)
    if app.opened is None:
        return code
    opened = app.opened
    return run_screen(
        opened.account, settings=settings, paths=paths, theme=app.theme_used, user=opened.user
    )


def _run(app: Shell) -> int:
    """Run it to its end; what is left of a crash is one line that names a file."""
    import sys

    code = app.run_to_end()
    if app.crash is not None:
        from csc_tui.config.crash import crash_sentence

        print(f"csc-tui: {crash_sentence(app.paths, app.crash)}", file=sys.stderr)
    return code


async def recognise(account: Account, backends: Sequence[str]) -> tuple[Account, str]:
    """The account with the first of these CRMs that takes its key, and whose key it is.

    Raises CrmError: what the first of them made of the answer, or that nobody can be reached.
    """
    from csc_tui.domain.errors import CertificateError, CrmError, Offline, Redirected, Timeout

    first: CrmError | None = None
    for backend in backends:
        tried = account._replace(backend=backend)
        try:
            return tried, await check_login(tried)
        except (CertificateError, Offline, Redirected, Timeout):
            raise
        except CrmError as error:
            first = first or error
    assert first is not None
    raise first


async def check_login(account: Account) -> str:
    """Ask the CRM once whose key it is; that user's name. Raises CrmError."""
    who = await _whose_key(account)
    return who.name or who.user_id


async def _whose_key(account: Account) -> Whoami:
    """Ask the CRM once whose key it is. Raises CrmError."""
    from time import time

    from csc_tui.domain.errors import ServerBroken
    from csc_tui.domain.request_log import RequestLog
    from csc_tui.http.retry import not_now
    from csc_tui.http.transport import Transport

    adapter = adapter_of(account.backend)
    transport = Transport(transport_settings(account, adapter), RequestLog())
    try:
        response = await transport.send(adapter.whoami())
    finally:
        await transport.aclose()
    if error := not_now(response, time) or _judge(account, lambda: account.secret)(response):
        raise error
    who = adapter.read_whoami(response)
    if not who.user_id:
        raise ServerBroken(response.status, "shape")
    return who
