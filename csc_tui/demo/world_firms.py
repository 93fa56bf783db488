"""Companies drawn at random: name, town, how to reach them, how they are tagged."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from random import Random
from zlib import crc32

from csc_tui.demo.world_chance import Shares, listed, pick, pick_early
from csc_tui.demo.world_clock import Clock
from csc_tui.demo.world_phones import Exchange, Number, write
from csc_tui.demo.world_phrases import notes, remark
from csc_tui.demo.world_shapes import Address, Contact, Firm, Parts, Town
from csc_tui.demo.world_streets import street
from csc_tui.demo.world_towns import TOWNS
from csc_tui.demo.world_trades import COMPANY_TAGS, SECTORS, SEGMENTS, company_name, some_tags

COUNTRIES = Shares(
    [("DE", 74), ("AT", 4.5), ("CH", 4), ("FR", 2.6), ("GB", 2.6), ("US", 2), ("NL", 1.4)]
    + [("IT", 1.4), ("PL", 1.2), ("CZ", 0.6), ("ES", 0.6), ("BE", 0.6), ("SE", 0.5), ("TR", 0.6)]
    + [("JP", 0.5), ("CN", 0.4), ("IL", 0.3), ("AE", 0.2), ("EG", 0.1), ("GR", 0.2), ("UA", 0.2)]
    + [(code, 0.15) for code in listed("LU PT HU DK NO FI KR TH IN JO BR AU")]
)
"""Where the companies are."""

_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "ł": "l", "ı": "i"}
)


@lru_cache(maxsize=65536)
def slug(text: str) -> str:
    """`text` as one writes it in an internet address: `Neßler & Söhne` is `nessler-soehne`.

    Scripts other than the Latin one leave nothing.
    """
    plain = unicodedata.normalize("NFC", text).lower().translate(_UMLAUTS)
    letters = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    letters = letters.replace("'", "")
    return "-".join("".join(sign if sign.isalnum() else " " for sign in letters).split())


_FORM_WORDS = frozenset(
    listed(
        "gmbh gesmbh u kg ohg ag e k gbr eg se ug haftungsbeschraenkt co ltd plc llp inc llc corp "
        "bv nv srl spa b v n s r l p a sa sas sarl holding mbb partg oy ab as aps kft zrt pvt pty "
        "sp z o"
    )
)


def domain_of(name: str) -> str:
    """The made-up domain of a company: its name without the legal form, under `.example`.

    A name that leaves no Latin letter gets a number instead, the same one every time.
    """
    words = [word for word in slug(name).split("-") if word not in _FORM_WORDS]
    stem = "-".join(words[:3])[:40].strip("-")
    return (stem or f"firma-{crc32(name.encode()) % 10_000:04d}") + ".example"


def phone(rng: Random, number: Number, kind: str, primary: bool | None = None) -> Contact:
    """A phone entry as somebody typed it."""
    return Contact("Tel", write(rng, number), kind, primary, number.clean)


def some_zip(rng: Random, town: Town) -> str | None:
    """One of the town's postal codes; None where there are none."""
    return pick(rng, town.zips) if town.zips else None


class FirmMaker:
    """Draws companies, none with a name that is already there."""

    def __init__(self, rng: Random, clock: Clock, exchange: Exchange, users: int) -> None:
        self._rng = rng
        self._clock = clock
        self._exchange = exchange
        self._users = users
        self._names: set[str] = set()

    def reserve(self, names: Iterable[str]) -> None:
        """Keep `names` from being drawn."""
        self._names.update(names)

    def draw(self) -> Firm:
        """One more company."""
        rng = self._rng
        town = pick_early(rng, TOWNS[COUNTRIES.draw(rng)], 1.5)
        name = self._name(town)
        owner = int(rng.random() * self._users) if rng.random() < 0.85 else None
        parts = Parts(
            stamps=self._clock.stamps(rng),
            owner=owner,
            creator=int(rng.random() * self._users),
            editor=int(rng.random() * self._users),
        )
        firm = Firm(name, town, domain_of(name), parts)
        self._reach(firm, town)
        self._describe(firm, town)
        return firm

    def _name(self, town: Town) -> str:
        for _ in range(20):
            name = company_name(self._rng, town)
            if name not in self._names:
                break
            if f"{name}, {town.name}" not in self._names:
                name = f"{name}, {town.name}"
                break
        else:
            name = f"{name} ({len(self._names)})"
        self._names.add(name)
        return name

    def _reach(self, firm: Firm, town: Town) -> None:
        rng = self._rng
        parts = firm.parts
        if rng.random() < 0.93:
            place = street(rng, town.country) if rng.random() < 0.97 else None
            primary = pick(rng, (True, True, None, False))
            kind = pick(rng, ("work_hq", "work_hq", "work"))
            parts.addresses.append(Address(kind, place, some_zip(rng, town), town, primary))
            if rng.random() < 0.15:
                kind = pick(rng, ("invoice", "delivery", "other"))
                place = f"Postfach {10 + int(rng.random() * 89)} 01 {10 + int(rng.random() * 89)}"
                if kind != "invoice" or town.country not in ("DE", "AT", "CH"):
                    place = street(rng, town.country)
                parts.addresses.append(Address(kind, place, some_zip(rng, town), town, False))
        if town.region and rng.random() < 0.88:
            kind = pick(rng, ("office", "office", "office_hq"))
            number = self._exchange.draw(town.region)
            parts.contacts.append(phone(rng, number, kind, pick(rng, (True, None))))
            if rng.random() < 0.3:
                parts.contacts.append(phone(rng, self._exchange.draw(town.region), "fax"))
        if rng.random() < 0.8:
            box = pick(rng, ("info", "info", "kontakt", "office", "mail", "zentrale"))
            parts.contacts.append(Contact("Email", f"{box}@{firm.domain}"))
        if rng.random() < 0.7:
            site = pick(rng, ("https://{}", "https://www.{}", "http://www.{}/", "www.{}"))
            parts.contacts.append(Contact("Homepage", site.format(firm.domain)))
        if rng.random() < 0.04:
            handle = firm.domain.split(".")[0]
            parts.contacts.append(Contact("Sm", f"https://social.example/{handle}", "other"))

    def _describe(self, firm: Firm, town: Town) -> None:
        rng = self._rng
        parts = firm.parts
        german = town.country in ("DE", "AT", "CH")
        parts.tags = some_tags(rng, COMPANY_TAGS)
        if rng.random() < 0.25:
            parts.background = remark(rng, town.name, german)
        elif rng.random() < 0.2:
            parts.background = ""
        values = parts.values
        if rng.random() < 0.5:
            values["Segment"] = pick_early(rng, SEGMENTS)
        if rng.random() < 0.55:
            values["Customer no."] = str(100_000 + int(rng.random() * 90_000))
        if rng.random() < 0.3:
            values["Sector"] = pick(rng, SECTORS)
        if rng.random() < 0.2:
            values["Annual turnover"] = f"{int(rng.random() ** 3 * 9_000) * 10_000}.00"
        if rng.random() < 0.1:
            values["Contract until"] = self._clock.day(int(rng.random() * 1400) - 1000)
        if rng.random() < 0.05:
            values["Supplier portal"] = f"https://portal.example/{firm.domain.split('.')[0]}"
        if rng.random() < 0.15:
            parts.notes = notes(
                rng,
                town.name,
                f"info@{firm.domain}",
                self._users,
                self._clock.span(parts.stamps),
            )
        parts.portrait = rng.random() < 0.01
