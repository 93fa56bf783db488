"""vCards, as another program reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from csc_tui.domain.business_card import BusinessCard, Place, Reach
from csc_tui.domain.vcard import FOLD, vcard

VERSIONS = ("3.0", "4.0")
CARD = BusinessCard(
    full_name="Dr. Jürgen Müller",
    last_name="Müller",
    first_name="Jürgen",
    prefix="Dr.",
    company="Brandt; Söhne, KG",
    job_title="Head of purchasing",
    phones=(Reach("+49 221 4710-155", ("work",)), Reach("+49 171 1", ("cell",)),
            Reach("+49 221 2", ("fax",))),
    emails=(Reach("j.mueller@brandt.example", ("work",)), Reach("jm@home.example", ("home",))),
    pages=(Reach("https://brandt.example/a,b;c"),),
    places=(
        Place({"street": "Gereonstraße 18–32", "zip_code": "50670", "city": "Köln",
               "country": "DE"}, ("work",)),
        Place({"city": "Bonn", "state": "NW", "country": "DE"}, ("home",)),
    ),
    born=date(1974, 3, 14),
    note="Ruft zurück,\nsagt er; \\o/",
    tags=("Messe", "A, B"),
)  # fmt: skip


def written(card: BusinessCard, version: str) -> str:
    return vcard(card, version, uid="https://crm.example/people/42", revised=REVISED)


REVISED = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("version", VERSIONS)
def test_an_address_book_reads_all_of_it(version: str) -> None:
    read = vobject.readOne(written(CARD, version))

    assert read.version.value == version
    assert read.fn.value == CARD.full_name
    name = read.n.value
    assert (name.family, name.given, name.prefix) == ("Müller", "Jürgen", "Dr.")
    assert read.org.value == [CARD.company]
    assert read.title.value == CARD.job_title
    assert [one.value for one in read.tel_list] == [one.value for one in CARD.phones]
    assert [one.value for one in read.email_list] == [one.value for one in CARD.emails]
    assert read.url.value == "https://brandt.example/a%2Cb%3Bc"
    first, second = (one.value for one in read.adr_list)
    assert (first.street, first.code, first.city, first.country) == (
        "Gereonstraße 18–32", "50670", "Köln", "DE",
    )  # fmt: skip
    assert (second.city, second.region) == ("Bonn", "NW")
    assert read.note.value == CARD.note
    assert read.categories.value == ["Messe", "A, B"]
    assert read.bday.value == {"3.0": "1974-03-14", "4.0": "19740314"}[version]
    assert not hasattr(read, "photo")


def test_types_are_english_in_the_case_of_their_version() -> None:
    old, new = (written(CARD, version) for version in VERSIONS)

    assert "TEL;TYPE=WORK,VOICE:+49 221 4710-155\r\n" in old
    assert "TEL;TYPE=cell,voice:+49 171 1\r\n" in new
    assert "TEL;TYPE=FAX:+49 221 2\r\n" in old
    assert "EMAIL;TYPE=INTERNET,HOME:jm@home.example\r\n" in old
    assert "EMAIL;TYPE=home:jm@home.example\r\n" in new
    assert "ADR;TYPE=HOME:;;;Bonn;NW;;DE\r\n" in old
    assert "REV:2026-11-20T09:30:00Z\r\n" in old
    assert "REV:20261120T093000Z\r\n" in new


def test_a_firm_is_an_organisation() -> None:
    firm = BusinessCard("Brandt GmbH")

    assert "KIND:org\r\n" in written(firm, "4.0")
    assert "KIND" not in written(firm, "3.0")
    assert vobject.readOne(written(firm, "3.0")).org.value == ["Brandt GmbH"]


TEXTS = st.text(st.characters(codec="utf-8"), max_size=120)


@given(TEXTS, TEXTS, TEXTS, st.sampled_from(VERSIONS))
def test_no_value_can_add_a_property_or_a_long_line(
    name: str, note: str, page: str, version: str
) -> None:
    card = BusinessCard(name, last_name=name, note=note, pages=(Reach(page),), tags=(name,))
    text = written(card, version)

    assert text.endswith("\r\n")
    lines = text.removesuffix("\r\n").split("\r\n")
    assert all(len(line.encode()) <= FOLD for line in lines)
    assert not set("\r\n\x00\x1b\x85\u2028") & set("".join(lines))
    names = [line.partition(":")[0].partition(";")[0] for line in lines if line[0] != " "]
    known = [
        "BEGIN",
        "VERSION",
        "KIND",
        "UID",
        "FN",
        "N",
        "URL",
        "CATEGORIES",
        "NOTE",
        "REV",
        "END",
    ]

    assert set(names) <= {*known, "ORG"}
    assert names.count("END") == names.count("URL") == 1


@given(TEXTS.filter(str.strip))
def test_a_text_comes_back_as_it_was(text: str) -> None:
    kept = "".join(one for one in text if one == "\n" or one.isprintable())
    read = vobject.readOne(written(BusinessCard("x", last_name="x", note=kept), "3.0"))

    assert (read.note.value if kept else "") == kept
