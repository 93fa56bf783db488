"""What the sources of a dialect disagree about, each as one field; the flags follow from them."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field, fields
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

Chosen = TypeVar("Chosen")


def switch(default: Any, meaning: str) -> Any:
    """A field of a class of switches."""
    return field(default=default, metadata={"meaning": meaning})


@dataclass(frozen=True, slots=True)
class Switches:
    """How the server answers where CentralStationCRM's behaviour is disputed or unknown.

    Source of each question: CentralStationCRM fact sheet §1.5-§1.7, §10 and its open questions.
    """

    put_answer: Literal["message", "204", "record"] = switch("message", "what a PUT answers")
    delete_answer: Literal["message", "204"] = switch("message", "what a DELETE answers")
    perpage: Literal["25", "50"] = switch("25", "size of a page that names none")
    nested_touch: bool = switch(True, "an edited part changes its record's updated_at")
    users_active: Literal["either", "true", "active"] = switch(
        "either", "the value of ?active= on /users that is understood"
    )
    name_required: Literal["blank", "always", "never"] = switch(
        "blank", "a name is refused if blank, also if a PUT leaves it out, or never"
    )
    total_size: bool = switch(False, "count answers total_size beside total_entries")
    unknown_include: Literal["ignore", "500"] = switch("ignore", "an unknown include or method")
    unknown_filter: Literal["ignore", "400"] = switch("ignore", "an unknown filter")
    protocol_type_required: bool = switch(False, "a new note must name its type")
    historic_events_wrapped: bool = switch(True, "the account-wide list wraps its items")
    apikey_parameter: bool = switch(True, "the deprecated ?apikey= is accepted")
    times: Literal["berlin", "utc"] = switch("berlin", "times with Berlin's offset or with Z")
    merge_delay: float = switch(1.0, "seconds until a merge has moved the losers' parts")


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
