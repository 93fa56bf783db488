"""A raw record that is text still: most of what a page of a list holds nobody ever looks at."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from csc_tui.domain.digest import Digest


class Unread(Mapping[str, Any]):
    """A record as the server sent it; values are made of it when somebody looks at one."""

    __slots__ = ("_values", "digest", "text")

    def __init__(self, text: str, digest: Digest | None) -> None:
        """`text` is the JSON of an object, known to be good."""
        self.text = text
        self.digest = digest
        """What lists and the search look at; None where that takes reading all of it."""
        self._values: dict[str, Any] | None = None

    def _read(self) -> dict[str, Any]:
        if self._values is None:
            self._values = json.loads(self.text)
        return self._values

    def __getitem__(self, key: str) -> Any:
        return self._read()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())
