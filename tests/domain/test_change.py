"""What a form's values become."""

from __future__ import annotations

import pytest

from csc_tui.domain.change import Change, Verb, diff, nest
from csc_tui.domain.field import Plain
from csc_tui.domain.ref import Ref


@pytest.mark.parametrize(
    ("base", "edited", "changed"),
    [
        ({"a": "1"}, {"a": "1"}, {}),
        ({"a": None}, {"a": ""}, {}),
        ({}, {"a": [], "b": None}, {}),
        ({"a": "1"}, {"a": ""}, {"a": ""}),
        ({"a": "1", "b": "2"}, {"a": "3"}, {"a": "3"}),
        ({"a": False}, {"a": True}, {"a": True}),
    ],
)
def test_only_what_changed(
    base: dict[str, Plain], edited: dict[str, Plain], changed: dict[str, Plain]
) -> None:
    assert diff(base, edited) == changed


def test_paths_become_lists_of_parts_and_empty_parts_go() -> None:
    flat: dict[str, Plain] = {
        "name": "X",
        "title": "",
        "phones.0.number": "1",
        "phones.0.=kind": "office",
        "phones.1.number": "",
        "phones.1.=kind": "mobile",
        "addresses.0.=kind": "work",
    }
    assert nest(flat) == {"name": "X", "phones": [{"number": "1", "kind": "office"}]}


def test_the_record_to_read_back_is_the_one_the_part_hangs_on() -> None:
    person = Ref("people", "7")
    assert Change(Verb.DELETE, Ref("phones", "9"), person).record == person
    assert Change(Verb.DELETE, person).record == person
