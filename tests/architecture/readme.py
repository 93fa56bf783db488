"""README's tables, made from where keys and settings are declared.

`python -m tests.architecture.readme` writes them.
"""

from __future__ import annotations

import re

from csc_tui.config.settings import settings_table
from csc_tui.ui.commands.keymap import key_table
from tests.live_demo import ROOT

README = ROOT / "README.md"


def with_tables(text: str) -> str:
    """README's text with every table as it should be."""
    for name, table in (("keys", keys()), ("settings", settings_table())):
        block = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->\n)", re.DOTALL)
        text = block.sub(lambda found, table=table: found[1] + table + found[2], text)
    return text


def keys() -> str:
    """The table of keys in Markdown."""
    lines = ["| where | keys | command | does |", "|---|---|---|---|"]
    for where, bound, command, title in key_table():
        shown = " ".join(f"`{key}`" for key in bound.split())
        lines.append(f"| {where} | {shown} | `{command}` | {title} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    README.write_text(with_tables(README.read_text("utf-8")), "utf-8")
