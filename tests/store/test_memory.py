"""What indexing keeps in memory: nothing that grows with the people who were indexed."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable

from csc_tui.store.tokens import index_name, index_word

MANY = 3_000


def people(begin: int) -> Iterable[tuple[str, str, str]]:
    """Name, address and company of people who have nothing in common."""
    for n in range(begin, begin + MANY):
        yield f"Ada{n} Love{n}", f"ada{n}.love{n}@host{n}.example", f"Love{n} & Söhne{n} GmbH"


def index(begin: int) -> None:
    for name, mail, company in people(begin):
        assert index_name(name)
        assert index_word(mail)
        assert index_word(company)


def test_who_was_indexed_is_not_kept() -> None:
    index(0)
    gc.collect()
    before = sys.getallocatedblocks()
    index(MANY)
    gc.collect()
    assert sys.getallocatedblocks() - before < MANY
