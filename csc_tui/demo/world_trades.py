"""What companies do and are called, what their people do there, and how both are tagged."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from csc_tui.demo.world_chance import listed, pick, pick_early
from csc_tui.demo.world_names import BY_COUNTRY, family_name
from csc_tui.demo.world_shapes import Town

_TRADES = listed(
    "Metallbau|Maschinenbau|Elektrotechnik|Werkzeugbau|Anlagenbau|Logistik|Gießerei|Pumpen|"
    "Hebetechnik|Kunststofftechnik|Verpackungen|Papier|Druck|Textil|Optik|Messtechnik|"
    "Dichtungstechnik|Fördertechnik|Antriebe|Armaturen|Kältetechnik|Klimatechnik|Sanitär|Holzbau|"
    "Fensterbau|Möbel|Gerüstbau|Tiefbau|Stahlhandel|Drahtwaren|Federn|Oberflächentechnik|"
    "Medizintechnik|Laborbedarf|Etiketten|Schließtechnik|Beschläge|Lackiertechnik|Agrartechnik|"
    "Mühlenbau|Feinmechanik|Blechverarbeitung|Brandschutz|Datentechnik|Sensorik|Wasserstrahltechnik",
    "|",
)
_HOUSES = listed(
    "Autohaus|Bäckerei|Brauerei|Spedition|Weinhandlung|Kanzlei|Ingenieurbüro|Reederei|Orgelbau|"
    "Druckerei|Gärtnerei|Steuerbüro|Architekturbüro|Sägewerk|Buchhandlung|Apotheke|Schreinerei|"
    "Molkerei|Ziegelei|Hotel|Praxis|Kaffeerösterei|Zimmerei|Destillerie|Mühle",
    "|",
)
_COINED = listed(
    "Novaxis|Ferrolith|Alpitec|Hydronorm|Veltrix|Rhenotech|Solvanta|Quadrion|Elbwerk|Nordlicht|"
    "Isarmont|Lumitron|Spreewerk|Kronaqua|Terravolt|Maxidur|Pneumatix|Zirkona|Baltico|Domstein",
    "|",
)
_HOUSE_FORMS = ("", "", "", " GmbH", " GmbH", " KG", " OHG", " e. K.")
_COINED_TAILS = listed("Systeme|Industrie|Solutions|Handel|Technik|Service|Werke|Labs|Energie", "|")
_GERMAN_FORMS = listed(
    "GmbH|GmbH|GmbH|GmbH|GmbH & Co. KG|GmbH & Co. KG|KG|OHG|AG|e. K.|GbR|eG|SE|"
    "UG (haftungsbeschränkt)",
    "|",
)

_FORMS: dict[str, tuple[str, ...]] = {
    "AT": ("GmbH", "GesmbH", "KG", "AG", "e. U."),
    "CH": ("AG", "GmbH", "SA", "Sàrl"),
    "FR": ("SARL", "SAS", "SA"),
    "BE": ("BV", "SRL", "NV"),
    "LU": ("S.à r.l.",),
    "GB": ("Ltd", "Ltd", "PLC", "LLP"),
    "IE": ("Ltd",),
    "US": ("Inc.", "LLC", "Corp."),
    "AU": ("Pty Ltd",),
    "NL": ("B.V.", "N.V."),
    "IT": ("S.r.l.", "S.p.A.", "S.n.c."),
    "ES": ("S.L.", "S.A."),
    "PT": ("Lda.", "S.A."),
    "BR": ("Ltda.",),
    "PL": ("sp. z o.o.", "S.A."),
    "CZ": ("s.r.o.", "a.s."),
    "HU": ("Kft.", "Zrt."),
    "SE": ("AB",),
    "DK": ("A/S", "ApS"),
    "NO": ("AS",),
    "FI": ("Oy",),
    "TR": ("A.Ş.", "Ltd. Şti."),
    "GR": ("Α.Ε.", "ΕΠΕ"),
    "UA": ("ТОВ",),
    "IN": ("Pvt. Ltd.",),
    "TH": ("จำกัด",),
}
_TRADES_ABROAD: dict[str, tuple[str, ...]] = {
    "FR": ("Atelier", "Mécanique", "Emballages", "Fonderie", "Logistique", "Outillage", "Textiles"),
    "IT": ("Officina", "Meccanica", "Tessitura", "Ceramiche", "Trasporti", "Utensili"),
    "ES": ("Talleres", "Metales", "Envases", "Cerámicas", "Transportes"),
    "PT": ("Cortiças", "Metalúrgica", "Têxteis"),
    "BR": ("Indústria", "Comércio", "Máquinas"),
    "PL": ("Narzędzia", "Odlewnia", "Opakowania", "Spedycja"),
    "CZ": ("Strojírna", "Sklárna", "Slévárna"),
    "TR": ("Tekstil", "Metal", "Makine", "Lojistik"),
    "SE": ("Verktyg", "Industri", "Mekaniska"),
    "HU": ("Gépgyár", "Szerszám"),
    "GR": ("Μεταλλουργία", "Ναυτιλιακή"),
    "UA": ("Машинобудування", "Металіст"),
    "IN": ("Engineering Works", "Textiles"),
    "TH": ("การค้า", "เครื่องจักร"),
}
_ENGLISH = ("Tools", "Engineering", "Packaging", "Freight", "Castings", "Supplies", "& Sons",
            "Instruments", "Timber", "Glassworks", "Marine", "Textiles")  # fmt: skip
_WHOLE: dict[str, tuple[str, ...]] = {
    "JP": ("{}精機株式会社", "株式会社{}製作所", "{}工業株式会社"),
    "CN": ("{}机械有限公司", "{}进出口有限公司"),
    "KR": ("{}정밀 주식회사", "(주){}테크"),
    "IL": ("{} תעשיות בע״מ", "{} ובניו בע״מ"),
    "AE": ("شركة {} للتجارة ذ.م.م",),
    "EG": ("مصنع {} للنسيج",),
    "JO": ("مؤسسة {} وأولاده",),
}
"""Countries whose names are written as one: the family name goes into the braces."""

JOBS = listed(
    "Geschäftsführer|Einkauf|Vertrieb|Sachbearbeitung|Einkaufsleitung|Vertriebsleitung|Assistenz|"
    "Buchhaltung|Produktionsleitung|Prokurist|Projektleitung|Technische Leitung|Disposition|"
    "Qualitätssicherung|Konstruktion|Außendienst|Innendienst|Marketing|IT-Leitung|Personalleitung|"
    "Werkleitung|Betriebsrat|Inhaber|Auszubildender|Datenschutzbeauftragte|Lagerleitung|"
    "Arbeitsvorbereitung|Empfang|Instandhaltung|Bereichsleitung Öl & Gas|Service|Aufsichtsrat",
    "|",
)
JOBS_ABROAD = listed(
    "Managing Director|Buyer|Sales Manager|Head of Purchasing|Office Manager|CFO|CTO|Site Manager|"
    "Project Manager|Quality Engineer|Logistics Coordinator|Account Manager|Owner|Plant Manager",
    "|",
)
DEPARTMENTS = listed(
    "Einkauf|Vertrieb|Verwaltung|Produktion|Technik|Logistik|IT|Personal|Qualität|Geschäftsleitung|"
    "Forschung & Entwicklung|Export|Finanzen|Service|Werk 2|Niederlassung Süd",
    "|",
)
DEPARTMENTS_ABROAD = listed("Purchasing|Sales|Production|Finance|Logistics|R&D|Board|Export", "|")

PERSON_TAGS = listed(
    "Kunde|Interessent|VIP|Messe Köln|Newsletter|Lieferant|Entscheider|Weihnachtskarte|Einkauf|"
    "Messe Hannover 2026|Technik|Stammtisch|Empfehlung|Presse|Kein Anruf|Ehemalig|Schulung|Partner|"
    "Beirat|Förderverein|Angebot offen|Messe|Golf|Export|UK|dormant|Français",
    "|",
)
"""The commoner first."""
COMPANY_TAGS = listed(
    "Kunde|Interessent|Lieferant|Messe|Stahl|Partner|VIP|Import|Export|Wettbewerb|Rahmenvertrag|"
    "Handwerk|Industrie 4.0|UK|Region Süd|Region Nord|gesperrt|Spende|Börsennotiert",
    "|",
)
SEGMENTS = ("A-Kunde", "B-Kunde", "C-Kunde", "Interessent")
SECTORS = ("Handwerk", "Industrie", "Handel", "Dienstleistung", "Öffentliche Hand")


def company_name(rng: Random, town: Town) -> str:
    """A company's name with its legal form, in the manner of the town's country."""
    country = town.country
    if country in _WHOLE:
        family = family_name(rng, BY_COUNTRY[country].draw(rng))
        return pick(rng, _WHOLE[country]).format(family)
    if country in ("DE", "AT", "CH"):
        return _german_name(rng, town)
    form = pick(rng, _FORMS[country])
    family = family_name(rng, BY_COUNTRY[country].draw(rng))
    trade = pick(rng, _TRADES_ABROAD.get(country, _ENGLISH))
    shape = rng.random()
    if country in _TRADES_ABROAD:
        return f"{trade} {family} {form}" if shape < 0.7 else f"{family} {trade} {form}"
    if shape < 0.2:
        return f"{pick(rng, _COINED)} {trade} {form}".replace(" & Sons", "")
    return f"{family} {trade} {form}"


def _german_name(rng: Random, town: Town) -> str:
    form = pick(rng, _FORMS.get(town.country, ()) or tuple(_GERMAN_FORMS))
    family = family_name(rng, "de")
    shape = rng.random()
    if shape < 0.4:
        return f"{family} {pick(rng, _TRADES)} {form}"
    if shape < 0.6:
        return f"{pick(rng, _HOUSES)} {family}" + pick(rng, _HOUSE_FORMS)
    if shape < 0.68:
        return f"{family} & Söhne {pick(rng, ('KG', 'OHG', 'GmbH'))}"
    if shape < 0.74:
        return f"{family} & {family_name(rng, 'de')} {pick(rng, ('GbR', 'OHG', 'PartG mbB'))}"
    if shape < 0.84:
        return f"{pick(rng, _TRADES)} {town.name} {form}"
    if shape < 0.87:
        return f"{family} Holding AG"
    tail = pick(rng, _COINED_TAILS)
    return f"{pick(rng, _COINED)} {tail} {form}"


def some_tags(rng: Random, known: Sequence[str]) -> list[str]:
    """None to six different tags, mostly few, the commoner ones more often."""
    wanted = int(rng.random() ** 2.2 * 4.3)
    if rng.random() < 0.01:
        wanted += 3
    return list(dict.fromkeys(pick_early(rng, known, 2.0) for _ in range(wanted)))
