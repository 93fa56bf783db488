"""TOML read strictly: every complaint names the file, the line and the exact path of the key."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import MISSING, Field, field, fields
from pathlib import Path

from csc_tui.config.files import reason
from csc_tui.config.refusal import ConfigError
from csc_tui.words import say

TYPE_CHECKING = False
"""True for type checkers alone; `typing` itself would cost 10 ms at start."""

if TYPE_CHECKING:
    from typing import Any

_LIMIT = 1_000_000
"""Bytes of a file of settings; more is a mistake."""


class Source:
    """A TOML file that was read."""

    def __init__(self, path: Path, text: str, table: dict[str, Any]) -> None:
        """Where from, its text, what it says."""
        self.path = path
        self.text = text
        self.table = table

    def wrong(self, word: str, path: tuple[str, ...], /, **facts: object) -> ConfigError:
        """The error `word` about the key at `path`, with file and line filled in."""
        line = line_of(self.text, path)
        return ConfigError(word, file=self.path, line=line, key=dotted(path), **facts)


def read_toml(path: Path) -> Source | None:
    """What the file at `path` says, None if there is none; ConfigError if it cannot be read."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise ConfigError("config.not-a-file", path=path)
            data = file.read(_LIMIT + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigError("config.read-failed", path=path, why=reason(error)) from None
    if len(data) > _LIMIT:
        raise ConfigError("config.file-large", path=path, limit=_LIMIT)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError("config.not-utf8", file=path, line=line) from None
    import tomllib  # not before there is something to read

    try:
        return Source(path, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        what, line = _complaint(str(error), text)
        raise ConfigError("config.not-toml", file=path, line=line, why=what) from None
    except RecursionError:
        raise ConfigError("config.not-toml", file=path, line=1, why="nested too deep") from None


def _complaint(message: str, text: str) -> tuple[str, int]:
    """The parser's words and the line (1-based) that they are about."""
    found = re.search(r" \(at line (\d+), column \d+\)$", message)
    if found:
        return message[: found.start()], int(found[1])
    return message.removesuffix(" (at end of document)"), text.rstrip("\n").count("\n") + 1


def line_of(text: str, path: tuple[str, ...]) -> int:
    """The line (1-based) of the statement in valid TOML `text` that first names `path`.

    The parser keeps no positions, so the text is parsed up to each line until the key is there:
    slow, exact for every notation that TOML knows, and only done to word an error.
    """
    import tomllib

    lines = text.splitlines(keepends=True)
    last_whole = 0
    for count in range(1, len(lines) + 1):
        try:
            table = tomllib.loads("".join(lines[:count]))
        except tomllib.TOMLDecodeError:
            continue
        if _names(table, path):
            return last_whole + 1
        last_whole = count
    return 1


def _names(table: object, path: tuple[str, ...]) -> bool:
    for part in path:
        if not isinstance(table, dict) or part not in table:
            return False
        table = table[part]
    return True


def dotted(path: tuple[str, ...]) -> str:
    """`path` as it would be written in TOML, control characters made visible."""
    return ".".join(part if re.fullmatch(r"[\w-]+", part) else repr(part) for part in path)


def setting(
    default: object,
    kind: type,
    doc: str,
    *,
    choices: tuple[str, ...] = (),
    low: int | None = None,
    high: int | None = None,
    pattern: str = "",
    example: str = "",
) -> Any:
    """Declare one setting as a dataclass field: its default, type, meaning and bounds.

    `kind` is str, bool, int or tuple (a list of texts); `pattern` must match a text as a whole,
    and `example`, which does, is shown for one that does not.
    """
    facts = {"kind": kind, "doc": doc, "choices": choices, "low": low, "high": high}
    return field(default=default, metadata=facts | {"pattern": pattern, "example": example})


def settings_of(cls: type) -> tuple[Field[Any], ...]:
    """The fields of the dataclass `cls` that were declared by `setting`, in order."""
    return tuple(one for one in fields(cls) if "doc" in one.metadata)


def read_settings(
    cls: type, source: Source, path: tuple[str, ...], *, others: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The values that the table at `path` gives to the settings of `cls`, checked.

    Keys in `others` are somebody else's to read. ConfigError for a key that nobody knows, a wrong
    type, or a value out of bounds, naming file, line and path.
    """
    table: object = source.table
    for part in path:
        table = table[part] if isinstance(table, dict) else None
    if not isinstance(table, dict):
        raise wrong_type(source, path, dict)
    known = {one.name: one for one in settings_of(cls)}
    for key in table:
        if key not in known and key not in others:
            offered = ", ".join((*known, *others))
            raise source.wrong("config.unknown-key", (*path, key), known=offered)
    return {
        name: _value(source, (*path, name), one.metadata, table[name])
        for name, one in known.items()
        if name in table
    }


_KINDS = {str: "text", bool: "bool", int: "int", tuple: "list", dict: "table"}
"""Type -> the key below `config.kind-` of what it is called in an error."""


def wrong_type(source: Source, path: tuple[str, ...], kind: type) -> ConfigError:
    """The error that what stands at `path` is not of `kind` (str, bool, int, tuple, dict)."""
    return source.wrong("config.wrong-type", path, wanted=say(f"config.kind-{_KINDS[kind]}"))


def _value(source: Source, path: tuple[str, ...], facts: Mapping[str, Any], value: object) -> Any:
    """`value` as the setting wants it, or ConfigError."""
    kind = facts["kind"]
    if kind is tuple:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise wrong_type(source, path, tuple)
        return tuple(value)
    if type(value) is not kind:
        raise wrong_type(source, path, kind)
    if facts["choices"] and value not in facts["choices"]:
        raise source.wrong("config.not-a-choice", path, choices=", ".join(facts["choices"]))
    low, high = facts["low"], facts["high"]
    if low is not None and isinstance(value, int) and not low <= value <= high:
        raise source.wrong("config.out-of-bounds", path, low=low, high=high)
    if facts["pattern"] and not re.fullmatch(facts["pattern"], str(value)):
        raise source.wrong("config.malformed", path, example=facts["example"])
    return value


def default_of(one: Field[Any]) -> Any:
    """The default of a setting; None where it has none."""
    return None if one.default is MISSING else one.default
