"""How long the outbox waits, and how often it looks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """How long things take, in seconds."""

    looks: tuple[float, ...] = (2.0, 5.0)
    """Pauses between the looks for a record whose answer was lost; the first look is at once."""
    first: float = 2.0
    """Pause before the first new try; each further one waits twice as long."""
    longest: float = 60.0
    merging: tuple[float, ...] = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0)
    """Pauses before the looks whether the CRM has carried out a merge that it said yes to."""
    held: float = 5.0
    """A delete can be taken back for so long."""
    poll: float = 0.5
    """How often, while something is to be sent, it is looked what other terminals do: one that
    dies is to be followed within a second."""
