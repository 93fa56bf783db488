"""Persons drawn at random: who they are, where they work, how to reach them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from csc_tui.demo.world_chance import Shares, pick, pick_early
from csc_tui.demo.world_clock import Clock
from csc_tui.demo.world_firms import COUNTRIES, phone, slug, some_zip
from csc_tui.demo.world_names import BY_COUNTRY, CULTURES, family_name, given_name
from csc_tui.demo.world_phones import Exchange, write
from csc_tui.demo.world_phrases import essay, notes, remark
from csc_tui.demo.world_shapes import Address, Contact, Firm, Job, Parts, Person, Town
from csc_tui.demo.world_streets import street
from csc_tui.demo.world_towns import TOWNS
from csc_tui.demo.world_trades import (
    DEPARTMENTS,
    DEPARTMENTS_ABROAD,
    JOBS,
    JOBS_ABROAD,
    PERSON_TAGS,
    SEGMENTS,
    some_tags,
)

GERMAN = frozenset(("DE", "AT", "CH"))
"""Countries whose records are kept in German."""

_TITLES = Shares([("Dr.", 55), ("Prof. Dr.", 10), ("Dipl.-Ing.", 20), ("Dr. med.", 5),
                  ("Dr.-Ing.", 5), ("Mag.", 3), ("Prof. Dr. h. c. mult.", 2)])  # fmt: skip
_GENDERS = {
    False: Shares([("male_user", 70), ("male_auto", 20), ("gender_unknown", 4), ("", 6)]),
    True: Shares([("female_user", 70), ("female_auto", 20), ("gender_unknown", 4), ("", 6)]),
}
"""By whether the given name is a woman's; the empty one stands for null."""
_SALUTATIONS = {
    "de": ("Herr", "Frau"),
    "en": ("Mr", "Ms"),
    "fr": ("Monsieur", "Madame"),
    "it": ("Signor", "Signora"),
    "es": ("Señor", "Señora"),
    "nl": ("De heer", "Mevrouw"),
}
_MOBILE = {"DE": "DE mobile", "GB": "GB mobile", "FR": "FR mobile"}
"""Countries with reserved mobile numbers that are used here."""
_FREE_MAIL = ("example.com", "example.org", "example.net", "post.example", "mail.example")


class PersonMaker:
    """Draws persons who work in the given companies."""

    def __init__(
        self,
        rng: Random,
        clock: Clock,
        exchange: Exchange,
        users: int,
        firms: list[Firm],
        employers: Sequence[int],
    ) -> None:
        """`employers`: indexes of the companies that get people, those with the most first."""
        self._rng = rng
        self._clock = clock
        self._exchange = exchange
        self._users = users
        self._firms = firms
        self._employers = employers

    def draw(self) -> Person:
        """One more person."""
        rng = self._rng
        firm = pick_early(rng, self._employers) if self._employers and rng.random() < 0.82 else None
        town = self._firms[firm].town if firm is not None else None
        home = town or pick_early(rng, TOWNS[COUNTRIES.draw(rng)], 1.5)
        culture = BY_COUNTRY[home.country].draw(rng)
        female = rng.random() < 0.45
        person = Person(
            name=family_name(rng, culture, female),
            first=given_name(rng, culture, female),
            parts=Parts(
                stamps=self._clock.stamps(rng),
                owner=int(rng.random() * self._users) if rng.random() < 0.85 else None,
                creator=int(rng.random() * self._users),
                editor=int(rng.random() * self._users),
            ),
        )
        if rng.random() < 0.015:
            if rng.random() < 0.6:
                person.first = None
            return person
        if rng.random() < 0.02:
            person.name = unicodedata.normalize("NFD", person.name)
            person.first = unicodedata.normalize("NFD", person.first or "")
        self._address(person, culture, female, home)
        self._work(person, firm, home)
        self._reach(person, firm, home)
        self._place(person, firm, home)
        self._describe(person, home)
        return person

    def _address(self, person: Person, culture: str, female: bool, home: Town) -> None:
        """Language, gender, salutation and title."""
        rng = self._rng
        language = "de" if home.country in GERMAN else CULTURES[culture].language
        if culture in ("fr", "it") and home.country == "CH":
            language = culture
        person.language = language if rng.random() < 0.9 else None
        person.gender = _GENDERS[female].draw(rng) or None
        if person.gender and rng.random() < 0.3:
            person.identity = "female" if female else "male"
        if rng.random() < 0.006:
            person.gender, person.identity = "diverse_user", "diverse"
        elif rng.random() < 0.75:
            forms = _SALUTATIONS.get(language)
            person.salutation = forms[female] if forms else None
        elif rng.random() < 0.3:
            person.salutation = ""
        if rng.random() < 0.07:
            person.title = _TITLES.draw(rng)

    def _work(self, person: Person, firm: int | None, home: Town) -> None:
        if firm is None:
            return
        rng = self._rng
        german = home.country in GERMAN
        jobs, departments = (JOBS, DEPARTMENTS) if german else (JOBS_ABROAD, DEPARTMENTS_ABROAD)
        person.jobs.append(
            Job(
                firm,
                pick(rng, jobs) if rng.random() < 0.85 else None,
                pick(rng, departments) if rng.random() < 0.5 else None,
                pick(rng, (True, True, True, None, False)),
                False if rng.random() < 0.9 else None,
            )
        )
        while rng.random() < 0.1:
            other = pick(rng, self._employers)
            if other != firm:
                former = rng.random() < 0.65
                name = pick(rng, jobs)
                person.jobs.append(Job(other, name, None, False if former else None, former))

    def _reach(self, person: Person, firm: int | None, home: Town) -> None:
        rng = self._rng
        contacts = person.parts.contacts
        chance = rng.random()
        if firm is not None and home.region and chance < 0.78:
            if chance < 0.12 and (shared := self._switchboard(firm)):
                contacts.append(shared)
            else:
                number = self._exchange.draw(home.region)
                contacts.append(phone(rng, number, "office", pick(rng, (None, None, True, False))))
        mobile = _MOBILE.get(home.country)
        if mobile and rng.random() < 0.3:
            contacts.append(phone(rng, self._exchange.draw(mobile), "mobile"))
        if home.region:
            if rng.random() < 0.06:
                contacts.append(phone(rng, self._exchange.draw(home.region), "fax"))
            if rng.random() < (0.1 if firm is not None else 0.5):
                contacts.append(phone(rng, self._exchange.draw(home.region), "private"))
            if rng.random() < 0.003:
                kinds = ("office", "mobile", "fax", "private", "voip", "other", "office", "other")
                contacts.extend(
                    phone(rng, self._exchange.draw(home.region), kind) for kind in kinds
                )
        self._write_to(person, firm)

    def _switchboard(self, firm: int) -> Contact | None:
        """The company's own number as the person's, typed by somebody else."""
        main = next((one for one in self._firms[firm].parts.contacts if one.type == "Tel"), None)
        return main and Contact("Tel", main.name, "office", None, main.clean)

    def _write_to(self, person: Person, firm: int | None) -> None:
        rng = self._rng
        contacts = person.parts.contacts
        box = self._mailbox(person)
        if firm is not None and rng.random() < 0.82:
            primary = pick(rng, (None, None, True))
            contacts.append(Contact("Email", f"{box}@{self._firms[firm].domain}", primary=primary))
        if rng.random() < (0.12 if firm is not None else 0.6):
            address = f"{box}@{pick(rng, _FREE_MAIL)}"
            contacts.append(Contact("Email", address, "private", pick(rng, (None, False))))
        if rng.random() < 0.05:
            contacts.append(Contact("Homepage", f"https://{box.replace('.', '-')}.example"))
        if rng.random() < 0.04:
            contacts.append(Contact("Sm", f"https://social.example/{box}", "other"))
        if rng.random() < 0.02:
            contacts.append(Contact("Im", f"{box}@chat.example", pick(rng, ("skype", "other"))))

    def _mailbox(self, person: Person) -> str:
        first, last = slug(person.first or ""), slug(person.name)
        if not last:
            return f"kontakt{int(self._rng.random() * 9000) + 1000}"
        if not first:
            return last
        shape = self._rng.random()
        if shape < 0.6:
            return f"{first}.{last}"
        return f"{first[0]}.{last}" if shape < 0.85 else last

    def _place(self, person: Person, firm: int | None, home: Town) -> None:
        rng = self._rng
        addresses = person.parts.addresses
        if firm is not None and rng.random() < 0.3:
            theirs = self._firms[firm].parts.addresses
            if theirs:
                own = theirs[0]
                flag = pick(rng, (True, None))
                addresses.append(Address("work", own.street, own.zip, own.town, flag))
        if rng.random() < (0.12 if firm is not None else 0.65):
            near = pick_early(rng, TOWNS[home.country]) if rng.random() < 0.4 else home
            place = street(rng, near.country)
            addresses.append(Address("private", place, some_zip(rng, near), near, None))

    def _describe(self, person: Person, home: Town) -> None:
        rng = self._rng
        parts = person.parts
        parts.tags = some_tags(rng, PERSON_TAGS)
        chance = rng.random()
        if chance < 0.006:
            parts.background = essay(rng, home.name)
        elif chance < 0.3:
            parts.background = remark(rng, home.name, home.country in GERMAN)
        elif chance < 0.42:
            parts.background = ""
        self._values(parts.values, person)
        self._events(person)
        if rng.random() < 0.03:
            name = f"{given_name(rng, 'de', True)} {family_name(rng, 'de')}"
            tel = write(rng, self._exchange.draw(home.region)) if home.region else None
            mail = f"{slug(name).replace('-', '.')}@mail.example" if rng.random() < 0.5 else None
            person.assistants.append((name, mail, tel))
        if rng.random() < 0.22:
            mail = next((one.name for one in parts.contacts if one.type == "Email"), None)
            parts.notes = notes(rng, home.name, mail, self._users, self._clock.span(parts.stamps))
        parts.portrait = rng.random() < 0.008

    def _values(self, values: dict[str, str], person: Person) -> None:
        rng = self._rng
        if rng.random() < 0.4:
            values["Segment"] = pick_early(rng, SEGMENTS)
        if rng.random() < 0.15:
            values["Credit limit"] = f"{(1 + int(rng.random() ** 2 * 200)) * 500}.00"
        if rng.random() < 0.1:
            values["Next visit"] = self._clock.day(-1 - int(rng.random() ** 2 * 200))
        if rng.random() < 0.05:
            values["Profile"] = f"https://profile.example/{slug(person.name) or 'p'}"
        if rng.random() < 0.2:
            values["Customer no."] = str(200_000 + int(rng.random() * 700_000))

    def _events(self, person: Person) -> None:
        rng = self._rng
        if rng.random() < 0.25:
            born = date(1944, 1, 1) + timedelta(days=int(rng.random() * 22_000))
            person.events.append(("birthday", born.isoformat(), None))
        if rng.random() < 0.03:
            day = self._clock.day(int(rng.random() * 2500))
            person.events.append(("first_met", day, "Messe"))
        if rng.random() < 0.02:
            day = self._clock.day(-int(rng.random() * 300))
            person.events.append((pick(rng, ("renewal", "anniversary", "other")), day, "Vertrag"))
