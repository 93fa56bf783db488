"""The demo's world: the same every time, of one piece, and about nobody."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from datetime import UTC, date, datetime

import pytest

from csc_tui.demo.people import world

Tables = dict[str, list[dict[str, object]]]

COLUMNS = {
    "users": "id first name login",
    "companies": "id user_id name background created_by_user_id updated_by_user_id created_at "
    "updated_at stream_at",
    "people": "id user_id country_code salutation title gender gender_identity first_name name "
    "background created_by_user_id updated_by_user_id created_at updated_at stream_at",
    "addrs": "id attachable_id attachable_type street zip city state_code country_code primary "
    "atype created_at updated_at",
    "contact_details": "id type attachable_type attachable_id atype primary name name_clean "
    "created_at updated_at",
    "tags": "id attachable_id attachable_type name created_at updated_at",
    "positions": "id person_id company_id name department primary_function former created_at "
    "updated_at",
    "custom_fields_types": "id position api_only visible_for_all_groups category ftype name "
    "options created_at updated_at",
    "custom_fields": "id attachable_type attachable_id custom_fields_type_id name name_decimal "
    "name_date created_at updated_at",
    "historic_events": "id attachable_type attachable_id atype name desc year month day "
    "created_at updated_at",
    "assis": "id person_id name email tel primary created_at updated_at",
    "avatars": "id user_id attachable_id attachable_type filename content_type created_at "
    "updated_at",
    "protocols": "id user_id attachments_count comments_count name confidential format content "
    "updated_by_user_id created_at updated_at data_hash type badge person_ids company_ids "
    "deal_ids project_ids",
}
"""Table -> the keys that every row of it has."""

RESERVED = re.compile(
    r"""\+(?:
    49(?:3023125|6990009|4066969|2214710|8999998)\d{3}      # Bundesnetzagentur, Mitteilung 148/2021
    |49(?:17139200|176040690)\d\d
    |49(?:15228817386|15228895456|15254599371|1729925904|1729968532|1729973185|1729973186
        |1729980752|1749091317|1749464308)
    |44(?:2079460|1134960|1214960|1174960|1314960|1414960|1614960|1632960|7700900)\d{3}  # Ofcom
    |33(?:19900|26191|35301|46571|53649|63998)\d{4}         # ARCEP
    |46(?:8465004|3139006|4062804)\d\d                      # PTS
    |61[238]5550\d{4}                                       # ACMA
    |1[2-9]\d\d55501\d\d                                    # North America
    )""",
    re.VERBOSE,
)
EXAMPLE_HOST = re.compile(r"(?:[a-z0-9-]+\.)*(?:[a-z0-9-]+\.example|example\.(?:com|org|net))")
HOST = re.compile(r"(?:@|://|\bwww\.)([^\s/@<>]+)")

LIMITS = {
    ("companies", "name"): 120,
    ("people", "salutation"): 80,
    ("people", "title"): 80,
    ("people", "country_code"): 10,
    ("addrs", "zip"): 20,
    ("addrs", "city"): 120,
    ("addrs", "state_code"): 10,
    ("contact_details", "name"): 250,
    ("tags", "name"): 60,
    ("positions", "name"): 80,
    ("positions", "department"): 100,
    ("custom_fields", "name"): 255,
    ("custom_fields_types", "name"): 255,
    ("protocols", "name"): 100,
    ("users", "first"): 60,
    ("users", "name"): 60,
    ("users", "login"): 100,
}
"""CentralStationCRM fact sheet §2, §3, §4, §6, §7."""

ENUMS: dict[tuple[str, str], set[object]] = {
    ("people", "gender"): {
        *("gender_unknown", "male_user", "female_user", "family_user", "diverse_user"),
        *("male_auto", "female_auto", "family_auto"),
        None,
    },
    ("addrs", "atype"): {"work_hq", "work", "invoice", "delivery", "private", "other"},
    ("contact_details", "type"): {"Tel", "Email", "Homepage", "Im", "Sm"},
    ("contact_details", "atype"): {
        *("office", "office_hq", "mobile", "fax", "private", "voip", "skype", "other")
    },
    ("custom_fields_types", "ftype"): {"string", "select", "decimal", "date", "url"},
    ("historic_events", "atype"): {"birthday", "anniversary", "first_met", "renewal", "other"},
    ("protocols", "format"): {"plaintext", "markdown", "textile", "html"},
    ("protocols", "badge"): {"note", "call", "email", "meeting", "other", "research"},
    ("protocols", "type"): {"ProtocolObjectNote", "ProtocolEmail"},
}


def tables(people: int, companies: int, seed: int = 4711, today: date | None = None) -> Tables:
    found: Tables = {table: [] for table in COLUMNS}
    for table, rows in world(people, companies, seed, today):
        found[table].extend(rows)
    return found


@pytest.fixture(scope="module")
def default() -> Tables:
    return tables(2400, 600)


def of(found: Tables, table: str, kind: str, owner: object) -> list[dict[str, object]]:
    return [
        row
        for row in found[table]
        if row["attachable_id"] == owner and row["attachable_type"] == kind
    ]


def phones_by_person(found: Tables) -> dict[object, list[str]]:
    phones: dict[object, list[str]] = {}
    for row in found["contact_details"]:
        if row["type"] == "Tel" and row["attachable_type"] == "Person":
            phones.setdefault(row["attachable_id"], []).append(str(row["name_clean"]))
    return phones


def test_same_arguments_give_the_same_batches() -> None:
    assert list(world(150, 60)) == list(world(150, 60))
    assert list(world(150, 60)) != list(world(150, 60, seed=1))


@pytest.mark.parametrize(("people", "companies"), [(2400, 600), (12, 3), (0, 0), (5, 0), (0, 4)])
def test_as_many_as_asked_for(people: int, companies: int) -> None:
    found = tables(people, companies)
    assert len(found["people"]) == people
    assert len(found["companies"]) == companies
    assert found["users"]
    assert found["custom_fields_types"]


def test_every_row_has_exactly_the_keys_of_its_table(default: Tables) -> None:
    for table, rows in default.items():
        assert rows, table
        assert {frozenset(row) for row in rows} == {frozenset(COLUMNS[table].split())}


def test_batches_hold_some_thousand_rows_at_most() -> None:
    sizes = [len(rows) for _, rows in world(2400, 600)]
    assert max(sizes) <= 5000
    assert min(sizes) > 0


@pytest.mark.parametrize(("people", "companies"), [(2400, 600), (30, 3), (40, 0)])
def test_references_point_to_rows_that_came_before(people: int, companies: int) -> None:
    seen: dict[str, set[object]] = {table: set() for table in COLUMNS}
    kinds = {"Person": "people", "Company": "companies"}
    for table, rows in world(people, companies):
        for row in rows:
            assert row["id"] not in seen[table]
            seen[table].add(row["id"])
            if "attachable_id" in row:
                assert row["attachable_id"] in seen[kinds[str(row["attachable_type"])]]
            for key, target in (
                ("user_id", "users"),
                ("created_by_user_id", "users"),
                ("updated_by_user_id", "users"),
                ("person_id", "people"),
                ("company_id", "companies"),
                ("custom_fields_type_id", "custom_fields_types"),
            ):
                assert row.get(key) is None or row[key] in seen[target], (table, row)
            for key, target in (("person_ids", "people"), ("company_ids", "companies")):
                linked = row.get(key, [])
                assert isinstance(linked, list)
                assert set(linked) <= seen[target]


def test_ids_are_not_consecutive(default: Tables) -> None:
    for table in ("people", "companies", "contact_details"):
        ids = [row["id"] for row in default[table] if isinstance(row["id"], int)]
        assert len(ids) == len(default[table])
        assert max(ids) - min(ids) > len(ids)
    assert all(isinstance(row["id"], str) for row in default["avatars"])


def test_phones_come_from_ranges_kept_for_fiction(default: Tables) -> None:
    phones = [row for row in default["contact_details"] if row["type"] == "Tel"]
    for row in phones:
        clean = str(row["name_clean"])
        assert RESERVED.fullmatch(clean), row
        typed = re.sub(r"\D", "", str(row["name"]).replace("(0)", ""))
        assert typed in {clean[1:], "00" + clean[1:], "0" + clean[3:]}, row
    for row in default["assis"]:
        if row["tel"]:
            typed = re.sub(r"\D", "", str(row["tel"]).replace("(0)", "")).lstrip("0")
            assert RESERVED.fullmatch(f"+{typed}") or RESERVED.fullmatch(f"+49{typed}"), row
    assert all(
        row["name_clean"] is None for row in default["contact_details"] if row["type"] != "Tel"
    )


def test_no_phone_number_stands_outside_its_place(default: Tables) -> None:
    for table in ("people", "companies", "protocols", "custom_fields", "tags"):
        for row in default[table]:
            for text in row.values():
                if isinstance(text, str):
                    assert not re.search(r"\+\d|\b00\d{6}|\b0\d{2,}[ /-]\d", text), row


def test_phones_are_written_in_many_ways(default: Tables) -> None:
    shapes = {
        re.sub(r"\d+", "9", str(row["name"]))
        for row in default["contact_details"]
        if row["type"] == "Tel"
    }
    assert {"+9 9 9 9", "9/9-9", "+9", "9 9 9", "(9) 9 9", "+9 (9)9 9 9", "9 / 9 9"} <= shapes


def test_only_example_domains(default: Tables) -> None:
    hosts = 0
    for table, rows in default.items():
        for row in rows:
            texts = [text for text in row.values() if isinstance(text, str)]
            mail = row.get("data_hash")
            if isinstance(mail, dict):
                texts += [text for text in mail.values() if isinstance(text, str)]
            for text in texts:
                for host in HOST.findall(text):
                    hosts += 1
                    assert EXAMPLE_HOST.fullmatch(host), (table, row)
    assert hosts > 2000
    mails = [str(row["name"]) for row in default["contact_details"] if row["type"] == "Email"]
    assert all(re.fullmatch(r"[a-z0-9.-]+@[a-z0-9.-]+", mail) for mail in mails)


def test_required_names_are_there_and_nothing_is_too_long(default: Tables) -> None:
    for table in ("users", "companies", "people", "contact_details", "tags", "custom_fields"):
        assert all(str(row["name"]).strip() for row in default[table])
    for (table, key), limit in LIMITS.items():
        assert all(len(str(row[key] or "")) <= limit for row in default[table]), (table, key)
    for (table, key), allowed in ENUMS.items():
        assert {row[key] for row in default[table]} <= allowed
    for row in default["addrs"]:
        assert row["city"] or row["country_code"]
        assert re.fullmatch("[A-Z]{2}", str(row["country_code"]))


def test_times_are_in_order_and_before_today(default: Tables) -> None:
    morning = datetime(2026, 11, 21, 9, 0, tzinfo=UTC).timestamp() * 1000
    for rows in default.values():
        for row in rows:
            if "created_at" in row:
                assert isinstance(row["created_at"], int)
                assert isinstance(row["updated_at"], int)
                assert row["created_at"] <= row["updated_at"] < morning
            if "stream_at" in row:
                assert isinstance(row["stream_at"], int)
                assert isinstance(row["created_at"], int)
                assert row["created_at"] <= row["stream_at"] < morning


def test_last_contact_is_not_older_than_the_last_note(default: Tables) -> None:
    day = 86_400_000
    streams = {row["id"]: row["stream_at"] for row in default["people"]}
    checked = 0
    for note in default["protocols"]:
        assert isinstance(note["person_ids"], list)
        for person in note["person_ids"]:
            stream = streams[person]
            assert isinstance(stream, int)
            assert isinstance(note["created_at"], int)
            assert note["created_at"] // day <= stream // day
            checked += 1
    assert checked > 200


def test_another_today_moves_everything() -> None:
    early = tables(60, 40, today=date(2026, 11, 21))
    late = tables(60, 40, today=date(2027, 1, 21))
    newest = [max(int(str(row["stream_at"])) for row in one["people"]) for one in (early, late)]
    assert newest[1] - newest[0] == 61 * 86_400_000


def test_custom_fields_of_every_kind_have_fitting_values(default: Tables) -> None:
    types = {row["id"]: row for row in default["custom_fields_types"]}
    person = {str(t["name"]): t["ftype"] for t in types.values() if t["category"] == "Person"}
    assert person == {
        "Segment": "select",
        "Credit limit": "decimal",
        "Next visit": "date",
        "Profile": "url",
        "Customer no.": "string",
    }
    used: Counter[tuple[object, object]] = Counter()
    for row in default["custom_fields"]:
        kind = types[row["custom_fields_type_id"]]
        assert kind["category"] == row["attachable_type"]
        used[kind["category"], kind["ftype"]] += 1
        value = str(row["name"])
        if kind["ftype"] == "select":
            assert isinstance(kind["options"], list)
            assert value in kind["options"]
        assert (row["name_decimal"] is not None) == (kind["ftype"] == "decimal")
        assert (row["name_date"] is not None) == (kind["ftype"] == "date")
        if kind["ftype"] == "decimal":
            assert float(value) == float(str(row["name_decimal"]))
        if kind["ftype"] == "date":
            assert date.fromisoformat(value).isoformat() == row["name_date"]
    assert len(used) == 10


def test_dates_of_events_agree_with_their_parts(default: Tables) -> None:
    for row in default["historic_events"]:
        day = date.fromisoformat(str(row["name"]))
        assert (day.year, day.month, day.day) == (row["year"], row["month"], row["day"])
        assert row["attachable_type"] == "Person"


@pytest.mark.parametrize(
    "pattern",
    [
        "[äöüÄÖÜ]",
        "ß",
        "ẞ",
        "[\u4e00-\u9fff]",
        "[\u0600-\u06ff]",
        "[\u0590-\u05ff]",
        "[\uac00-\ud7af]",
        "[\u0e00-\u0e7f]",
        "[\u0900-\u097f]",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\U0001f3fd",
        "’",
        "^von ",
        r"[\[<%]",
    ],
)
def test_scripts_and_signs_of_the_whole_world(default: Tables, pattern: str) -> None:
    names = [f"{row['name']} {row['first_name']}" for row in default["people"]]
    assert any(re.search(pattern, name) for name in names)


def test_names_of_eighty_characters_and_decomposed_ones(default: Tables) -> None:
    names = [str(row["name"]) for row in default["people"]]
    assert sum(len(name) == 80 for name in names) >= 2
    decomposed = [name for name in names if unicodedata.normalize("NFC", name) != name]
    assert len(decomposed) > 5
    twins = [name for name in decomposed if unicodedata.normalize("NFC", name) in names]
    assert twins


def test_some_have_nothing_but_a_name_and_some_nine_phones(default: Tables) -> None:
    parts = {
        row["attachable_id"]
        for table in ("addrs", "contact_details", "tags", "custom_fields")
        for row in default[table]
        if row["attachable_type"] == "Person"
    } | {row["person_id"] for row in default["positions"]}
    bare = [row for row in default["people"] if row["id"] not in parts]
    assert any(row["first_name"] is None and row["background"] is None for row in bare)
    assert max(len(found) for found in phones_by_person(default).values()) >= 9


def test_duplicates_in_other_spelling_share_a_phone(default: Tables) -> None:
    phones = phones_by_person(default)
    names = {row["id"]: str(row["name"]) for row in default["people"]}
    by_phone: dict[str, set[str]] = {}
    for person, found in phones.items():
        for clean in found:
            by_phone.setdefault(clean, set()).add(names[person])
    assert any({"Müller", "Mueller", "Muller"} <= found for found in by_phone.values())
    pairs = sum(
        any(name.replace("ü", "ue").replace("ö", "oe") in found - {name} for name in found)
        for found in by_phone.values()
    )
    assert pairs > 3


def test_positions_now_and_former_with_flags_of_every_kind(default: Tables) -> None:
    rows = default["positions"]
    assert {row["primary_function"] for row in rows} == {True, False, None}
    assert {True, False} <= {row["former"] for row in rows}
    several = Counter(row["person_id"] for row in rows if not row["former"])
    assert max(several.values()) > 1
    assert {row["primary"] for row in default["contact_details"]} == {True, False, None}
    assert {row["primary"] for row in default["addrs"]} == {True, False, None}


def test_words_about_people(default: Tables) -> None:
    people = default["people"]
    assert {"", None} <= {row["background"] for row in people}
    assert any(str(row["background"]).count("\n\n") >= 4 for row in people)
    assert {"Dr.", "Prof. Dr.", None} <= {row["title"] for row in people}
    assert {"de", "en", "fr", "ja", None} <= {row["country_code"] for row in people}
    assert {"male_user", "female_user", "family_user", "diverse_user", None} <= {
        row["gender"] for row in people
    }
    tags = {row["name"] for row in default["tags"]}
    assert {"VIP", "Messe Köln", "Kunde", "Lieferant"} <= tags
    assert {row["badge"] for row in default["protocols"]} >= {"note", "call", "meeting", "email"}


def test_juergen_mueller_is_as_the_pictures_show_him() -> None:
    found = tables(12, 3)
    person = found["people"][0]
    assert (person["title"], person["first_name"], person["name"]) == ("Dr.", "Jürgen", "Müller")
    assert person["salutation"] == "Herr"
    assert str(person["background"]).startswith("Prefers the phone before nine.")
    contacts = of(found, "contact_details", "Person", person["id"])
    assert [(row["atype"], row["name"]) for row in contacts] == [
        ("office", "+49 221 4710 123"),
        ("mobile", "+49 171 3920012"),
        ("office", "j.mueller@brandt.example"),
        ("office", "https://brandt.example"),
    ]
    assert [
        (row["atype"], row["street"], row["zip"], row["city"], row["country_code"])
        for row in of(found, "addrs", "Person", person["id"])
    ] == [
        ("work", "Gereonstraße 18–32", "50670", "Köln", "DE"),
        ("private", "Am Römerturm 3", "50354", "Hürth", "DE"),
    ]
    assert [row["name"] for row in of(found, "tags", "Person", person["id"])] == [
        "VIP",
        "Messe Köln",
    ]
    values = of(found, "custom_fields", "Person", person["id"])
    assert [row["name"] for row in values] == ["A-Kunde", "50000.00", "2026-12-11"]
    (birthday,) = of(found, "historic_events", "Person", person["id"])
    assert birthday["name"] == "1974-03-14"
    (job,) = [row for row in found["positions"] if row["person_id"] == person["id"]]
    assert (job["name"], job["department"]) == ("Head of purchasing", "Purchasing")
    company = next(row for row in found["companies"] if row["id"] == job["company_id"])
    assert company["name"] == "Brandt GmbH"
    (assistant,) = [row for row in found["assis"] if row["person_id"] == person["id"]]
    assert (assistant["name"], assistant["tel"]) == ("Petra Lang", "+49 221 4710 120")
    created = datetime.fromtimestamp(int(str(person["created_at"])) / 1000, UTC)
    updated = datetime.fromtimestamp(int(str(person["updated_at"])) / 1000, UTC)
    assert created == datetime(2024, 3, 5, 8, 12, tzinfo=UTC)
    assert updated == datetime(2026, 11, 19, 15, 42, tzinfo=UTC)
    notes = [row for row in found["protocols"] if row["person_ids"] == [person["id"]]]
    assert [row["badge"] for row in notes] == ["call", "note", "email", "note", "call"]


def test_companies_keep_their_people_from_the_pictures(default: Tables) -> None:
    brandt = default["companies"][0]["id"]
    people = {row["id"]: row["name"] for row in default["people"]}
    staff = {
        people[row["person_id"]]: row["former"]
        for row in default["positions"]
        if row["company_id"] == brandt
    }
    expected = {"Müller", "Mürz", "Peiffer", "Szymański", "Lang"}
    assert set(staff) == expected
    assert staff["Lang"] is True


def test_the_list_by_name_begins_presentably(default: Tables) -> None:
    names = sorted(str(row["name"]).casefold() for row in default["people"])
    assert all(re.match("[a-z]", name) for name in names[:200])
