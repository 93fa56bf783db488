"""What a Concord account has beside people and companies: pick lists, custom fields, products."""

from __future__ import annotations

from typing import NamedTuple

SOURCES = ("Messe", "Empfehlung", "Webseite", "Telefon", "Kampagne", "Partner")
INDUSTRIES = ("Handwerk", "Industrie", "Handel", "Dienstleistung", "Öffentliche Hand")
LOST_REASONS = ("Zu teuer", "Kein Bedarf", "Wettbewerb", "Keine Antwort")
OUTCOMES = (
    *(("Erreicht", "#a3e635"), ("Nicht erreicht", "#f43f5e"), ("Besetzt", "#fbbf24")),
    *(("Nachricht hinterlassen", "#93c5fd"), ("Rückruf vereinbart", "#c4b5fd")),
)
"""Name and colour of a call's outcomes."""
TYPES = (
    *(("Call", "Phone", "#80deea"), ("Meeting", "UserGroup", "#374151")),
    *(("Task", "ClipboardCheck", "#ffcc80"), ("Email", "Mail", "#b39ddb")),
    ("Deadline", "Clock", "#ef9a9a"),
)
"""Name, icon and colour of the types of activities."""
PIPELINES = (
    (
        "Vertrieb",
        *(
            (
                *(("Qualifiziert", 20), ("Kontaktiert", 40), ("Angebot verschickt", 60)),
                *(("Verhandlung", 80), ("Zusage", 95)),
            ),
        ),
    ),
    ("Service", (("Gemeldet", 30), ("Besichtigt", 60), ("Beauftragt", 90))),
)
"""Name, and name and win probability of its stages."""
PRODUCTS = (
    *(("Hebezug 500 kg", "HZ-500", 1_890.0, "Stück"), ("Hebezug 1 t", "HZ-1000", 2_640.0, "Stück")),
    *(("Laufkatze", "LK-10", 412.5, "Stück"), ("Wartung jährlich", "W-12", 780.0, "Jahr")),
    *(("Einweisung", "S-01", 95.0, "Stunde"), ("Anfahrt", "A-01", 0.62, "km")),
    *(("Steuerung Funk", "SF-4", 1_120.0, "Stück"), ("Seil 12 mm", "SE-12", 7.85, "m")),
    *(("Kranbahn IPE 300", "KB-300", 184.0, "m"), ("Prüfung UVV", "P-01", 260.0, "Stück")),
)
"""Name, sku, price and unit."""
DEALS = (
    *("Rahmenvertrag", "Ersatzbeschaffung", "Wartungsvertrag", "Neubau Halle", "Modernisierung"),
    *("Prüfung der Anlagen", "Erweiterung", "Probelieferung"),
)
"""First halves of names of deals."""
ZONES = ("Europe/Berlin", "Europe/London", "America/Toronto", "Asia/Tokyo", "Asia/Kolkata")

_SEGMENTS = ("A-Kunde", "B-Kunde", "C-Kunde", "Interessent")
_CHANNELS = ("E-Mail", "Telefon", "Brief", "Messe")


class Definition(NamedTuple):
    """A custom field."""

    table: str
    field_id: str
    label: str
    field_type: str
    options: tuple[str, ...] = ()
    unique: bool = False


DEFINITIONS = (
    Definition("contacts", "cf_segment", "Segment", "Select", _SEGMENTS),
    Definition("contacts", "cf_credit_limit", "Credit limit", "Numeric"),
    Definition("contacts", "cf_next_visit", "Next visit", "Date"),
    Definition("contacts", "cf_last_visit", "Last visit", "DateTime"),
    Definition("contacts", "cf_birthday", "Birthday", "Date"),
    Definition("contacts", "cf_profile", "Profile", "Url"),
    Definition("contacts", "cf_customer_no", "Customer no.", "Text"),
    Definition("contacts", "cf_background", "Background", "Textarea"),
    Definition("contacts", "cf_newsletter", "Newsletter", "Boolean"),
    Definition("contacts", "cf_channels", "Channels", "Checkbox", _CHANNELS),
    Definition(
        *("contacts", "cf_languages", "Languages", "MultiSelect"),
        ("Deutsch", "English", "Français", "日本語"),
    ),
    Definition("contacts", "cf_assistant", "Assistant’s e-mail", "Email"),
    Definition("contacts", "cf_visits", "Visits", "Number"),
    Definition("contacts", "cf_address", "Form of address", "Radio", ("Sie", "Du", "First name")),
    Definition("contacts", "cf_timezone", "Time zone", "Timezone"),
    Definition("contacts", "cf_colour", "Colour", "ColorSwatch"),
    Definition("companies", "cf_segment", "Segment", "Select", _SEGMENTS),
    Definition("companies", "cf_customer_no", "Customer no.", "Text", (), unique=True),
    Definition("companies", "cf_annual_turnover", "Annual turnover", "Numeric"),
    Definition("companies", "cf_contract_until", "Contract until", "Date"),
    Definition("companies", "cf_supplier_portal", "Supplier portal", "Url"),
    Definition("companies", "cf_background", "Background", "Textarea"),
    Definition("companies", "cf_employees", "Employees", "Number"),
    Definition("companies", "cf_certificates", "Certificates", "Checkbox", ("ISO 9001", "EN 1090")),
    Definition("deals", "cf_renewal", "Renewal", "Date"),
    Definition("deals", "cf_channels", "Channels", "MultiSelect", _CHANNELS),
    Definition("deals", "cf_tier", "Tier", "Select", ("Bronze", "Silber", "Gold")),
    Definition("deals", "cf_score", "Score", "Numeric"),
    Definition("products", "cf_datasheet", "Data sheet", "Url"),
)
"""All thirteen types of the vendor's introduction, and Url and ColorSwatch."""

FROM_WORLD = {
    "Segment": "cf_segment",
    "Credit limit": "cf_credit_limit",
    "Next visit": "cf_next_visit",
    "Profile": "cf_profile",
    "Customer no.": "cf_customer_no",
    "Annual turnover": "cf_annual_turnover",
    "Contract until": "cf_contract_until",
    "Supplier portal": "cf_supplier_portal",
}
"""The world's custom fields by name."""
