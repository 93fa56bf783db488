"""README says what is so."""

from __future__ import annotations

import re

from tests.architecture.readme import README, keys, with_tables
from tests.live_demo import ROOT


def test_the_tables_are_those_of_the_program() -> None:
    text = README.read_text("utf-8")

    assert with_tables(text) == text
    assert keys() in text


def test_start_is_two_blocks_of_one_command_line() -> None:
    start = re.search(r"^## Start$(.*?)^## ", README.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    assert start
    blocks = re.findall(r"^```sh\n(.*?)^```$", start[1], re.DOTALL | re.MULTILINE)

    assert len(blocks) == start[1].count("```") / 2 == 2
    assert [block.count("\n") for block in blocks] == [1, 1]
    assert blocks[0].rstrip().endswith("csc-tui demo")
    assert "pytest" in blocks[1]


def test_requirements_name_every_hash_and_no_place() -> None:
    for name in ("run.txt", "dev.txt"):
        text = (ROOT / "requirements" / name).read_text("utf-8")
        pins = re.findall(
            r"^([a-z0-9-]+)==\S+ \\\n    --hash=sha256:[0-9a-f]{64}", text, re.MULTILINE
        )
        wanted = [line for line in text.splitlines() if line and line[0] not in " #"]

        assert len(pins) == len(wanted) > 20
        assert not re.search(r"://|--index|--find|@ ", text)
