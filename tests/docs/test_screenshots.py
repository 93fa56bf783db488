"""The pictures in README show the program as it is."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.live_demo import ROOT

FOLDER = ROOT / "screenshots"


def test_the_pictures_are_what_the_program_looks_like(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "screenshots", str(tmp_path)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr

    made = {path.name: path.read_bytes() for path in tmp_path.glob("*.svg")}
    kept = {path.name: path.read_bytes() for path in FOLDER.glob("*.svg")}

    assert made.keys() == kept.keys()
    stale = sorted(name for name in made if made[name] != kept[name])
    assert stale == [], "`python -m screenshots` makes them anew"


def test_readme_shows_list_record_and_form_at_both_sizes() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")

    shown = [
        name
        for name in ("list", "record", "form")
        for size in ("80x24", "140x40")
        if f"(screenshots/{name}-{size}.svg)" in readme
    ]

    assert len(shown) == 6


def test_the_pictures_fetch_nothing_from_elsewhere() -> None:
    pictures = list(FOLDER.glob("*.svg"))

    assert pictures
    for path in pictures:
        text = path.read_text("utf-8")
        assert not re.search(r"href|@import|@font-face|<image|<script|url\((?!#)", text)
