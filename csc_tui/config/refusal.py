"""What the user set, or where it lies, cannot be used: facts, and one sentence made from them."""

from __future__ import annotations

from csc_tui.words import say


class ConfigError(Exception):
    """A setting, a name or an address is wrong. `str()` is one line for a person; exit 2."""

    code = 2
    """The exit code that this ends the command line with."""

    def __init__(self, word: str, /, **facts: object) -> None:
        """`word` is a key of the catalogue, `facts` fill it."""
        super().__init__(word, facts)
        self.word = word
        self.facts = facts

    def __str__(self) -> str:
        return say(self.word, **self.facts)


class FileError(ConfigError):
    """A file or folder could not be read, made or written (full, read-only, not ours); exit 1."""

    code = 1
