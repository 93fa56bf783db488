"""Three-way merges: their laws, and the cases a person meets."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_tui.domain.change import Change, Verb
from csc_tui.domain.field import Kind
from csc_tui.domain.merge import Clash, agrees, inverse, merge, same
from csc_tui.domain.ref import Ref

NAMES = ("title", "first_name", "background", "company")
words = st.sampled_from([None, "", "a", "b", "c"])
links = st.sampled_from([None, {"id": "1", "name": "A"}, {"id": "2", "name": "B"}])
fields = st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES[:3], words) | {"company": links})
numbers = st.sampled_from(["1", "2", "3"])
ids = st.sampled_from(["7", "8", "9"])
phones = st.dictionaries(ids, st.fixed_dictionaries({"number": numbers, "kind": words})).map(
    lambda found: [{"id": one, **values} for one, values in found.items()]
)
added = st.lists(st.fixed_dictionaries({"number": numbers, "kind": words}), max_size=2)
tags = st.lists(st.sampled_from(["VIP", "Messe", "Kunde"]), unique=True)
records = st.builds(
    lambda own, tels, new, names: {**own, "phones": tels + new, "tags": names},
    fields,
    phones,
    added,
    tags,
)


def canonical(values: dict[str, Any]) -> dict[str, Any]:
    """Values without what counts as empty; lists without their order."""
    found: dict[str, Any] = {}
    for name, value in sorted(values.items()):
        if same(value, None):
            continue
        if isinstance(value, list):
            items = [canonical(one) if isinstance(one, dict) else one for one in value]
            found[name] = sorted(items, key=str)
        else:
            found[name] = value
    return found


def without_ids(values: dict[str, Any]) -> dict[str, Any]:
    """Canonical values, parts by what they hold alone."""
    parts = [{k: one[k] for k in sorted(one) if k != "id"} for one in values["phones"]]
    return canonical({**values, "phones": parts})


def exactly(_: str, one: object, other: object) -> bool:
    return same(one, other)  # type: ignore[arg-type]


@given(records, records)
def test_identity_where_only_they_have_changed_something(base: Any, theirs: Any) -> None:
    result = merge(base, base, theirs)
    assert canonical(result.merged) == canonical(theirs)
    assert result.mine_only == result.equal == result.clashes == ()


@given(records, records)
def test_identity_where_only_i_have_changed_something(base: Any, mine: Any) -> None:
    result = merge(base, mine, base)
    assert canonical(result.merged) == canonical(mine)
    assert result.theirs_only == result.equal == result.clashes == ()


@given(records, records)
def test_what_both_changed_alike_is_no_question(base: Any, both: Any) -> None:
    result = merge(base, both, both)
    assert canonical(result.merged) == canonical(both)
    assert result.mine_only == result.theirs_only == result.clashes == ()


@given(records, records, records)
def test_symmetry_but_for_what_clashes(base: Any, mine: Any, theirs: Any) -> None:
    one, other = merge(base, mine, theirs, exactly), merge(base, theirs, mine, exactly)
    assert sorted(one.mine_only) == sorted(other.theirs_only)
    assert sorted(one.theirs_only) == sorted(other.mine_only)
    assert sorted(one.equal) == sorted(other.equal)
    turned = [Clash(it.path, it.before, it.theirs, it.mine) for it in other.clashes]
    assert sorted(one.clashes, key=str) == sorted(turned, key=str)
    if not one.clashes:
        # A part that both added is theirs, with the id that only the server gives.
        assert without_ids(one.merged) == without_ids(other.merged)


@given(records, records, records)
def test_idempotence_merged_once_there_is_nothing_more_to_merge(
    base: Any, mine: Any, theirs: Any
) -> None:
    once = merge(base, mine, theirs)
    again = merge(theirs, once.merged, theirs)
    assert canonical(again.merged) == canonical(once.merged)
    assert again.theirs_only == again.equal == again.clashes == ()
    third = merge(base, once.merged, theirs)
    assert canonical(third.merged) == canonical(once.merged)
    assert third.clashes == ()


@given(records, records, records)
def test_nothing_of_theirs_is_lost_that_i_have_not_changed(
    base: Any, mine: Any, theirs: Any
) -> None:
    result = merge(base, mine, theirs)
    for name in NAMES:
        if same(base.get(name), mine.get(name)):
            assert same(result.merged.get(name), theirs.get(name))
        elif same(base.get(name), theirs.get(name)):
            assert same(result.merged.get(name), mine.get(name))


values = st.dictionaries(st.sampled_from(NAMES[:3]), st.sampled_from(["a", "b"]), min_size=1)


@given(values, st.sampled_from([None, Ref("people", "1")]), st.data())
def test_the_inverse_of_an_inverse_is_the_change(
    new: dict[str, Any], parent: Ref | None, data: st.DataObject
) -> None:
    old = {name: data.draw(words) for name in new}
    update = Change(Verb.UPDATE, Ref("people", "1"), parent, new, old)
    assert inverse(inverse(update)) == update
    made = Change(Verb.CREATE, Ref("phones", ""), parent, new)
    assert inverse(inverse(made)) == made
    gone = Change(Verb.DELETE, Ref("phones", ""), parent, base=new)
    assert inverse(inverse(gone)) == gone


def test_what_was_deleted_comes_back_with_a_new_id_and_without_its_gaps() -> None:
    gone = Change(
        Verb.DELETE, Ref("people", "4"), base={"last_name": "A", "title": None}, version="v"
    )
    again = Change(Verb.CREATE, Ref("people", ""), values={"last_name": "A"})
    assert inverse(gone) == again


def test_an_inverse_is_checked_against_what_the_change_has_written() -> None:
    change = Change(Verb.UPDATE, Ref("people", "4"), values={"title": "B"}, base={"title": "A"})
    back = inverse(change)
    assert (back.values, back.base) == ({"title": "A"}, {"title": "B"})


PART_CASES: dict[str, tuple[Any, Any, Any, Any, str]] = {
    "two numbers of two phones": (
        [{"id": "1", "number": "1"}, {"id": "2", "number": "2"}],
        [{"id": "1", "number": "9"}, {"id": "2", "number": "2"}],
        [{"id": "1", "number": "1"}, {"id": "2", "number": "8"}],
        [{"id": "1", "number": "9"}, {"id": "2", "number": "8"}],
        "",
    ),
    "the number of one, the kind of the same": (
        [{"id": "1", "number": "1", "kind": "a"}],
        [{"id": "1", "number": "9", "kind": "a"}],
        [{"id": "1", "number": "1", "kind": "b"}],
        [{"id": "1", "number": "9", "kind": "b"}],
        "",
    ),
    "both added one": (
        [],
        [{"number": "1"}],
        [{"id": "5", "number": "2"}],
        [{"id": "5", "number": "2"}, {"number": "1"}],
        "",
    ),
    "both added the same": (
        [],
        [{"number": "1"}],
        [{"id": "5", "number": "1"}],
        [{"id": "5", "number": "1"}],
        "",
    ),
    "I removed what they changed": (
        [{"id": "1", "number": "1"}],
        [],
        [{"id": "1", "number": "2"}],
        [{"id": "1", "number": "2"}],
        "phones/1",
    ),
    "they removed what I changed": (
        [{"id": "1", "number": "1"}],
        [{"id": "1", "number": "2"}],
        [],
        [],
        "phones/1",
    ),
    "they removed what I left alone": (
        [{"id": "1", "number": "1"}],
        [{"id": "1", "number": "1"}],
        [],
        [],
        "",
    ),
    "both changed the number": (
        [{"id": "1", "number": "1"}],
        [{"id": "1", "number": "2"}],
        [{"id": "1", "number": "3"}],
        [{"id": "1", "number": "3"}],
        "phones/1/number",
    ),
    "words": (["VIP", "Alt"], ["VIP", "Alt", "Neu"], ["VIP"], ["VIP", "Neu"], ""),
}


@pytest.mark.parametrize("case", PART_CASES)
def test_lists_are_merged_part_by_part(case: str) -> None:
    base, mine, theirs, merged, clash = PART_CASES[case]
    result = merge({"phones": base}, {"phones": mine}, {"phones": theirs})
    assert result.merged == {"phones": merged}
    assert [one.path for one in result.clashes] == ([clash] if clash else [])


AGREEING: list[tuple[Any, Any, Kind | None, bool]] = [
    ("Köln ", "Köln", None, True),
    ("a\r\nb", "a\nb", None, True),
    ("50000", "50000.00", Kind.NUMBER, True),
    ("50000", "50000.00", None, False),
    ("0351", "351", None, False),
    (False, None, Kind.FLAG, True),
    (True, None, Kind.FLAG, False),
    ({"id": "", "name": "New"}, {"id": "9", "name": "New"}, None, True),
    ({"id": "8", "name": "New"}, {"id": "9", "name": "New"}, None, False),
    ({"id": "9", "name": "New"}, "9", None, True),
    ("x", "y", Kind.NUMBER, False),
    (None, "", None, True),
    (["a"], "a", None, False),
]


@pytest.mark.parametrize(("one", "other", "kind", "expected"), AGREEING)
def test_what_a_server_may_have_tidied_up(
    one: Any, other: Any, kind: Kind | None, expected: bool
) -> None:
    assert agrees(one, other, kind) is expected
    assert agrees(other, one, kind) is expected
