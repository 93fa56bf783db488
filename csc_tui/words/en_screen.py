"""Lists, records, status lines, messages, in English."""

WORDS: dict[str, str] = {}
"""Key -> text; keys begin with the theme."""
