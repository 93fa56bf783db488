"""A list that a client asks for: conditions, order, page."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Listing:
    """Which rows, in which order, which page."""

    where: list[str] = field(default_factory=list)
    """SQL conditions, all of which hold."""
    arguments: list[object] = field(default_factory=list)
    order: str = "id"
    page: int = 1
    """From 1."""
    size: int = 25
    """Rows of a page."""

    def restrict(self, condition: str, *arguments: object) -> None:
        """Adds a condition."""
        self.where.append(condition)
        self.arguments.extend(arguments)

    @property
    def condition(self) -> str:
        """All conditions as one SQL expression."""
        return " AND ".join(f"({one})" for one in self.where) or "TRUE"

    @property
    def offset(self) -> int:
        """Rows before the page."""
        return (self.page - 1) * self.size
