"""Pairs that may be one: which reasons are enough, and which are not."""

from __future__ import annotations

from csc_tui.domain.duplicates import Known, Reason, name_words, pairs


def known(id_: str, name: str, phone: str = "", email: str = "", *place: str) -> Known:
    company, city = (*place, "", "")[:2]
    phones, emails = (frozenset([one] if one else []) for one in (phone, email))
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


def test_it_ends_when_it_is_stopped() -> None:
    twins = [known(str(n), f"Weber, {n // 2}", "", f"{n // 2}@x.example") for n in range(20)]
    left = iter([False, False, True])
    assert len(pairs(twins, lambda: next(left))) < len(pairs(twins)) == 10
