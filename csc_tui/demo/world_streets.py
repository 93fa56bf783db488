"""Streets with house numbers, in the manner of each country."""

from __future__ import annotations

from random import Random

from csc_tui.demo.world_chance import listed, pick

_GERMAN = listed(
    "Hauptstraße|Bahnhofstraße|Gartenweg|Am Mühlbach|Lindenallee|Gereonstraße|Industriestraße|"
    "Am Römerturm|Werkstraße|Hafenkai|Kirchgasse|Schützenstraße|Birkenweg|Am Güterbahnhof|"
    "Ziegeleiweg|Obere Gasse|Brückenstraße|Am Alten Zollamt|Färbergraben|Rosenstraße|"
    "An der Schleuse|Gerberstraße|Im Gewerbepark|Steinbruchweg|Tuchmacherstraße|Eichendamm|"
    "Zum Sägewerk|Salzgasse|Glockengießerwall|Ölmühlenweg|Fährstraße|Drahtzieherstraße|"
    "Am Kalkofen|Weberplatz|Weißdornweg|Süderstraße|Lange Reihe|Am Wasserturm|Kupferhammer|"
    "Straße der Handwerker|Uferpromenade|Kastanienhof|Am Bleichanger|Neuer Wall|Schulstraße",
    "|",
)

_BY_COUNTRY: dict[str, tuple[str, ...]] = {
    "GB": ("{n} Harbour Lane", "{n} Foundry Street", "Unit {n}, Canal Works", "{n} Weavers Row"),
    "IE": ("{n} Quay Lane",),
    "US": ("{n}00 Maple Avenue", "{n}12 Mill Street, Suite {m}", "{n}40 Old River Road"),
    "AU": ("{n} Wattle Street", "Shop {m}, {n} Jetty Road"),
    "FR": ("{n} rue des Tilleuls", "{n} bis, quai de la Forge", "{n} allée du Moulin"),
    "BE": ("Fabriekstraat {n}", "{n} rue du Canal"),
    "LU": ("{n} rue de la Gare",),
    "NL": ("Molenstraat {n}", "Havenkade {n}-{m}", "Lindelaan {n}"),
    "IT": ("Via delle Officine {n}", "Corso dei Tigli {n}/{m}", "Via del Mulino {n}"),
    "ES": ("Calle del Molino {n}", "Avenida de los Tilos {n}, {m}º"),
    "PT": ("Rua da Fábrica {n}", "Travessa do Cais {n}"),
    "PL": ("ul. Młyńska {n}/{m}", "ul. Fabryczna {n}", "ul. Lipowa {n}"),
    "CZ": ("Mlýnská {n}/{m}", "U Továrny {n}"),
    "HU": ("Malom utca {n}.",),
    "SE": ("Kvarngatan {n}", "Hamnvägen {n} B"),
    "DK": ("Møllevej {n}", "Havnegade {n}, {m}. th"),
    "NO": ("Fjellveien {n}",),
    "FI": ("Myllykatu {n} A {m}",),
    "TR": ("Değirmen Sokak No: {n}/{m}", "Çınar Caddesi {n}"),
    "GR": ("Οδός Ελαιών {n}", "Λιμένος {n}"),
    "UA": ("вул. Липова, {n}", "вул. Заводська, {n}/{m}"),
    "JP": ("丸の内{m}-{n}-{m}", "桜町{n}-{m}", "本町{m}丁目{n}番"),
    "CN": ("长江路{n}号", "梧桐街{n}号{m}室"),
    "KR": ("은행나무로 {n}", "강변길 {n}-{m}"),
    "TH": ("{n}/{m} ถนนต้นโพธิ์",),
    "IN": ("{n}, Banyan Road", "{n} नीम मार्ग"),
    "IL": ("רחוב האלון {n}", "דרך הנמל {n}"),
    "AE": ("شارع النخيل {n}",),
    "EG": ("{n} شارع الميناء",),
    "JO": ("شارع الزيتون {n}",),
    "BR": ("Rua das Palmeiras, {n}", "Avenida do Porto, {n} – sala {m}"),
    "CH": ("Mühleweg {n}", "Werdstrasse {n}", "Seestrasse {n}a", "Rue du Lac {n}"),
}
"""Country -> patterns; `n` is the house number, `m` a smaller one."""


def street(rng: Random, country: str) -> str:
    """A street with a house number as one writes it in `country` (alpha-2)."""
    house = 1 + int(rng.random() ** 2 * 140)
    patterns = _BY_COUNTRY.get(country)
    if patterns:
        return pick(rng, patterns).format(n=house, m=1 + int(rng.random() * 9))
    way = pick(rng, _GERMAN)
    shape = rng.random()
    if shape < 0.78:
        return f"{way} {house}"
    if shape < 0.9:
        return f"{way} {house}{'abcd'[int(shape * 100) % 4]}"
    return f"{way} {house}–{house + 2 + 2 * int(rng.random() * 6)}"
