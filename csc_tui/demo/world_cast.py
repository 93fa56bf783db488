"""The people and companies that the documentation's pictures show; every world begins with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from csc_tui.demo.world_clock import Clock
from csc_tui.demo.world_firms import domain_of, slug
from csc_tui.demo.world_shapes import (
    Address,
    Contact,
    Firm,
    Job,
    Note,
    Parts,
    Person,
    Stamps,
)
from csc_tui.demo.world_towns import BY_NAME

_COMPANY_LINES = """
Brandt GmbH|Köln|+49 221 4710 100|Messe;VIP|2
Harbour Tools Ltd|London|+44 20 7946 0180|UK|7
Lotus Import GmbH|Berlin|+49 30 23125 200|Messe|14
Autohaus Schmidt|Erfurt|+49 30 23125 118||1110
Bäckerei Schröder|Kiel|+49 40 66969 376||185
Brandschutz Jeß KG|Erfurt|+49 30 23125 119||40
Brauerei Seidl|Passau|+49 89 99998 100|Kunde|14
Deichbau Nord eG|Husum|+49 40 66969 110|Kunde|3
Gießerei Scheffler|Solingen|+49 221 4710 550|Kunde;Stahl|4
Heydt Holding AG|Frankfurt|+49 69 90009 000|VIP|43
Kanzlei Schmidt & Co|München|+49 89 99998 300|VIP|0
Neßler & Söhne KG|Straubing|+49 89 99998 050|Kunde|6
Orgelbau Naumann OHG|Görlitz|||380
Öztürk Metallbau|Bochum|+49 176 04069010|Kunde;Stahl|1
Pfänder Textil GmbH|Plauen|+49 30 23125 730||750
Quast Hebetechnik|Siegen|+49 221 4710 800|Stahl|36
Reederei Paulsen|Hamburg|+49 40 66969 600||276
Rößler Optik GmbH|Jena|+49 30 23125 450|VIP|11
Schütz Pumpen GmbH|Ulm|+49 89 99998 700|Kunde|9
Spedition Wächter|Kassel|+49 69 90009 700||155
東都精機株式会社|東京||Import|246
Stadtwerke Hürth Abwasser|Hürth|+49 221 4710 370|Kunde|21
Weinhandlung Au|Mainz|+49 69 90009 410||155
Strauß Logistik SE|Leipzig|+49 30 23125 600|Kunde|3
Uhren Thoma|Pforzheim|||216
Tölle Papier GmbH|Düren|+49 221 4710 290||7
Uhlig Kunststoff|Zwickau|+49 30 23125 870||28
Vogel & Vogel GbR|Trier|+49 69 90009 200||10
Weiß Druck GmbH|Nürnberg|+49 89 99998 400|Kunde|2
Wüllner Kälte|Paderborn|+49 221 4710 900||65
Mülheimer Rohrbau|Mülheim|+49 221 4710 660||8
Mulch & More GmbH|Kleve|||380
Atelier Muller SARL|Metz|+33 3 53 01 00 40||1480
"""

_PEOPLE_LINES = """
Jürgen|Müller|m|Brandt GmbH|Köln|+49 221 4710 123|2|Head of purchasing
Álvaro|Mürz|m|Brandt GmbH|Köln|+49 221 4710 124|2|Purchasing
Sven|Peiffer|m|Brandt GmbH|Köln|+49 221 4710 160|14|Works council
Paweł|Szymański|m|Brandt GmbH|Köln|+49 221 4710 131|5|Site manager Kalk
Petra|Lang|f|Brandt GmbH|Köln||14|Assistant (former)
Siobhán|O’Brien|f|Harbour Tools Ltd|London|+44 20 7946 0182|7|Sales Manager
Thị Hương|Nguyễn|f|Lotus Import GmbH|Berlin|+49 30 23125 208|14|Einkauf
Petra|Müller|f|Stadtwerke Hürth Abwasser|Hürth|+49 221 4710 377|21|Sachbearbeitung
Emre|Öztürk|m|Öztürk Metallbau|Bochum|+49 176 04069012|1|Inhaber
Hagen|Müller-Lüdenscheidt|m|Weinhandlung Au|Mainz|+49 69 90009 412|155|Inhaber
美咲|佐藤|f|東都精機株式会社|東京||246|
Anna|Schmidt|f|Kanzlei Schmidt & Co|München|+49 89 99998 310|0|Partnerin
Ilse|Naumann|f|Orgelbau Naumann OHG|Görlitz||380|Inhaberin
Björn|Neßler|m|Neßler & Söhne KG|Straubing|+49 89 99998 051|6|Geschäftsführer
Änne|Niebergall|f||Fulda|+49 171 3920017|125|
Uwe|Paulsen|m|Reederei Paulsen|Hamburg|+49 40 66969 640|276|Prokurist
Wiebke|Petersen|f|Deichbau Nord eG|Husum|+49 40 66969 118|3|Projektleitung
Käthe|Pfänder|f|Pfänder Textil GmbH|Plauen|+49 30 23125 731|750|Geschäftsführerin
Friedhelm|Quast|m|Quast Hebetechnik|Siegen|+49 221 4710 809|36|Inhaber
Annegret|Rößler|f|Rößler Optik GmbH|Jena|+49 30 23125 454|11|Vertriebsleitung
Hans-Jörg|Scheffler|m|Gießerei Scheffler|Solingen|+49 221 4710 552|4|Werkleitung
Bernd|Schmidt|m|Autohaus Schmidt|Erfurt||1110|Inhaber
Zoë|Schmidt|f|Lotus Import GmbH|Berlin|+49 30 23125 209|14|Vertrieb
Torsten|Schröder|m|Bäckerei Schröder|Kiel|+49 40 66969 377|185|Inhaber
Marlies|Schütz|f|Schütz Pumpen GmbH|Ulm|+49 89 99998 718|9|Einkaufsleitung
Xaver|Seidl|m|Brauerei Seidl|Passau|+49 89 99998 102|14|Braumeister
Ruth|Stein|f|||+49 171 3920044|380|
Günther|Strauß|m|Strauß Logistik SE|Leipzig|+49 30 23125 660|3|Disposition
Leopold|Thoma|m|Uhren Thoma|Pforzheim||216|Inhaber
Ingeborg|Tölle|f|Tölle Papier GmbH|Düren|+49 221 4710 290|7|Geschäftsführerin
Mandy|Uhlig|f|Uhlig Kunststoff|Zwickau|+49 30 23125 871|28|Innendienst
Selin|Ünal|f|Öztürk Metallbau|Bochum|+49 176 04069013|1|Buchhaltung
Katharina|Vogel|f|Vogel & Vogel GbR|Trier|+49 69 90009 220|10|Gesellschafterin
Clemens|von der Heydt|m|Heydt Holding AG|Frankfurt|+49 69 90009 001|43|Vorstand
Ottilie|Wächter|f|Spedition Wächter|Kassel|+49 69 90009 733|155|Disposition
Ömer|Weiß|m|Weiß Druck GmbH|Nürnberg|+49 89 99998 440|2|Produktionsleitung
Ewald|Wüllner|m|Wüllner Kälte|Paderborn|+49 221 4710 917|65|Inhaber
Deborah|Mueller|f|Harbour Tools Ltd|London|+44 20 7946 0140|750|Buyer
Jutta|Kern|f|Mülheimer Rohrbau|Mülheim|+49 221 4710 661|8|Vertrieb
Iris|Rau|f|Mulch & More GmbH|Kleve||380|Inhaberin
Danièle|Muller|f|Atelier Muller SARL|Metz||1480|Directrice
Ferdinand|Müllner|m||Linz||2200|
"""

_LANGUAGES = {"London": "en", "Metz": "fr", "東京": "ja"}
_SALUTATIONS = {"de": ("Herr", "Frau"), "en": ("Mr", "Ms"), "fr": ("Monsieur", "Madame")}


def _clean(phone: str) -> str:
    return "+" + re.sub(r"\D", "", phone)


def _parts(clock: Clock, days: int) -> Parts:
    """An unremarkable history that ends `days` ago."""
    last = clock.now - 600_000 if days == 0 else clock.at(days, "16:42")
    changed = min(last, clock.at(days + 1, "10:15"))
    stamps = Stamps(clock.at(days + 600, "09:12"), changed, last)
    return Parts(stamps, owner=0, creator=1, editor=0)


class Company(NamedTuple):
    """A company of the pictures."""

    name: str
    town: str
    phone: str
    tags: str
    days: int

    def firm(self, clock: Clock) -> Firm:
        """The company itself."""
        town = BY_NAME[self.town]
        firm = Firm(self.name, town, domain_of(self.name), _parts(clock, self.days))
        parts = firm.parts
        parts.tags = self.tags.split(";") if self.tags else []
        if self.phone:
            parts.contacts.append(Contact("Tel", self.phone, "office", True, _clean(self.phone)))
        if self.name == "Brandt GmbH":
            _brandt(parts)
        else:
            parts.addresses.append(Address("work_hq", None, town.zips[0], town, True))
        return firm


class Member(NamedTuple):
    """A person of the pictures."""

    first: str
    name: str
    sex: str
    company: str
    town: str
    phone: str
    days: int
    job: str

    def person(self, clock: Clock, firms: Mapping[str, int]) -> Person:
        """The person; `firms`: where the companies that exist stand in the world's list."""
        language = _LANGUAGES.get(self.town, "de")
        female = self.sex == "f"
        forms = _SALUTATIONS.get(language)
        person = Person(
            name=self.name,
            parts=_parts(clock, self.days),
            first=self.first,
            language=language,
            salutation=forms[female] if forms else None,
            gender="female_user" if female else "male_user",
            identity="female" if female else "male",
        )
        parts = person.parts
        firm = firms.get(self.company)
        if firm is not None:
            former = self.job.endswith("(former)")
            job = self.job.removesuffix(" (former)") or None
            person.jobs.append(Job(firm, job, None, not former, former))
        elif self.town:
            town = BY_NAME[self.town]
            parts.addresses.append(Address("private", None, town.zips[0], town))
        if self.phone:
            kind = "mobile" if self.phone.startswith("+49 17") else "office"
            parts.contacts.append(Contact("Tel", self.phone, kind, None, _clean(self.phone)))
            first, last = slug(self.first), slug(self.name)
            host = domain_of(self.company) if self.company else "post.example"
            parts.contacts.append(Contact("Email", f"{first[:1]}.{last}@{host}"))
        if self == CAST[0]:
            _juergen(person, clock)
        return person


def _brandt(parts: Parts) -> None:
    """What the picture of a company's record shows."""
    town = BY_NAME["Köln"]
    parts.contacts += [
        Contact("Tel", "+49 221 4710 199", "fax", None, "+492214710199"),
        Contact("Email", "info@brandt.example"),
        Contact("Homepage", "https://brandt.example"),
    ]
    parts.addresses += [
        Address("work", "Gereonstraße 18–32", "50670", town, True),
        Address("invoice", "Postfach 10 11 12", "50450", town),
    ]
    parts.values = {"Segment": "A-Kunde", "Customer no.": "104711"}


def _juergen(person: Person, clock: Clock) -> None:
    """What the pictures of a person's record show."""
    person.title = "Dr."
    parts = person.parts
    changed = clock.at(2, "16:42")
    parts.stamps = Stamps(clock.at(991, "09:12"), changed, changed)
    parts.background = (
        "Prefers the phone before nine. Speaks for the works council on safety; "
        "ask him about the Kalk site before Klaus does."
    )
    parts.contacts.insert(
        1, Contact("Tel", "+49 171 3920012", "mobile", None, _clean("+49 171 3920012"))
    )
    parts.contacts.append(Contact("Homepage", "https://brandt.example"))
    parts.addresses = [
        Address("work", "Gereonstraße 18–32", "50670", BY_NAME["Köln"], True),
        Address("private", "Am Römerturm 3", "50354", BY_NAME["Hürth"]),
    ]
    parts.tags = ["VIP", "Messe Köln"]
    parts.values = {
        "Segment": "A-Kunde",
        "Credit limit": "50000.00",
        "Next visit": clock.day(-20),
    }
    for job in person.jobs:
        job.department = "Purchasing"
    person.events = [("birthday", "1974-03-14", None)]
    person.assistants = [("Petra Lang", None, "+49 221 4710 120")]
    parts.notes = _history()


def _history() -> list[Note]:
    """Jürgen Müller's notes, newest first."""
    mail: dict[str, object] = {
        "from": "uwe@vertrieb.example",
        "to": "j.mueller@brandt.example",
        "cc": None,
        "bcc": None,
        "subject": "Quote 2026-0917",
    }
    return [
        Note(
            2,
            "wants the 40 t crane quoted again",
            "Wants the 40 t crane quoted again, this time with the rail-mounted foot and delivery "
            "to Kalk. Decision falls in the second week of December. Ring before nine.",
            "call",
        ),
        Note(
            17,
            "Met in Köln, hall 7. Budget from January",
            "Met in Köln, hall 7. Budget from January. Introduced Álvaro Mürz, who will run the "
            "project.",
        ),
        Note(
            *(66, "Quote 2026-0917 sent", "Quote 2026-0917 sent (2 files, 340 kB)", "email", 1),
            type="ProtocolEmail",
            mail=mail,
        ),
        Note(142, "Prokura", "Prokura since June. Letter of congratulation sent.", user=1),
        Note(255, "Not reached", "Not reached. Assistant: back on Monday.", "call", 1),
    ]


def _companies() -> Iterator[Company]:
    for line in _COMPANY_LINES.strip().splitlines():
        name, town, phone, tags, days = line.split("|")
        yield Company(name, town, phone, tags, int(days))


def _cast() -> Iterator[Member]:
    for line in _PEOPLE_LINES.strip().splitlines():
        first, name, sex, company, town, phone, days, job = line.split("|")
        yield Member(first, name, sex, company, town, phone, int(days), job)


COMPANIES = tuple(_companies())
"""The companies of the pictures; Brandt GmbH first."""
CAST = tuple(_cast())
"""The people of the pictures; Jürgen Müller first."""
PHONES = frozenset(
    _clean(phone)
    for phone in (
        *(member.phone for member in CAST),
        *(company.phone for company in COMPANIES),
        *("+49 221 4710 120", "+49 221 4710 199", "+49 171 3920012", "+49 221 4710 172"),
    )
    if phone
)
"""Their numbers, which nobody else gets."""
