"""Search in the store: who is found by what, and in which order."""

import asyncio
import itertools
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csc_tui.domain.ref import Ref
from csc_tui.store.store import Store
from tests.fake_clock import FakeClock
from tests.store.made import company, found, person, put

WORLD = [
    person(1, "Müller, Jürgen", "j.mueller@brandt.example", "Brandt GmbH", "Köln"),
    person(2, "Müller, Petra", "Stadtwerke Hürth", "Hürth"),
    person(3, "Müller-Lüdenscheidt, Heinrich", "Weinhandlung Au", "Mainz"),
    person(4, "Mueller, Deborah", "Harbour Tools Ltd", "London"),
    person(5, "Muller, Danièle", "Atelier Muller SARL", "Metz"),
    person(6, "Kern, Jutta", "Mülheimer Rohrbau", "Mülheim"),
    person(7, "Rau, Iris", "Mulch & More GmbH", "Kleve"),
    person(8, "O'Brien, Séan", "sean.obrien@harbour-tools.example", "Cork"),
    person(9, "Weiß, Zoë", "weiss@optik.example", "Jena"),
    person(10, "Johann, Joe"),
    person(11, "von der Leyen, Karl-Heinz"),
    person(12, "山田太郎", "東都精機株式会社", "東京"),
    person(13, "김철수", "서울"),
    person(14, "محمد, أحمد"),
    person(15, "כהן, דוד"),
    person(16, "Mutz, Bernd"),
    person(17, "Straßer, Susanne"),
    person(18, "Sørensen, Åse", "Ærø"),
    person(19, "मीना, राधा"),
    person(20, "Élise"),
    person(21, "7Eleven, Kiosk"),
    person(22, "🎉"),
    person(23, "Mu\u0308nch, Rene\u0301"),
]
MULLERS = {"1", "2", "3", "4", "5"}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("mül", MULLERS | {"6", "7"}),
        ("muller", MULLERS),
        ("mueller", MULLERS),
        ("Müller", MULLERS),
        ("MÜLLER", MULLERS),
        ("MUELLER", MULLERS),
        ("mu\u0308ller", MULLERS),
        ("  müller  ", MULLERS),
        ("lüdenscheidt", {"3"}),
        ("luedensch", {"3"}),
        ("müller-lü", {"3"}),
        ("müllerlü", {"3"}),
        ("jürgen müller", {"1"}),
        ("müller jürgen", {"1"}),
        ("mü ju", {"1", "6"}),
        ("müller, jür", {"1"}),
        ("juergen", {"1"}),
        ("jurgen", {"1"}),
        ("üller", set()),
        ("müllerx", set()),
        ("joe", {"10"}),
        ("jo", {"10"}),
        ("o'brien", {"8"}),
        ("obrien", {"8"}),
        ("brien", {"8"}),
        ("o brien", {"8"}),
        ("sean", {"8"}),
        ("weiss", {"9"}),
        ("weiß", {"9"}),
        ("WEISS", {"9"}),
        ("zoe", {"9"}),
        ("zoë", {"9"}),
        ("leyen", {"11"}),
        ("karlheinz", {"11"}),
        ("karl heinz", {"11"}),
        ("heinz", {"11"}),
        ("山", {"12"}),
        ("山田", {"12"}),
        ("太郎", {"12"}),
        ("東京", {"12"}),
        ("精機", {"12"}),
        ("김", {"13"}),
        ("철수", {"13"}),
        ("أحمد", {"14"}),
        ("احمد", {"14"}),
        ("محم", {"14"}),
        ("כה", {"15"}),
        ("strasser", {"17"}),
        ("straßer", {"17"}),
        ("stras", {"17"}),
        ("sorensen", {"18"}),
        ("soerensen", {"18"}),
        ("sørensen", {"18"}),
        ("ase", {"18"}),
        ("aero", {"18"}),
        ("मीना", {"19"}),
        ("elise", {"20"}),
        ("7el", {"21"}),
        ("münch", {"23"}),
        ("muench rené", {"23"}),
        ("brandt", {"1"}),
        ("brandt gmbh", {"1"}),
        ("gmbh", {"1", "7"}),
        ("j.mueller@brandt.example", {"1"}),
        ("J.Müller@Brandt.Example", {"1"}),
        ("mueller@brandt", {"1"}),
        ("@brandt.ex", {"1"}),
        ("brandt.example", {"1"}),
        ("sean.obrien@", {"8"}),
        ("harbour-tools.example", {"8"}),
        ("tools", {"4", "8"}),
        ("example", set()),
        ("köln", {"1"}),
        ("koeln", {"1"}),
        ("koln", {"1"}),
        ("müller köln", {"1"}),
        ("hürth stadt", {"2"}),
        ("mulch&more", {"7"}),
        ("mulch & more", {"7"}),
        ("", set()),
        ("   ", set()),
        ("-", set()),
        ('"', set()),
        ("mul*", MULLERS | {"6", "7"}),
        ('mul" OR "a', set()),
        ("NEAR(", set()),
        ("🎉", set()),
        ("\ud800", set()),
        ("x" * 5_000, set()),
        ("zq " * 5_000, set()),
    ],
)
async def test_who_is_found(store: Store, typed: str, expected: set[str]) -> None:
    await put(store, *WORLD)
    assert {hit.row.id for hit in await store.search("people", typed)} == expected


async def test_names_come_first_and_each_kind_stands_by_name(store: Store) -> None:
    await put(store, *reversed(WORLD))
    assert await found(store, "mul") == [
        "Muller, Danièle",
        "Müller, Jürgen",
        "Müller, Petra",
        "Müller-Lüdenscheidt, Heinrich",
        "Mueller, Deborah",
        "Kern, Jutta",
        "Rau, Iris",
    ]


async def test_a_name_that_begins_so_comes_before_a_first_name(store: Store) -> None:
    await put(store, person(1, "Abel, Peter"), person(2, "Peters, Anna"), person(3, "Petersen, Z"))
    assert await found(store, "peter") == ["Peters, Anna", "Petersen, Z", "Abel, Peter"]


async def test_half_an_umlaut_does_not_find_every_plain_vowel(store: Store) -> None:
    await put(store, *WORLD)
    assert await found(store, "mue") == [
        "Mueller, Deborah",
        "Müller, Jürgen",
        "Müller, Petra",
        "Müller-Lüdenscheidt, Heinrich",
        "Münch, René".replace("ü", "u\u0308").replace("é", "e\u0301"),
        "Kern, Jutta",
    ]


@pytest.mark.parametrize(
    ("typed", "by", "matched"),
    [
        ("müller", "name", ""),
        ("vertrieb@", "mail", "vertrieb@brandt.example"),
        ("brandt g", "word", "Brandt GmbH"),
        ("köl", "word", "Köln"),
        ("221 471", "tel", "0221/4710-1"),
        ("0171", "tel", "0171 39200"),
    ],
)
async def test_a_hit_tells_what_it_was_found_by(
    store: Store, typed: str, by: str, matched: str
) -> None:
    words = ("vertrieb@brandt.example", "Köln", "Brandt GmbH")
    await put(store, person(1, "Müller, Jürgen", *words, phones=["0221/4710-1", "0171 39200"]))
    (hit,) = await store.search("people", typed)
    assert (hit.by, hit.found) == (by, matched)


async def test_no_more_hits_than_asked_for(store: Store) -> None:
    people = [person(n, f"Adler, {n:03}", "Adlerwerke", phones=["030 1234567"]) for n in range(250)]
    await put(store, *people)
    assert len(await store.search("people", "adler")) == 200
    assert len(await store.search("people", "adlerw", limit=7)) == 7
    assert len(await store.search("people", "030", limit=9)) == 9


async def test_names_leave_the_rest_of_the_places_to_words_and_phones(store: Store) -> None:
    await put(
        store,
        person(1, "4711, Kölnisch"),
        person(2, "Abel, A", "4711 GmbH"),
        person(3, "Aal, B", phones=["+49 4711 22"]),
        person(4, "Zorn, C", "4711 AG", phones=["04711 33"]),
    )
    hits = await store.search("people", "4711")
    assert [(hit.row.id, hit.by) for hit in hits] == [
        ("1", "name"),
        ("2", "word"),
        ("4", "word"),
        ("3", "tel"),
    ]


async def test_each_resource_is_searched_alone(store: Store) -> None:
    await put(store, person(1, "Brandt, Willy", phones=["0221 1"]))
    await store.save_records("companies", [company(1, "Brandt GmbH", phones=["0221 2"])], 1.0)
    assert await found(store, "brandt") == ["Brandt, Willy"]
    assert await found(store, "brandt", "companies") == ["Brandt GmbH"]
    assert await found(store, "0221", "companies") == ["Brandt GmbH"]
    assert await found(store, "brandt", "deals") == []


async def test_the_index_follows_a_change(store: Store) -> None:
    await put(store, person(1, "Alt, Anna", "alt@x.example", phones=["030 111"]))
    changed = person(1, "Neu, Anna", "neu@x.example", phones=["030 222"], version="v2")
    await store.save_records("people", [changed], 200.0)
    gone = [await found(store, text) for text in ("alt", "alt@x", "030111")]
    there = [await found(store, text) for text in ("neu", "neu@x", "030222", "anna")]
    assert gone == [[], [], []]
    assert there == [["Neu, Anna"]] * 4


async def test_the_index_forgets(store: Store) -> None:
    await put(store, person(1, "Weg, Willi", "Wegwerf AG", phones=["030 111"]))
    await store.forget(Ref("people", "1"))
    assert [await found(store, text) for text in ("weg", "wegwerf", "030111")] == [[], [], []]


async def test_more_than_can_be_looked_at_still_gives_hits_by_name(store: Store) -> None:
    people = [person(n, f"Name{n:04}, X", "Gleich GmbH", phones=["030 7"]) for n in range(3_100)]
    await store.save_records("people", people, 1.0)
    assert (await found(store, "gleich"))[:2] == ["Name0000, X", "Name0001, X"]
    assert len(await found(store, "+49 30")) == 200


async def test_suggestions_tell_how_many_people_belong_there(store: Store) -> None:
    brandt, seidl = company(1, "Brandt GmbH", "Köln"), company(2, "Brauerei Seidl", "Passau")
    await store.save_records("companies", [brandt, seidl, company(3, "Brandt GmbH & Co")], 1.0)
    await put(
        store,
        person(1, "A, A", "Brandt GmbH"),
        person(2, "B, B", "Brandt GmbH"),
        person(3, "C, C", "Brauerei Seidl"),
        person(4, "D, D", "Brandt"),
    )
    offered = await store.suggest("companies", "bra", linked="people")
    assert [(row.cells, linked) for row, linked in offered] == [
        (("Brandt GmbH", "Köln"), 2),
        (("Brandt GmbH & Co",), 0),
        (("Brauerei Seidl", "Passau"), 1),
    ]
    assert len(await store.suggest("companies", "bra", limit=2)) == 2
    assert await store.suggest("companies", "köln") == []
    assert await store.suggest("deals", "bra") == []


async def test_the_values_of_a_column_are_found_by_their_own_words(store: Store) -> None:
    await put(
        store,
        person(1, "A, A", "Köln"),
        person(2, "B, B", "Kleve"),
        person(3, "C, C", "Köln"),
        person(4, "D, D", "Bad Kissingen"),
        person(5, "E, E", "Ulm", "Kran GmbH"),
        person(6, "Kern, K"),
    )
    assert await store.values("people", 1, "k") == ["Köln", "Bad Kissingen", "Kleve"]
    assert await store.values("people", 1, "koeln") == ["Köln"]
    assert await store.values("people", 1, "bad ki") == ["Bad Kissingen"]
    assert await store.values("people", 1, "") == ["Köln", "Bad Kissingen", "Kleve", "Ulm"]
    assert await store.values("people", 1, "", limit=1) == ["Köln"]
    assert await store.values("people", 1, "kran") == []
    assert await store.values("people", 7, "k") == []
    assert await store.values("deals", 1, "k") == []


SPELLINGS = {"ä": ["ä", "a\u0308", "ae", "a"], "ö": ["ö", "o\u0308", "oe", "o"]}
SPELLINGS |= {"ü": ["ü", "u\u0308", "ue", "u"], "ß": ["ß", "ss"], "é": ["é", "e\u0301", "e"]}


@settings(max_examples=25, deadline=None)
@given(st.text("bmlaeuäöüßé", min_size=1, max_size=6).filter(str.strip))
def test_every_spelling_finds_every_other(name: str) -> None:
    ways = itertools.product(*(SPELLINGS.get(letter, [letter]) for letter in name))
    spellings = sorted({"".join(way) for way in itertools.islice(ways, 40)})[:12]
    everybody = {str(n) for n in range(len(spellings))}

    async def ask() -> list[set[str]]:
        with tempfile.TemporaryDirectory() as folder:
            store = Store.open(Path(folder), FakeClock())
            await put(store, *(person(n, f"{one}, X") for n, one in enumerate(spellings)))
            cased = [*spellings, *(one.upper() for one in spellings)]
            hits = [await store.search("people", one) for one in cased]
            await store.close()
        return [{hit.row.id for hit in some} for some in hits]

    assert all(some == everybody for some in asyncio.run(ask()))


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=40))
def test_any_text_can_be_saved_and_asked_for(text: str) -> None:
    async def ask() -> list[str]:
        with tempfile.TemporaryDirectory() as folder:
            store = Store.open(Path(folder), FakeClock())
            await put(store, person(1, text, text, f"{text}@{text}", phones=[text]))
            await store.search("people", text)
            found_ids = [hit.row.id for hit in await store.search("people", f"{text[:1]} a1")]
            kept = (await store.page("people?name", 1)) or ()
            await store.close()
            return [*found_ids, *(row.cells[0] for row in kept.rows)] if kept else []

    assert asyncio.run(ask())[-1] == text
