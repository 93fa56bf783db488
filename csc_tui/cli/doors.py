"""The ways into an account for the welcome screen: the same that the commands take."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING

from csc_tui.config.origin import origin_of
from csc_tui.config.profiles import fill_of, read_only_of
from csc_tui.config.refusal import ConfigError
from csc_tui.config.secrets import Secret
from csc_tui.config.settings import Profile, check_name
from csc_tui.ui.doors import Opened

if TYPE_CHECKING:
    from types import TracebackType

    from csc_tui.config.paths import Paths
    from csc_tui.config.settings import Settings


class FrontDoors:
    """Doors (see `ui.doors`); a context in which the demo's server lives."""

    def __init__(
        self, settings: Settings, paths: Paths, env: Mapping[str, str], *, read_only: bool
    ) -> None:
        """`read_only`: what the command line says."""
        self._read_only = read_only
        self._settings = settings
        self._paths = paths
        self._env = env
        self._running = ExitStack()

    def __enter__(self) -> FrontDoors:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._running.close()

    def start_demo(self, slow: Callable[[], None]) -> Opened:
        """As `csc-tui demo` without options."""
        from csc_tui.cli.demo_account import demo_account, forget_older_world
        from csc_tui.cli.demo_child import running_demo

        url = self._running.enter_context(running_demo(self._paths, (), self._env, slow))
        account = demo_account(self._settings, self._paths, self._env, url)
        forget_older_world(self._paths, account)
        return Opened(account._replace(read_only=account.read_only or self._read_only))

    def suggested_name(self, address: str) -> str:
        """As `csc-tui login` suggests it."""
        from csc_tui.cli.login import suggested_name

        try:
            return suggested_name(origin_of(address, keep_path=False), self._settings)
        except ConfigError:
            return ""

    async def connect(self, backend: str, name: str, address: str, key: str) -> Opened:
        """As `csc-tui login`."""
        from csc_tui.cli.login import account_to_try, save_login, suggested_name
        from csc_tui.session import check_login

        if name:
            check_name(name)
        origin = origin_of(address, keep_path=False)
        name = name or suggested_name(origin, self._settings)
        kept = self._settings.profiles.get(name, Profile())
        account = account_to_try(name, kept, origin, Secret(key), self._paths, self._env)
        account = account._replace(backend=backend)
        user = await check_login(account)
        save_login(self._paths, account, origin)
        fill = fill_of(self._env)
        account = account._replace(
            fill=self._settings.fill if fill is None else fill,
            read_only=self._read_only or bool(read_only_of(self._env)),
        )
        return Opened(account, user)
