"""Errors from the CRM and the line, in English."""

WORDS: dict[str, str] = {}
"""Key -> text; keys begin with the theme."""
