"""A CRM that means harm: whatever it is told to say, on loopback, in a thread of the test."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

KEY = "canary-key-3f9a1c7e5b2d"
"""The only key that it takes; no test may ever see it anywhere."""

PAYLOADS = {
    "title": "\x1b]0;CANARYTITLE\x07",
    "title-st": "\x1b]2;CANARYTITLE\x1b\\",
    "clipboard": "\x1b]52;c;Q0FOQVJZ\x07",
    "link": "\x1b]8;;http://canary.example/\x1b\\CANARY\x1b]8;;\x1b\\",
    "clear": "\x1b[2J\x1b[3J\x1b[47;91H",
    "colour": "\x1b[38;5;213m\x1b[5;8m",
    "report": "\x1b[6n\x1b[c\x1b[>q\x1b[21t",
    "modes": "\x1b[?1049l\x1b[?1000h\x1b[?1006h\x1bc\x1b#8",
    "dcs": "\x1bP$qCANARY\x1b\\\x1b_CANARY\x1b\\\x1b^CANARY\x1b\\\x1bXCANARY\x1b\\",
    "tmux": "\x1bPtmux;\x1b\x1b]52;c;Q0FOQVJZ\x07\x1b\\",
    "c1": "\x9b38;5;213m\x9d0;CANARYTITLE\x9c\x90$q\x9c\x85\x84",
    "c0": "\x00\x07\x08\x0b\x0c\x0e\x0f\x18\x1a\x7f",
    "lines": "one\ntwo\rthree\r\nfour\u2028five\u2029six\x85seven\tend",
    "markup": "[bold red]CANARY[/] [@click=app.quit]x[/] [link=http://canary.example]y[/link] {0}",
    "bidi": "\u202eESREVER\u202c\u2066\u2067\u2068x\u2069\u200e\u200f\u061c",
    "zero-width": "z\u200bw\u2060x\ufeffy\u00adz\u180e\U000e0041\U000e0042\ufff9a\ufffbb",
    "surrogate": "half \ud800 of \udfff it \ud83d",
    "piled": "Z\u0300\u0301\u0302" + "\u0353" * 400 + "algo",
    "wide": "田中\U0001f468\u200d\U0001f469\u200d\U0001f467 ｆｕｌｌ\u200d",
    "long": "LONG" * 5_000,
    "long-wide": "長い名前" * 3_000,
}
"""What hides in every text: name -> characters."""

PLAIN = "Plain"
"""Begins every text, so that there is something to find."""


@dataclass
class Answer:
    """One thing that the server says instead."""

    status: int = 200
    body: object = None
    """JSON; bytes as they are; None for no body."""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class HostileServer:
    """Its people and companies, and what it says instead."""

    url: str = ""
    people: list[dict[str, Any]] = field(default_factory=list)
    companies: list[dict[str, Any]] = field(default_factory=list)
    more: dict[str, object] = field(default_factory=dict)
    """Path after /api -> JSON, of what is neither people nor companies."""
    instead: list[tuple[re.Pattern[str], Answer]] = field(default_factory=list)
    """What requests (`GET /people?…`) are answered with before all else; the first match wins."""
    requests: list[str] = field(default_factory=list)
    keys: set[str | None] = field(default_factory=set)
    """Every key that it was sent; None: none."""

    def say(self, pattern: str, answer: Answer) -> None:
        """From now on requests that begin like this get `answer`."""
        self.instead.insert(0, (re.compile(pattern), answer))

    def answer(self, method: str, target: str) -> Answer:
        """What it says."""
        for pattern, answer in self.instead:
            if pattern.match(f"{method} {target}"):
                return answer
        path = target.partition("?")[0]
        if method != "GET":
            return Answer(422, {"name": ["is refused"]})
        for wrapper, many, records in (
            ("person", "people", self.people),
            ("company", "companies", self.companies),
        ):
            if path == f"/{many}/count":
                return Answer(body={"total_entries": len(records)})
            if path in (f"/{many}", f"/{many}/search"):
                first = "page=1&" in f"{target}&"
                return Answer(body=[{wrapper: one} for one in records] if first else [])
            if path.startswith(f"/{many}/"):
                found = [one for one in records if str(one["id"]) == path.rpartition("/")[2]]
                return Answer(body={wrapper: found[0]}) if found else Answer(404)
        return Answer(body=self.more.get(path, []))


@contextmanager
def hostile_server() -> Iterator[HostileServer]:
    """A server without records; it ends with the block."""
    world = HostileServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            target = self.path.removeprefix("/api")
            world.requests.append(f"{self.command} {target}")
            found = world.answer(self.command, target)
            world.keys.add(self.headers.get("X-apikey"))
            if self.headers.get("X-apikey") != KEY and self.path.startswith("/api"):
                found = Answer(401)
            body = found.body
            if not isinstance(body, bytes):
                body = b"" if body is None else json.dumps(body).encode("ascii")
            self.send_response(found.status)
            headers = {"Content-Type": "application/json", "Content-Length": str(len(body))}
            for name, value in (headers | dict(found.headers)).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    for method in ("GET", "POST", "PUT", "DELETE"):
        setattr(Handler, f"do_{method}", Handler.answer)

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A client that goes away is no news."""

    server = Server(("127.0.0.1", 0), Handler)
    world.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield world
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def poison(world: HostileServer) -> None:
    """One person and one company for each payload, with it in every text there is."""
    for number, payload in enumerate(PAYLOADS.values(), 1):
        world.people.append(person(number, payload))
        world.companies.append(company(number, payload))
    every = "".join(PAYLOADS.values())
    world.more |= {
        "/user": {"id": 1, "first": f"{PLAIN}{every}", "last": every, "account_id": "7"},
        "/users": [
            {
                "user": {
                    "id": number,
                    "first": f"{PLAIN}{payload}",
                    "name": payload,
                    "login": payload,
                }
            }
            for number, payload in enumerate(PAYLOADS.values(), 1)
        ],
        "/tags/list": [{"tag": {"name": f"{PLAIN}{one}"}} for one in PAYLOADS.values()],
        "/custom_fields_types": [
            {
                "custom_fields_type": {
                    "id": number,
                    "category": category,
                    "ftype": ftype,
                    "name": f"{PLAIN}{payload}",
                    "options": [f"{PLAIN}{payload}", payload],
                    "position": number,
                }
            }
            for number, payload in enumerate(PAYLOADS.values(), 1)
            for category, ftype in (("Person", "select"), ("Company", "string"))
        ],
    }


def person(number: int, payload: str) -> dict[str, Any]:
    """A person with a payload in every text."""
    text = f"{PLAIN}{payload}"
    return {
        **_common(number, text),
        "first_name": text,
        "title": text,
        "salutation": text,
        "salutation_formal": text,
        "gender": text,
        "country_code": text,
        "positions": [
            {"id": number, "company_id": number, "name": text, "department": text},
            {"id": 900 + number, "company_id": 900 + number, "name": text, "former": True},
        ],
        "companies": [{"id": number, "name": text}],
        "addrs_from_company": [{"id": 3, "city": text, "attachable_id": number}],
        "historic_events": [{"id": number, "atype": text, "name": text, "desc": text}],
        "assis": [{"id": number, "name": text, "email": text, "tel": text}],
    }


def company(number: int, payload: str) -> dict[str, Any]:
    """A company with a payload in every text."""
    text = f"{PLAIN}{payload}"
    return {
        **_common(number, text),
        "positions": [{"id": number, "person_id": number, "name": text, "department": text}],
    }


def _common(number: int, text: str) -> dict[str, Any]:
    contact = [{"id": number, "name": text, "atype": text}]
    return {
        "id": number,
        "account_id": "7",
        "name": text,
        "background": f"{text}\n\n{text}",
        "user_id": number,
        "responsible_user_natural_name": text,
        "updated_at": text,
        "created_at": "2026-01-05T09:00:00Z",
        "stream_updated_at": "2026-11-19T16:42:00+01:00",
        "created_by_user_id": number,
        **dict.fromkeys(("tels", "emails", "homepages", "ims", "sms"), contact),
        "addrs": [
            {
                "id": number,
                "atype": text,
                "street": text,
                "zip": text,
                "city": text,
                "country_code": text,
                "state_code": text,
            }
        ],
        "tags": [{"id": number, "name": text}, {"id": 500 + number, "name": "second"}],
        "custom_fields": [
            {
                "id": number,
                "custom_fields_type_id": number,
                "custom_fields_type_name": text,
                "name": text,
            },
            {
                "id": 700 + number,
                "custom_fields_type_id": 700 + number,
                "custom_fields_type_name": text,
                "name": text,
            },
        ],
    }
