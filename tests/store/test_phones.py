"""Phone numbers: whatever way one is written and typed, it is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_tui.store.phones import ask_phone, index_phone, national
from csc_tui.store.store import Store
from tests.store.made import found, person, put


def finds(typed: str, written: str) -> bool:
    return any(ask.finds(kept) for ask in ask_phone(typed) for kept in index_phone(written))


COLOGNE = [
    "+49 221 4710 123",
    "+49 (0)221 4710-123",
    "+49 (221) 4710123",
    "0049 221 4710123",
    "0221 4710123",
    "0221/4710-123",
    "(0221) 4710 123",
    "221 4710123",
    "+492214710123",
    "Tel. 0221 / 4710 123",
    "0221 4710123 ext. 5",
    "0221 4710123 (private)",
    "+٤٩ ٢٢١ ٤٧١٠١٢٣",
    "+49\u00a0221\u202f4710\u2011123",
]


@pytest.mark.parametrize("written", COLOGNE)
@pytest.mark.parametrize(
    "typed",
    [
        "+49 221 4710 123",
        "0221 4710123",
        "0221/4710-123",
        "2214710123",
        "0049221",
        "+49221",
        "+49 (0)221",
        "+49 (0221) 47",
        "(0221)",
        "022",
        "02",
        "221",
        "22147",
        "49221",
        "492214710123",
        "10123",
        "4710123",
        "710-123",
    ],
)
def test_any_notation_finds_any_other(typed: str, written: str) -> None:
    assert finds(typed, written)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("123", "0221 4710123"),
        ("0123", "0221 4710123"),
        ("4710", "0221 4710123"),
        ("0221 5", "0221 4710123"),
        ("+43 221", "+49 221 4710123"),
        ("+43 221", "0043 512 22147"),
        ("0", "0221 4710123"),
        ("00", "+49 221 4710123"),
        ("+", "+49 221 4710123"),
        ("", "+49 221 4710123"),
        ("()", "+49 221 4710123"),
        ("0221 a", "0221 4710123"),
        ("0221", ""),
        ("0221", "no number"),
        ("5", "0221 4710123 ext. 5"),
    ],
)
def test_what_is_not_found(typed: str, written: str) -> None:
    assert not finds(typed, written)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("+44 20 7946", "+44 20 7946 0140"),
        ("020 7946", "+44 20 7946 0140"),
        ("0044 (0)20", "+44 20 7946 0140"),
        ("+1 212", "(212) 555-0100"),
        ("212 555", "+1 212 555 0100"),
        ("+1 212", "1-212-555-0100"),
        ("+39 06", "+39 06 1234567"),
        ("06 123", "+39 06 1234567"),
        ("+353 1", "+353 1 200 1234"),
        ("01 200", "+353 1 200 1234"),
        ("+4", "+49 221 1"),
        ("+49", "+49 221 1"),
        ("+353", "+353 1 200 1234"),
        ("110", "110"),
        ("+49 221 47", "49221471012"),
        ("0221 471", "49221471012"),
    ],
)
def test_other_countries_and_odd_numbers(typed: str, written: str) -> None:
    assert finds(typed, written)


digits = st.text("0123456789", min_size=6, max_size=9)


@given(st.sampled_from(["221", "30", "89", "171"]), digits, st.integers(1, 9), st.integers(5, 9))
def test_every_beginning_and_every_long_end(area: str, rest: str, start: int, end: int) -> None:
    national = area + rest
    for written in (f"+49 {area} {rest}", f"0{area}/{rest}", f"0049 (0){area} {rest}"):
        for typed in (national, f"0{national}"):
            assert finds(typed[: max(start, 2)], written)
        for typed in (f"+49{national}", f"0049{national}"):
            assert finds(typed[: start + 4], written)
        assert finds(national[-end:], written)


@pytest.mark.parametrize("typed", ["0221 47", "+49 221 47", "10123", "221/47", "0049 (0)221", "+4"])
async def test_the_store_finds_by_number(store: Store, typed: str) -> None:
    await put(
        store,
        person(1, "A, A", phones=["+49 (0)221 4710-123"]),
        person(2, "B, B", phones=["030 55", "00 49 221 4710 123"]),
        person(3, "C, C", phones=["+1 212 555 0100"]),
        person(4, "D, D"),
    )
    assert await found(store, typed) == ["A, A", "B, B"]


async def test_nine_phones_are_one_hit(store: Store) -> None:
    await put(store, person(1, "A, A", phones=[f"0221 4710{n}" for n in range(9)] * 2))
    assert await found(store, "0221") == ["A, A"]


def test_one_number_in_three_notations_is_one() -> None:
    assert {national(it) for it in ("+49 (0)2233 4711", "02233/4711", "0049 2233-4711")} == {
        "22334711"
    }
    assert national("none") == ""
