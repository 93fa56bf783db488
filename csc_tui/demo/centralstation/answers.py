"""Refusals in the words of the dialect (CentralStationCRM fact sheet §1.7)."""

from __future__ import annotations

from collections.abc import Mapping

from csc_tui.demo.messages import Answer, Refused


def not_found() -> Refused:
    """404 (fact sheet §1.7)."""
    return Refused(Answer(404, {"description": "Not found", "error": "not found"}))


def bad_arguments() -> Refused:
    """400 for search arguments that make no sense: body {} (fact sheet §1.7)."""
    return Refused(Answer(400, {}))


def missing(name: str) -> Refused:
    """400 where a wrapper or a required parameter is missing (fact sheet §1.7)."""
    text = f"param is missing or the value is empty: {name}"
    return Refused(Answer(400, {"error": "param-missing", "description": text}))


def invalid(errors: Mapping[str, list[str]]) -> Refused:
    """422: attribute -> messages, no outer key (fact sheet §1.7)."""
    return Refused(Answer(422, dict(errors)))
