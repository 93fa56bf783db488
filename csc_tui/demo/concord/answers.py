"""Answers of the dialect that are no records (Concord fact sheet §3)."""

from __future__ import annotations

from collections.abc import Mapping

from csc_tui.demo.messages import Answer, Refused

Errors = dict[str, list[str]]
"""Dotted key of the body -> messages."""


def said(status: int, text: str) -> Answer:
    """An error that consists of a message."""
    return Answer(status, {"message": text})


def not_found(text: str = "") -> Refused:
    """404."""
    return Refused(said(404, text or "The requested record was not found."))


def wrong_verb() -> Refused:
    """405."""
    return Refused(said(405, "The method is not supported for this route."))


def forbidden(text: str = "This action is unauthorized.") -> Refused:
    """403 for what the user may not do."""
    return Refused(said(403, text))


def in_conflict(text: str) -> Refused:
    """409."""
    return Refused(said(409, text))


def broken(text: str) -> Refused:
    """500."""
    return Refused(said(500, text))


def invalid(errors: Mapping[str, list[str]]) -> Refused:
    """422 in the form that Laravel gives it: the first message, how many more, all by key."""
    texts = [text for found in errors.values() for text in found]
    more = len(texts) - 1
    message = texts[0]
    if more:
        message += f" (and {more} more error{'s' if more > 1 else ''})"
    return Refused(Answer(422, {"message": message, "errors": dict(errors)}))


def words(column: str) -> str:
    """A column as Laravel names it in messages."""
    return column.removesuffix("_id").replace("_", " ").replace(".", " ")


def required(column: str) -> str:
    """What is said of a missing value."""
    return f"The {words(column)} field is required."


def selected(column: str) -> str:
    """What is said of a choice that does not exist."""
    return f"The selected {words(column)} is invalid."


def taken(column: str) -> str:
    """What is said of a value that another record has."""
    return f"The {words(column)} has already been taken."
