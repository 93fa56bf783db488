"""Options of the commands that read and write records, for argparse."""

from __future__ import annotations

import argparse

from csc_tui.words import say


def count(text: str) -> int:
    """A number of records; ValueError (which argparse words) for anything else."""
    number = int(text)
    if not 0 <= number <= 1_000_000:
        raise ValueError(text)
    return number


count.__name__ = "number"


def _list(parser: argparse.ArgumentParser) -> None:
    parser.epilog = say("cli.list.epilog", filter=say("cli.filter.epilog"))
    _resource(parser)
    _filter(parser)
    add = parser.add_argument
    add("--limit", type=count, metavar="N", help=say("cli.list.limit"))
    add("--sort", metavar="ORDER", help=say("cli.list.sort"))
    add("--columns", metavar="A,B", help=say("cli.list.columns"))
    _json(parser).add_argument("--csv", action="store_true", help=say("cli.list.csv"))
    add("--raw", action="store_true", help=say("cli.raw"))
    _offline(parser)


def _show(parser: argparse.ArgumentParser) -> None:
    _resource(parser)
    parser.add_argument("id", nargs="+", metavar="ID", help=say("cli.ids"))
    _json(parser)
    _offline(parser)


def _export(parser: argparse.ArgumentParser) -> None:
    parser.epilog = say("cli.filter.epilog")
    _resource(parser)
    _filter(parser)
    add = parser.add_argument
    formats = ("csv", "json", "jsonl", "vcard3", "vcard4")
    add("--format", choices=formats, required=True, help=say("cli.export.format"))
    add("--output", metavar="FILE", help=say("cli.export.output"))
    add("--force", action="store_true", help=say("cli.export.force"))
    add("--delimiter", type=_delimiter, metavar="X", help=say("cli.export.delimiter"))
    add("--decimal", choices=(".", ","), help=say("cli.export.decimal"))
    add("--bom", action="store_true", help=say("cli.export.bom"))
    add("--raw", action="store_true", help=say("cli.raw"))
    _offline(parser)


def _delimiter(text: str) -> str:
    """One character between cells; ValueError (which argparse words) for anything else."""
    if text == "tab":
        return "\t"
    if len(text) != 1 or text in '"\r\n' or not text.isprintable():
        raise ValueError(text)
    return text


_delimiter.__name__ = "character"


def _resource(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("resource", metavar="RESOURCE", help=say("cli.resource"))


def _filter(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("filter", nargs="*", default=None, metavar="FILTER", help=say("cli.filter"))


def _json(parser: argparse.ArgumentParser) -> argparse._MutuallyExclusiveGroup:
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--json", action="store_true", help=say("cli.json"))
    group.add_argument("--jsonl", action="store_true", help=say("cli.jsonl"))
    return group


def _offline(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--offline", action="store_true", help=say("cli.offline"))


def _set(parser: argparse.ArgumentParser) -> None:
    _resource(parser)
    parser.add_argument("id", metavar="ID", help=say("cli.id"))
    parser.add_argument("value", nargs="+", metavar="FIELD=VALUE", help=say("cli.value"))
    _writing(parser)


def _new(parser: argparse.ArgumentParser) -> None:
    _resource(parser)
    parser.add_argument(
        "value", nargs="*", default=None, metavar="FIELD=VALUE", help=say("cli.value")
    )
    for name in ("phone", "email", "company", "tag"):
        parser.add_argument(
            f"--{name}", action="append", default=[], metavar="TEXT", help=say(f"cli.new.{name}")
        )
    _writing(parser)


def _delete(parser: argparse.ArgumentParser) -> None:
    _resource(parser)
    parser.add_argument("id", metavar="ID", help=say("cli.id"))
    parser.add_argument("--yes", action="store_true", help=say("cli.delete.yes"))
    _writing(parser)


def _tag(parser: argparse.ArgumentParser) -> None:
    _resource(parser)
    parser.add_argument("id", nargs="+", metavar="ID", help=say("cli.ids"))
    parser.add_argument("tag", metavar="TAG", help=say("cli.tag.tag"))
    _writing(parser)


def _note(parser: argparse.ArgumentParser) -> None:
    _resource(parser)
    add = parser.add_argument
    add("id", metavar="ID", help=say("cli.id"))
    add("text", metavar="TEXT", help=say("cli.note.text"))
    add("--kind", metavar="KIND", help=say("cli.note.kind"))
    add("--outcome", metavar="NAME", help=say("cli.note.outcome"))
    add("--confidential", action="store_true", help=say("cli.note.confidential"))
    _writing(parser)


def _outbox(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    actions = ("list", "retry", "discard", "settle")
    add("action", nargs="?", choices=actions, default="list", help=say("cli.outbox.action"))
    add("entry", nargs="?", metavar="ENTRY", help=say("cli.outbox.entry"))
    add("choice", nargs="?", metavar="CHOICE", help=say("cli.outbox.choice"))
    _writing(parser)


def _dupes(parser: argparse.ArgumentParser) -> None:
    _resource(parser)
    parser.add_argument("--json", action="store_true", help=say("cli.json"))


def _writing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-wait", action="store_true", help=say("cli.no-wait"))
    parser.add_argument("--json", action="store_true", help=say("cli.json-after"))


OPTIONS = {
    "list": _list,
    "show": _show,
    "export": _export,
    "set": _set,
    "new": _new,
    "delete": _delete,
    "note": _note,
    "tag": _tag,
    "untag": _tag,
    "outbox": _outbox,
    "dupes": _dupes,
}
"""Command -> what adds its options."""
