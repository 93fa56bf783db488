"""A record as a business card: what address books know of a person or a firm."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple


class Reach(NamedTuple):
    """A number, an address, a page: a value and what sort it is."""

    value: str
    sorts: tuple[str, ...] = ()
    """`work`, `home`, `cell`, `fax`: the words of vCard."""


class Place(NamedTuple):
    """A postal address in pieces."""

    pieces: Mapping[str, str]
    """`street`, `zip_code`, `city`, `state`, `country`."""
    sorts: tuple[str, ...] = ()


class BusinessCard(NamedTuple):
    """All that goes into a vCard; empty texts for what is not known."""

    full_name: str
    last_name: str = ""
    first_name: str = ""
    """Of a firm both are empty."""
    prefix: str = ""
    """`Dr.`"""
    company: str = ""
    job_title: str = ""
    phones: tuple[Reach, ...] = ()
    emails: tuple[Reach, ...] = ()
    pages: tuple[Reach, ...] = ()
    places: tuple[Place, ...] = ()
    born: date | None = None
    note: str = ""
    tags: tuple[str, ...] = ()

    @property
    def is_firm(self) -> bool:
        """Whether it is about no person."""
        return not (self.last_name or self.first_name)
