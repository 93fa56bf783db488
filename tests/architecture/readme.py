"""README's tables, made from where keys, settings and the demo's switches are declared.

`python -m tests.architecture.readme` writes them.
"""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any, get_args, get_type_hints

from csc_tui.cli.declared import commands
from csc_tui.config.settings import BACKENDS, settings_table
from csc_tui.crm.adapter import Adapter
from csc_tui.demo.dialects import DIALECTS
from csc_tui.domain.change import Verb
from csc_tui.domain.resource import ALL_VERBS, Merging, PartKind
from csc_tui.session import adapter_of
from csc_tui.ui.commands.keymap import key_table
from tests.live_demo import ROOT

README = ROOT / "README.md"


def with_tables(text: str) -> str:
    """README's text with every table as it should be."""
    tables = {
        "commands": command_table(),
        "keys": keys(),
        "settings": settings_table(),
        "features": features(),
    }
    tables |= {f"{name} switches": switches(one.switches) for name, one in DIALECTS.items()}
    for name, table in tables.items():
        block = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->\n)", re.DOTALL)
        text = block.sub(lambda found, table=table: found[1] + table + found[2], text)
    return text


def command_table() -> str:
    """The table of commands in Markdown."""
    lines = ["| command | does |", "|---|---|"]
    for one in commands()[1:]:
        shown = " ".join(["csc-tui", one.name, *(it.shown for it in one.arguments)])
        cell = shown.replace("|", r"\|")
        lines.append(f"| `{cell}` | {one.about} |")
    return "\n".join(lines) + "\n"


def keys() -> str:
    """The table of keys in Markdown."""
    lines = ["| where | keys | command | does |", "|---|---|---|---|"]
    for where, bound, command, title in key_table():
        shown = " ".join(f"`{key}`" for key in bound.split())
        lines.append(f"| {where} | {shown} | `{command}` | {title} |")
    return "\n".join(lines) + "\n"


def features() -> str:
    """What can be done at which CRM, out of what their resources declare."""
    adapters = [adapter_of(backend) for backend in BACKENDS]
    columns = [_features(one) for one in adapters]
    lines = [f"| | {' | '.join(one.title for one in adapters)} |", "|---|---|---|"]
    for name in dict.fromkeys(name for column in columns for name in column):
        cells = " | ".join(column.get(name, "–") for column in columns)
        lines.append(f"| {name} | {cells} |")
    return "\n".join(lines) + "\n"


def _features(crm: Adapter) -> dict[str, str]:
    found = {"lists": ", ".join(one.title for one in crm.resources().values())}
    for number, one in enumerate(crm.resources().values()):
        word = "a task" if one.todo else ("a person", "a company", "a deal", "a project")[number]
        found[f"{word}: fields"] = ", ".join(it.label for it in one.fields if it.writable)
        found[f"{word}: parts"] = ", ".join(_part(it) for it in one.parts if it.verbs)
        found[f"{word}: list orders"] = ", ".join(it.words for it in one.sorts)
    bins = [one.title for one in crm.resources().values() if one.has_bin]
    found["restore from its bin, delete for good"] = ", ".join(bins) or "–"
    ways = {Merging.BY_CRM: "by the CRM, for good", Merging.BY_MOVING: "piece by piece, with undo"}
    merged = [(one.title, ways[one.merging]) for one in crm.resources().values() if one.merging]
    found["two become one"] = ", ".join(f"{title} ({how})" for title, how in merged)
    limits = crm.limits
    slots = "as many as it tells" if limits.told else str(limits.slots)
    found["requests"] = f"{slots} in {limits.window:g} s"
    return found


def _part(kind: PartKind) -> str:
    """`phone`; with what can be done where that is not all."""
    if kind.verbs == ALL_VERBS:
        return kind.one
    words = {Verb.CREATE: "add", Verb.UPDATE: "change", Verb.DELETE: "remove"}
    return f"{kind.one} ({', '.join(word for verb, word in words.items() if verb in kind.verbs)})"


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
