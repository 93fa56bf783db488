"""Files of records, the calendar, and what is only named in the sheet."""

from __future__ import annotations

import pytest

from csc_tui.demo.uploads import upload
from tests.demo.conftest import COLLEAGUE_KEY

from .conftest import Crm, bearer

KEYS = [
    *("id", "file_name", "extension", "size", "disk_path", "mime_type", "aggregate_type"),
    *("view_url", "view_path", "preview_url", "preview_path", "download_url", "download_path"),
    *("via_text_attribute", "created_at", "updated_at"),
]
PICTURE = b"\x89PNG\r\n\x1a\n--x\r\n\r\n\x00\xff"


def test_a_file_is_hung_on_a_record_shown_and_taken_away(crm: Crm) -> None:
    path = f"contacts/{crm.contact()['id']}"
    files = {"other": ("x.txt", b"x"), "file": ("../Foto Müller.PNG", PICTURE, "image/png")}
    answer = crm.send("POST", f"{path}/media", files=files)
    made = answer.json()
    assert (answer.status_code, list(made)) == (201, KEYS)
    assert (made["file_name"], made["extension"]) == ("Foto Müller.PNG", "png")
    assert (made["size"], made["aggregate_type"]) == (len(PICTURE), "image")
    assert made["download_url"] == f"http://127.0.0.1:8000{made['download_path']}"
    assert crm.client.request("GET", made["download_path"]).status_code == 302
    assert crm.get(f"{path}?with=media")["media"] == [made]
    crm.get(f"companies/{crm.company()['id']}/media/{made['id']}", 405)
    crm.delete(f"contacts/90417/media/{made['id']}", None, 404)
    crm.delete(f"{path}/media/{made['id']}")
    assert crm.get(f"{path}?with=media")["media"] == []


def test_files_go_with_their_record(crm: Crm) -> None:
    deal = crm.deal()["id"]
    crm.ask("POST", f"deals/{deal}/media", None, 201, files={"file": ("a.pdf", b"%PDF")})
    crm.delete(f"deals/{deal}")
    crm.delete(f"trashed/deals/{deal}")
    assert crm.store.number("SELECT count(*) FROM media") == 0


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"files": {"file": ("x.exe", b"MZ")}}, 415),
        ({"files": {"file": ("none", b"x")}}, 415),
        ({"files": {"photo": ("x.png", b"x")}}, 422),
        ({"json": {"file": "x.png"}}, 422),
        ({"content": b"--x", "headers": {"Content-Type": "multipart/form-data"}}, 400),
        ({"content": b"x", "headers": {"Content-Type": "multipart/form-data; boundary=y"}}, 400),
    ],
)
def test_files_that_are_refused(crm: Crm, more: dict[str, object], status: int) -> None:
    response = crm.send("POST", "contacts/90417/media", **more)
    assert response.status_code == status
    assert "message" in response.json()


def test_not_every_record_takes_files(crm: Crm) -> None:
    crm.ask("POST", "sources/1/media", None, 404, files={"file": ("a.pdf", b"x")})
    crm.ask("POST", "contacts/0/media", None, 404, files={"file": ("a.pdf", b"x")})
    # elsewhere a file is a body without any key
    refused = crm.ask("POST", "contacts", None, 422, files={"file": ("a.pdf", b"x")})
    assert list(refused["errors"]) == ["first_name"]


def test_a_quoted_name_and_no_file(crm: Crm) -> None:
    body = b'--y\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--y--\r\n'
    assert upload("multipart/form-data; boundary=y", body) is None
    assert upload('multipart/form-data; boundary="y"', body) is None


def test_the_calendar_has_the_activities_between_two_days(crm: Crm) -> None:
    body = {"title": "Besuch", "user_id": crm.user, "activity_type_id": 1}
    timed = crm.post("activities", {**body, "due_date": "2031-03-05 08:00:00"})
    whole = crm.post("activities", {**body, "due_date": "2031-03-04", "end_date": "2031-03-06"})
    between = {"start_date": "2031-03-05", "end_date": "2031-03-05"}
    assert crm.get("calendar", **between) == [
        {
            "id": whole["id"],
            "title": "Besuch",
            "start": whole["due_date"],
            "end": whole["end_date"],
            "allDay": True,
            "readonly": False,
            "extendedProps": {},
        },
        {
            "id": timed["id"],
            "title": "Besuch",
            "start": "2031-03-05T08:00:00.000000Z",
            "end": timed["end_date"],
            "allDay": False,
            "readonly": False,
            "extendedProps": {},
        },
    ]
    assert crm.get("calendar", start_date="2031-03-07", end_date="2031-03-09") == []
    assert crm.get("calendar", **between, resource_name="deals") == []
    assert list(crm.get("calendar", 422)["errors"]) == ["start_date", "end_date"]


def test_permissions_are_for_super_admins(crm: Crm) -> None:
    assert crm.get("permissions") == [{"name": "view all contacts"}]
    crm.ask("GET", "permissions", None, 403, headers=bearer(COLLEAGUE_KEY))


@pytest.mark.parametrize(
    "path",
    [
        *("deals/board/1", "deals/board/1/summary", "deals/board/1/2", "calendars/1"),
        *("calendar/account", "contacts/cards", "contacts/table", "contacts/import"),
    ],
)
def test_what_the_sheet_only_names_is_not_there(crm: Crm, path: str) -> None:
    assert list(crm.get(path, 404)) == ["message"]
