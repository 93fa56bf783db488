"""What salespeople write down: backgrounds and notes, put together from sentences."""

from __future__ import annotations

from random import Random

from csc_tui.demo.world_chance import listed, pick
from csc_tui.demo.world_shapes import Note

_ABOUT = listed(
    "Ruft lieber an, als zu schreiben; am besten vor neun.|"
    "Entscheidet über alles bis 25.000 Euro allein.|"
    "Kommt aus der Werkstatt und will Zahlen sehen, keine Folien.|"
    "Über die Messe in {town} kennengelernt, Halle 7.|"
    "Empfohlen von einem gemeinsamen Bekannten aus {town}.|"
    "Bitte keine Werbung per Post.|"
    "Spricht fließend Französisch und etwas Polnisch.|"
    "Freitags ab zwölf nicht mehr im Haus.|"
    "Rechnungen immer als PDF und mit Bestellnummer.|"
    "Hat das Projekt in {town} von Anfang an begleitet.|"
    "Sammelt alte Rechenmaschinen, das bricht jedes Eis.|"
    "Budget wird im Oktober festgelegt, danach ist nichts mehr zu holen.|"
    "War früher beim Wettbewerb und kennt dessen Preise.|"
    "Vertretung macht die Assistenz, die ist gut unterrichtet.|"
    "Zahlt pünktlich, verhandelt aber hart über die Lieferzeit.|"
    "Größe der Anlage: 4 × 12 m, Deckenhöhe beachten!|"
    "Im August Betriebsferien.|"
    "Mag keine Anrede mit Titel.",
    "|",
)
_ABOUT_ENGLISH = listed(
    "Prefers the phone before nine.|Met at the trade fair in {town}, hall 7.|"
    "Decides alone up to 25,000; above that the board has to agree.|"
    "Ask about the sailing club, never about the merger.|Invoices as PDF only, with our order no.|"
    "Speaks German well enough for a call.|Out of the office on Fridays.|"
    "Knows the plant in {town} better than anybody.",
    "|",
)

_EVENTS = (
    ("call", "Anruf: {topic}", "Hat zurückgerufen wegen {topic}. {about}"),
    ("call", "Nicht erreicht", "Nicht erreicht. Zentrale sagt: ab Montag wieder da."),
    ("call", "Rückruf erbeten", "Bittet um Rückruf zum Thema {topic}, am liebsten vormittags."),
    ("note", "Notiz zu {topic}", "{topic}: {about}"),
    ("note", "Umzug", "Zieht zum Quartalsende in die neuen Räume in {town}."),
    ("meeting", "Besuch in {town}", "Vor Ort in {town}. Besprochen: {topic}.\n\n{about}\n{about}"),
    ("meeting", "Werksführung", "Rundgang mit der Technik, danach {topic} durchgegangen. {about}"),
    ("email", "Angebot zu {topic}", "Guten Tag,\n\nanbei das Angebot zu {topic}.\n\nViele Grüße"),
    ("other", "Weihnachtspost", "Karte und Kalender verschickt."),
)
_TOPICS = listed(
    "Wartungsvertrag|Nachbestellung|Preisliste 2027|Lieferverzug|Ersatzteile|Muster|Reklamation|"
    "neue Halle|Jahresgespräch|Rahmenvertrag|Schulung|Probelauf|Frachtkosten|Leihgerät|Abnahme",
    "|",
)


def remark(rng: Random, town: str, german: bool) -> str:
    """One or two sentences about somebody."""
    sentences = _ABOUT if german else _ABOUT_ENGLISH
    first = pick(rng, sentences)
    if rng.random() < 0.4:
        second = pick(rng, sentences)
        if second != first:
            first = f"{first} {second}"
    return first.replace("{town}", town)


def essay(rng: Random, town: str) -> str:
    """A background of several paragraphs, up to some 4,000 characters, with a list in it."""
    paragraphs = []
    for _ in range(3 + int(rng.random() * 7)):
        count = 3 + int(rng.random() * 5)
        paragraphs.append(" ".join(pick(rng, _ABOUT) for _ in range(count)))
    topics = "\n".join(f"- {pick(rng, _TOPICS)}" for _ in range(4))
    paragraphs.insert(2, f"Offene Punkte:\n{topics}")
    return "\n\n".join(paragraphs).replace("{town}", town)


def notes(
    rng: Random, town: str, address: str | None, users: int, span: tuple[int, int]
) -> list[Note]:
    """One to five notes, newest first, `span` days old: the newest and the oldest possible one.

    `address` is the partner's e-mail, `users` how many authors there are.
    """
    last, oldest = span
    found: list[Note] = []
    for _ in range(1 + int(rng.random() ** 2 * 5)):
        badge, title, content = pick(rng, _EVENTS)
        parts = {"topic": pick(rng, _TOPICS), "town": town, "about": pick(rng, _ABOUT)}
        parts["about"] = parts["about"].replace("{town}", town)
        note = Note(
            days=last + (int(rng.random() ** 2 * (oldest - last)) if found else 0),
            title=title.format(**parts),
            content=content.format(**parts),
            badge=badge,
            user=int(rng.random() * users),
            confidential=rng.random() < 0.02,
        )
        _dress(rng, note, address)
        found.append(note)
    return sorted(found, key=lambda note: note.days)


def _dress(rng: Random, note: Note, address: str | None) -> None:
    """Give a note its type and its format: mails are HTML with a header, some notes markdown."""
    if note.badge == "email" and address:
        note.type = "ProtocolEmail"
        note.format = "html"
        note.content = "<p>" + note.content.replace("\n\n", "</p><p>") + "</p>"
        note.mail = {
            "from": "vertrieb@example.com",
            "to": address,
            "cc": None,
            "bcc": None,
            "subject": note.title,
        }
    elif rng.random() < 0.15:
        note.format = "markdown"
        note.content = f"**{note.title}**\n\n- {note.content}"
