"""Looks for garbage stay away from much work at once, and nothing is kept by that."""

from __future__ import annotations

import gc
import weakref

from csc_tui.services.uncollected import uncollected


class Thing:
    """Something that may know itself."""

    def __init__(self, *, itself: bool) -> None:
        self.it = self if itself else None


def test_what_is_garbage_before_does_not_stay_for_ever() -> None:
    gone = weakref.ref(Thing(itself=True))
    with uncollected():
        assert not gc.isenabled()
        assert gone() is None
    assert gc.isenabled()
    gc.unfreeze()


def test_what_is_made_meanwhile_goes_when_nobody_has_it() -> None:
    with uncollected():
        made = Thing(itself=False)
    gone = weakref.ref(made)
    assert gc.get_freeze_count() > 0
    del made
    assert gone() is None
    gc.unfreeze()


def test_where_garbage_is_not_looked_for_it_is_not_begun() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
