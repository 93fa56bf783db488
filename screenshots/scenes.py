"""What is photographed, key by key."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from textual import events
from textual.app import App
from textual.pilot import Pilot

from csc_tui.cli.demo_account import demo_account
from csc_tui.cli.demo_child import running_demo
from csc_tui.cli.doors import FrontDoors
from csc_tui.config.account import Account
from csc_tui.config.paths import Paths
from csc_tui.config.settings import Settings
from csc_tui.config.theme import load_theme
from csc_tui.session import open_desk, wake
from csc_tui.ui.app import CscApp
from csc_tui.ui.welcome_app import WelcomeApp
from csc_tui.ui.widgets.canvas import Canvas

NOW = datetime(2026, 11, 21, 8, 28, tzinfo=UTC)
"""The moment at which everything is photographed: 09:28 in Berlin."""

WORLD = ("--reset", "--today", "2026-11-21")
"""The data of the demo."""

SIZES = ((80, 24), (140, 40))
"""Columns and rows of the pictures."""

PATIENCE = 20.0
"""Seconds until something that does not come counts as missing."""

_FONTS = re.compile(r"\s*@font-face \{.*?\n\s*\}\n", re.DOTALL)
"""What would be fetched from elsewhere by whoever looks at a picture."""

_MAKER = re.compile(r"\s*<!-- Generated with Rich .*? -->")

_CLIP = re.compile(r'(clip-terminal">\s*<rect x="0" y="0" width="[\d.]+" height=")([\d.]+)')

_FAMILY = re.compile(r"font-family: Fira Code, monospace")

_BUDGET = re.compile(r"budget&#160;\d\d/50")
"""How many requests were sent by then hangs on how fast the machine is: the pictures say one."""

_HERE = re.compile(r"\d+&#160;here")
"""How many hits are here does as well: pages near the cursor come by themselves."""

_ID = re.compile(r"terminal-\d+")
"""Rich makes it of all that is on the screen, the number of requests among it."""

_NAMED = {" ": "space", "-": "minus", ",": "comma"}
"""Characters whose keys have names."""


class Stopped:
    """A clock whose hands stand still; waiting is not put off.

    Only how long a message has stood moves on with every picture, by more than it has to stand.
    """

    def __init__(self) -> None:
        self.pictures = 0

    def now(self) -> float:
        """Seconds since the epoch."""
        return NOW.timestamp()

    def monotonic(self) -> float:
        """Seconds that never jump; here five for each picture."""
        return 5.0 * self.pictures

    async def sleep(self, seconds: float) -> None:
        """Wait as long as it says."""
        await asyncio.sleep(seconds)


@dataclass(frozen=True)
class Camera:
    """One running program at one size."""

    app: App[int]
    pilot: Pilot[int]
    folder: Path
    size: tuple[int, int]
    clock: Stopped

    async def press(self, *keys: str) -> None:
        """Press keys, each when the one before has done what it does."""
        for key in keys:
            await self.pilot.press(key)

    async def type(self, text: str) -> None:
        """Type a text, as fast as one can."""
        for one in text:
            self.app.post_message(events.Key(_NAMED.get(one, one), one))
        await self.pilot.pause()

    async def sees(self, words: str | Callable[[str], object]) -> None:
        """Wait until these words stand on the screen, or what is asked of it is true."""
        asked = words if callable(words) else lambda text: words in text
        try:
            async with asyncio.timeout(PATIENCE):
                while not asked(self.text()):
                    await self.pilot.pause(0.02)
        except TimeoutError:
            raise RuntimeError(f"never came: {words}\n{self.text()}") from None

    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(
            canvas.render_line(row).text
            for canvas in self.app.screen.query(Canvas)
            if canvas.display
            for row in range(canvas.size.height)
        )

    async def take(self, name: str) -> Path:
        """Photograph the screen as it stands, once nothing moves any more."""
        if isinstance(self.app, CscApp):
            await self.app.desk.worker.idle()
        before, still = "", 0
        async with asyncio.timeout(PATIENCE):
            while still < 10:
                await self.pilot.pause(0.02)
                text = self.text()
                still = still + 1 if text == before else 0
                before = text
        columns, rows = self.size
        picture = self.app.export_screenshot(title="csc-tui", simplify=True)
        picture = _FONTS.sub("\n", _MAKER.sub("", picture))
        picture = _FAMILY.sub("font-family: ui-monospace, monospace", picture)
        picture = _BUDGET.sub("budget&#160;41/50", picture)
        picture = _HERE.sub("88&#160;here", picture)
        picture = _ID.sub(f"terminal-{name}-{columns}", picture)
        # Rich cuts off what hangs below the last line: `g`, `y`.
        picture = _CLIP.sub(lambda found: f"{found[1]}{float(found[2]) + 6:.1f}", picture)
        path = self.folder / f"{name}-{columns}x{rows}.svg"
        path.write_text("\n".join(line.rstrip() for line in picture.splitlines()) + "\n", "utf-8")
        self.clock.pictures += 1
        return path


async def photograph(folder: Path) -> list[Path]:
    """Make every picture in `folder`; the files made."""
    made: list[Path] = []
    with _home() as paths, running_demo(paths, WORLD, os.environ, lambda: None) as url:
        account = demo_account(Settings(), paths, os.environ, url)
        for size in SIZES:
            async with _welcome(paths, folder, size) as camera:
                await camera.sees("Try the demo")
                made.append(await camera.take("welcome"))
            async with _at_work(account._replace(fill=0), folder, size) as camera:
                made += await _scenes(camera)
    return made


async def _scenes(camera: Camera) -> list[Path]:
    """All screens of one size; the form before the record, so that field types are known."""
    await camera.sees("row 1 of 2,400")
    await camera.press("comma")
    await camera.type("müller, jür")
    await camera.press("enter")
    await camera.sees("› Müller, Jürgen")
    await camera.press("E")
    await camera.sees("Edit person")
    await camera.press("ctrl+g")
    await camera.type("last")
    await camera.press("enter")
    await camera.type("-Brandt")
    await camera.sees("draft kept")
    made = [await camera.take("form")]
    await camera.press("escape")
    await camera.sees("row 1,334 of")
    camera.clock.pictures += 1
    await camera.press("down", "up")
    await camera.sees("all people by name")
    made.append(await camera.take("list"))
    await camera.press("question_mark")
    await camera.sees("Help")
    made.append(await camera.take("help"))
    await camera.press("escape", "enter")
    await camera.sees("Next visit")
    await camera.sees("crane quoted again")
    made.append(await camera.take("record"))
    await camera.press("home", "D")
    await camera.sees("to delete")
    made.append(await camera.take("delete"))
    await camera.press("escape", "escape", "slash")
    await camera.type("mul")
    await camera.sees("on the server")
    made.append(await camera.take("search"))
    return made


@contextmanager
def _home() -> Iterator[Paths]:
    """Folders of nobody, gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        kinds = ("CONFIG", "DATA", "STATE", "CACHE")
        yield Paths.of({f"XDG_{kind}_HOME": f"{folder}/{kind}" for kind in kinds})


@asynccontextmanager
async def _welcome(paths: Paths, folder: Path, size: tuple[int, int]) -> AsyncIterator[Camera]:
    """The program before there is any account."""
    settings = Settings(theme="dark")
    with FrontDoors(settings, paths, os.environ, read_only=False) as doors:
        app = WelcomeApp(doors, settings, paths, load_theme(paths, "dark"))
        async with app.run_test(size=size) as pilot:
            yield Camera(app, pilot, folder, size, Stopped())


@asynccontextmanager
async def _at_work(account: Account, folder: Path, size: tuple[int, int]) -> AsyncIterator[Camera]:
    """The program on the account, as after a very first start."""
    with _home() as paths:
        settings = Settings(theme="dark", glyphs="unicode")
        clock = Stopped()
        desk = open_desk(account, paths, clock)
        theme = load_theme(paths, "dark")
        app = CscApp(desk, settings, paths, theme, lambda: wake(desk, account, paths))
        async with app.run_test(size=size) as pilot:
            await desk.awake.wait()
            yield Camera(app, pilot, folder, size, clock)
        await desk.close()
