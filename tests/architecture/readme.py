"""README's tables, made from where keys, settings and the demo's switches are declared.

`python -m tests.architecture.readme` writes them.
"""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any, get_args, get_type_hints

from csc_tui.config.settings import settings_table
from csc_tui.demo.dialects import DIALECTS
from csc_tui.ui.commands.keymap import key_table
from tests.live_demo import ROOT

README = ROOT / "README.md"


def with_tables(text: str) -> str:
    """README's text with every table as it should be."""
    tables = {"keys": keys(), "settings": settings_table()}
    tables |= {f"{name} switches": switches(one.switches) for name, one in DIALECTS.items()}
    for name, table in tables.items():
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


def switches(kind: type[Any]) -> str:
    """The table of a dialect's switches in Markdown; the first value is the default."""
    lines = ["| switch | values | what it says |", "|---|---|---|"]
    hints = get_type_hints(kind)
    for one in fields(kind):
        flag = one.name.replace("_", "-")
        names = f"`--{flag}`"
        values = " ".join(f"`{value}`" for value in get_args(hints[one.name]) or (one.default,))
        if isinstance(one.default, bool):
            names, values = f"`--{flag}` `--no-{flag}`", "yes" if one.default else "no"
        lines.append(f"| {names} | {values} | {one.metadata['meaning']} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    README.write_text(with_tables(README.read_text("utf-8")), "utf-8")
