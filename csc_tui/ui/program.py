"""A program on the screen that ends in time, whatever hangs, and that tells nothing as it falls."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import threading
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.worker import WorkerFailed

from csc_tui.config.crash import write_crash
from csc_tui.config.refusal import ConfigError
from csc_tui.ui.ending import SETTLE, exit_now, force, watch_terminal

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.driver import Driver

    from csc_tui.config.paths import Paths


class Program(App[int]):
    """Its life from the first signal on. Subclasses say what is to be settled at the end."""

    def __init__(self, paths: Paths, driver: type[Driver]) -> None:
        """`paths` tells where it is written how it fell over."""
        super().__init__(driver_class=driver)
        self.paths = paths
        self._ending = False
        """Whether what runs is being stopped: what fails from then on is no news."""
        self._over = threading.Event()
        self.crash: BaseException | None = None
        """The error of our own that ended the program."""

    # --- ending

    def watch_out(self) -> None:
        """From now on: take signals and errors that nobody awaits, and watch the terminal."""
        self._loop_here = asyncio.get_running_loop()
        self._loop_here.set_exception_handler(self._stumbled)
        if self.is_headless:
            return
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda number, _: self.go_down(128 + number))
        self._hook = threading.excepthook
        threading.excepthook = self._thread_failed
        watch_terminal(lambda: self.go_down(128 + signal.SIGHUP))

    def run_to_end(self) -> int:
        """Run until it is left; gives the exit code."""
        try:
            self.run(mouse=False)
        finally:
            self._over.set()
        return self.return_code or 0

    async def leave(self) -> None:
        """End the program; what hangs does not hold it."""
        if self._ending:
            return
        self._ending = True
        force(lambda: self._exit_now(0), self._over)
        await self._settle_in_time()
        self.exit(0)

    def go_down(self, code: int) -> None:
        """End within a second with this exit code. May be called from any thread."""
        if self._ending:
            return
        self._ending = True
        force(lambda: self._exit_now(code), self._over)
        self._loop_here.call_soon_threadsafe(
            lambda: self._loop_here.create_task(self._go_down(code))
        )

    async def _go_down(self, code: int) -> None:
        try:
            await self._settle_in_time()
        finally:
            self._exit_now(code)

    async def _settle_in_time(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SETTLE):
                await self.settle()

    async def settle(self) -> None:
        """End what runs beside the screen."""

    def _exit_now(self, code: int) -> None:
        exit_now(code, getattr(self._driver, "attrs_before", None))

    # --- falling over

    def _stumbled(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Something in the background failed that nobody awaits: the screen goes on."""
        error = context.get("exception")
        if isinstance(error, Exception) and self.is_running and not self._ending:
            try:
                where = str(write_crash(self.paths, error))
            except ConfigError:
                where = type(error).__name__
            self.stumbled(where)

    def stumbled(self, where: str) -> None:
        """Say that it goes on although something has failed; `where` it is written, or its kind."""

    def _thread_failed(self, args: threading.ExceptHookArgs) -> None:
        """A thread has ended by an error; the one that writes does with the terminal."""
        writer = args.thread is not None and args.thread.name == "textual-output"
        if writer and isinstance(args.exc_value, OSError):
            self.go_down(128 + signal.SIGHUP)
        elif not self._ending:
            self._hook(args)

    def _handle_exception(self, error: Exception) -> None:
        """An error of our own: end, and tell nothing but its kind and place (see `crash`).

        Textual would print a traceback with all local variables: keys, names, typed text.
        """
        if self._ending:  # the end itself cuts off what still reads
            return
        # A worker's own wrapper knows neither kind nor place of what went wrong in it.
        self.crash = self.crash or (error.error if isinstance(error, WorkerFailed) else error)
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """End without printing `renderables`: they may quote what was on the screen."""
        self._return_code = 1
        self._close_messages_no_wait()
