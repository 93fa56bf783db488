"""What the sources of a dialect disagree about, each as one field; the flags follow from them."""

from __future__ import annotations

import argparse
from dataclasses import field, fields
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

Chosen = TypeVar("Chosen")


def switch(default: Any, meaning: str) -> Any:
    """A field of a class of switches."""
    return field(default=default, metadata={"meaning": meaning})


def add_arguments(parser: argparse.ArgumentParser, kind: type[Any], vendor: str) -> None:
    """One option for every switch of a dialect; a bool gets --NAME and --no-NAME."""
    group = parser.add_argument_group(f"where the sources on {vendor} disagree")
    hints = get_type_hints(kind)
    for one in fields(kind):
        flag = "--" + one.name.replace("_", "-")
        text = f"{one.metadata['meaning']} (default: {one.default})"
        if hints[one.name] is bool:
            group.add_argument(
                flag,
                default=one.default,
                action=argparse.BooleanOptionalAction,
                help=one.metadata["meaning"],
            )
        elif get_origin(hints[one.name]) is Literal:
            choices = get_args(hints[one.name])
            group.add_argument(flag, default=one.default, choices=choices, help=text)
        else:
            group.add_argument(flag, default=one.default, type=hints[one.name], help=text)


def from_arguments(kind: type[Chosen], arguments: argparse.Namespace) -> Chosen:
    """The switches of a dialect out of parsed arguments."""
    hints = get_type_hints(kind)
    return kind(**{name: getattr(arguments, name) for name in hints})
