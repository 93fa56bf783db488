"""Pairs that may be one: which reasons are enough, and which are not."""

from __future__ import annotations

from itertools import combinations, count
from random import Random

from csc_tui.domain.duplicates import STEPS, Known, Reason, name_words, pairs


def known(id_: str, name: str, phone: str = "", email: str = "", *place: str) -> Known:
    company, city = (*place, "", "")[:2]
    phones, emails = ((one,) if one else () for one in (phone, email))
    return Known(id_, name, name_words(name), phones, emails, company, city)


def found(*records: Known) -> list[tuple[str, str, tuple[Reason, ...]]]:
    return [(it.one.id, it.other.id, it.reasons) for it in pairs(records)]


def test_one_person_in_two_spellings() -> None:
    one = known("1", "Müller, Jürgen", "2214710", "", "brandt", "koln")
    for name in ("MUELLER, Juergen", "Muller, Jurgen", "Jürgen, Müller"):
        other = known("2", name, "2214710")
        assert found(one, other) == [("1", "2", (Reason.NAME, Reason.PHONE))]


def test_a_letter_apart_at_one_place() -> None:
    one = known("1", "Weisleitner, Florian", "", "", "brandt", "koln")
    other = known("2", "Weißleitner, Florian", "", "", "brandt", "koln")

    assert found(one, other) == [("1", "2", (Reason.CLOSE, Reason.COMPANY, Reason.CITY))]


def test_one_reason_is_not_enough() -> None:
    assert found(known("1", "Weber, Anna"), known("2", "Weber, Anna")) == []
    assert found(known("1", "Weber, Anna", "2214710"), known("2", "Kühn, Ole", "2214710")) == []
    assert (
        found(known("1", "Weber, Anna", "", "", "b", "k"), known("2", "Alt, Wim", "", "", "b", "k"))
        == []
    )


def test_a_switchboard_is_no_reason() -> None:
    crowd = [
        known(str(number), f"Weber, {name}", "2214710", "", "brandt")
        for number, name in enumerate(("Anna", "Ole", "Ida", "Jan", "Eva"))
    ]
    assert found(*crowd) == []
    assert found(*crowd[:1], known("9", "Weber, Anna", "2214710", "", "brandt"), *crowd[1:]) == [
        ("0", "9", (Reason.NAME, Reason.COMPANY))
    ]


def test_the_surest_come_first_and_each_once() -> None:
    three = [
        known("1", "Silva, Rui", "99", "rui@x.example", "lda", "porto"),
        known("2", "Silva, Rui", "99", "rui@x.example", "lda", "porto"),
        known("3", "Silva, Rui", "", "", "lda", "porto"),
    ]

    assert [(one, other) for one, other, _ in found(*three)] == [("1", "2"), ("1", "3"), ("2", "3")]


def asked(records: list[Known], until: int = 10**9) -> tuple[int, int]:
    """How many pairs are found, and how often others have their turn; stopped `until` then."""
    times = count(1)
    made = len(pairs(records, lambda: next(times) >= until))
    return made, next(times) - 1


def test_others_have_their_turn_after_so_many_steps_and_it_ends_when_it_is_stopped() -> None:
    twins = [known(str(n), f"Weber, {n // 2}", "", f"{n // 2}@x.example") for n in range(2_000)]
    # Each is sorted in; 2,000 names and addresses are compared once, and given up twice.
    assert asked(twins) == (1_000, 4 * 2_000 // STEPS)
    early, _ = asked(twins, until=(3 * 2_000 - 500) // STEPS)
    assert 0 < early < 1_000


def test_who_only_lives_in_one_town_is_not_compared() -> None:
    town = [known(str(n), f"Weber{n}, Anna", "", "", f"firm {n}", "koln") for n in range(1_000)]
    # Sorted in, with a name and a place each; none of half a million pairs is looked at.
    assert asked(town) == (0, 3 * 1_000 // STEPS)


def test_what_is_found_by_what_they_share_is_all_that_there_is() -> None:
    dice = Random(6)
    some = [
        known(
            str(n),
            f"{dice.choice(('Weber', 'Webber', 'Wehber', 'Kuhn'))}, {dice.choice(('Ida', 'Ole'))}",
            f"22147{n // 2:03}" if dice.random() < 0.4 else "",
            f"{n // 3}@x.example" if dice.random() < 0.4 else "",
            dice.choice(("", "firm", "other")),
            dice.choice(("", "koln", "bonn")),
        )
        for n in range(120)
    ]
    each = {it.ids for two in combinations(some, 2) for it in pairs(two)}
    assert {it.ids for it in pairs(some)} == each
    assert len(each) > 100
