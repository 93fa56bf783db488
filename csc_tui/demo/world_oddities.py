"""What real accounts hold and test data forgets: scripts, long names, twins, the almost empty."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from csc_tui.demo.world_chance import listed, pick
from csc_tui.demo.world_clock import Clock
from csc_tui.demo.world_firms import domain_of
from csc_tui.demo.world_phones import Exchange, notations
from csc_tui.demo.world_phrases import essay
from csc_tui.demo.world_shapes import Address, Contact, Firm, Job, Parts, Person
from csc_tui.demo.world_towns import BY_NAME
from csc_tui.demo.world_trades import PERSON_TAGS

LONG_NAME = "von und zu Hohenfels-Wildenbruch-Obersteinbach auf Niedertal, Sommerau und Lauen"
"""A family name of 80 characters with places to break it."""
UNBROKEN_NAME = "DonaudampfschifffahrtsgesellschaftskapitänswitwenpensionskassenvorstandsassisEnt"
"""One of 80 characters without any."""
LONG_GIVEN = "Maximiliane Wilhelmine Karoline Friederike Auguste Leopoldine Theresia Adelheid"
LONG_FIRM = (
    "Gesellschaft für die Entwicklung, Herstellung und Wartung hydraulischer Hebe- und "
    "Förderanlagen Süd-West mbH & Co. KG aA"
)

ODD_FIRMS = (
    (LONG_FIRM, "Karlsruhe"),
    (unicodedata.normalize("NFD", "Müßiggänger Bootsverleih GbR"), "Konstanz"),
    ("Café Zauberwald ☕️🧑‍🍳", "Freiburg im Breisgau"),
    ("Nessler und Soehne KG", "Straubing"),
    ("BRANDT GmbH Köln", "Köln"),
    ("حدّاد وأولاده ذ.م.م", "دبي"),
    ("Halb & Halb [Kaffee]", "Trier"),
)
"""Companies with names that are long, decomposed, adorned or there already; and their towns."""

_NAMES: tuple[tuple[str | None, str, str | None, str | None], ...] = (
    ("Strößner", "Großkreuz-Weißenfels", "de", "Köln"),
    ("GÜNTHER", "GROẞMANN", "de", "Gießen"),
    ("小梅", "王", "zh", "上海"),
    ("서연", "김", "ko", "서울"),
    ("浩一", "髙﨑", "ja", "大阪"),
    ("محمد", "العلي", "ar", "دبي"),
    ("علی‌رضا", "نژادی", "fa", None),
    ("נועה", "כהן", "he", "חיפה"),
    ("Noa (נועה)", "Cohen כהן", "en", "London"),
    ("สมชาย", "ใจดี", "th", "กรุงเทพมหานคร"),
    ("प्रिया", "शर्मा", "hi", "मुंबई"),
    ("Γιώργος", "Παπαδόπουλος", "el", "Αθήνα"),
    ("Олександр", "Шевченко", "uk", "Київ"),
    ("Zoë 👩‍🚀", "Blum 🌷", "de", "Jena"),
    ("Kim", "Regenbogen 🏳️‍🌈", "de", "Berlin"),
    ("Jo 👋🏽", "Winkler", "de", "Bonn"),
    ("Ilgın Işıl", "İnce", "tr", "İzmir"),
    ("Wiebke", LONG_NAME, "de", "Husum"),
    ("Kai", UNBROKEN_NAME, "de", "Passau"),
    (LONG_GIVEN, "Öhm", "de", "Wien"),
    ("Jet", "van 't Zand", "nl", "Venlo"),
    ("Anne  Marie", "Doppelblank ", "de", "Kiel"),
    ("[bold]", "Lager [Halle 3]", "de", "Hamm"),
    ('Robert "Bob"', "Prozent 100% & <Söhne>", "de", "Ulm"),
    ("", "Leervorname", "de", None),
    ("Ngô Ðình", "Trần", "vi", "Berlin"),
    ("Jan", "Å̧ngström-Ħal", "sv", "Malmö"),
)
"""(given name, family name, language, town)."""

_TWINS = (
    (("Hannelore", "Müller"), ("Hannelore", "Mueller"), ("H.", "Muller")),
    (("Jörg", "Schröder"), ("Joerg", "Schroeder"), ("JÖRG", "SCHRÖDER")),
    (("Ömer", "Weißgerber"), ("Omer", "Weissgerber")),
)
"""The same person entered two or three times."""


_SPELLINGS = (
    str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}),
    str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "s", "é": "e", "ł": "l", "ş": "s"}),
)
"""How people who lack the key write an umlaut."""


def odd_firms(rng: Random, clock: Clock) -> Iterator[Firm]:
    """The companies of `ODD_FIRMS`, one address each."""
    for name, town in ODD_FIRMS:
        parts = _parts(rng, clock)
        place = BY_NAME[town]
        parts.addresses.append(Address("work_hq", None, next(iter(place.zips), None), place))
        yield Firm(name, place, domain_of(name), parts)


def oddities(rng: Random, clock: Clock, exchange: Exchange, firms: int) -> Iterator[Person]:
    """Some forty hand-made persons; `firms`: how many companies there are to work in."""
    for first, name, language, town in _NAMES:
        yield _named(rng, clock, first, name, language, town)
    family = Person("Sommer 👨‍👩‍👧‍👦", _parts(rng, clock), "Familie", "de", gender="family_user")
    family.identity = None
    yield family
    for form in ("NFC", "NFD"):
        first, name = (unicodedata.normalize(form, word) for word in ("Björn", "Schäfer-Böhm"))
        yield Person(name, _parts(rng, clock), first, "de")
    yield Person("Abendroth", Parts(clock.stamps(rng), None, None, None))
    yield Person("Nurname", Parts(clock.stamps(rng), None, 0, None))
    yield _many_phones(rng, clock, exchange)
    yield from _twins(rng, clock, exchange)
    yield _many_jobs(rng, clock, firms)
    yield _talked_about(rng, clock)


def spelled_otherwise(rng: Random, person: Person) -> Person:
    """A second entry of `person`: another spelling, the same phone in another notation."""
    table = pick(rng, _SPELLINGS)
    name = unicodedata.normalize("NFC", person.name).translate(table)
    first = (person.first or "").translate(table)
    if (first, name) == (person.first or "", person.name):
        name, first = pick(rng, ((name.upper(), first), (name, first[:1] + "."), (first, name)))
    tels = [
        replace(one, name="00" + one.clean[1:], primary=None)
        for one in person.parts.contacts
        if one.type == "Tel" and one.clean
    ]
    stamps = replace(person.parts.stamps, updated=person.parts.stamps.created)
    parts = Parts(stamps, None, person.parts.creator, None, contacts=tels[:1])
    jobs = [replace(job, department=None, primary=None) for job in person.jobs[:1]]
    return Person(name or person.name, parts, first or None, person.language, jobs=jobs)


def _parts(rng: Random, clock: Clock) -> Parts:
    return Parts(clock.stamps(rng), owner=0, creator=1, editor=2)


def _named(
    rng: Random, clock: Clock, first: str | None, name: str, language: str | None, town: str | None
) -> Person:
    person = Person(name, _parts(rng, clock), first, language)
    if town:
        place = BY_NAME[town]
        code = next(iter(place.zips), None)
        person.parts.addresses.append(Address("private", None, code, place))
    return person


def _many_phones(rng: Random, clock: Clock, exchange: Exchange) -> Person:
    """Nine numbers, one in each notation and kind."""
    person = Person("Rufer", _parts(rng, clock), "Nona", "de", "Frau", gender="female_user")
    kinds = listed("office office_hq mobile fax private voip skype other office")
    for place, kind in enumerate(kinds):
        number = exchange.draw("DE mobile" if kind == "mobile" else "KBHFM"[place % 5])
        forms = notations(number)
        flag = (True, None, False)[place % 3]
        written = forms[place % len(forms)]
        person.parts.contacts.append(Contact("Tel", written, kind, flag, number.clean))
    return person


def _twins(rng: Random, clock: Clock, exchange: Exchange) -> Iterator[Person]:
    for spellings in _TWINS:
        number = exchange.draw("K")
        for (first, name), written in zip(spellings, notations(number)[::2], strict=False):
            person = Person(name, _parts(rng, clock), first, "de")
            person.parts.contacts.append(Contact("Tel", written, "office", None, number.clean))
            yield person


def _many_jobs(rng: Random, clock: Clock, firms: int) -> Person:
    """Five positions: two of today, three former ones; and more tags than a column shows."""
    person = Person("Wandel", _parts(rng, clock), "Jobst", "de", "Herr", "Prof. Dr.", "male_user")
    titles = ("Beirat", "Gesellschafter", "Geschäftsführer", "Werkleitung", "Auszubildender")
    for place, title in enumerate(titles[: min(len(titles), firms)]):
        index = firms - 1 - place * max(1, firms // len(titles))
        person.jobs.append(Job(index, title, None, None if place else True, place > 1))
    person.parts.tags = list(PERSON_TAGS[:14])
    return person


def _talked_about(rng: Random, clock: Clock) -> Person:
    """Somebody with a very long background."""
    person = Person("Lang-Weyl", _parts(rng, clock), "Aurelia", "de", "Frau")
    person.parts.background = essay(rng, "Köln") + "\n\n" + essay(rng, "Wien")
    return person
