"""The server as an ASGI application: keys, limit, journal and faults around the dialect."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from csc_tui.demo import faults, times
from csc_tui.demo.dialect import Dialect
from csc_tui.demo.exposure import Address, ExposureGuard
from csc_tui.demo.faults import BadFault, Fault
from csc_tui.demo.journal import Entry, Journal
from csc_tui.demo.limits import Limiter
from csc_tui.demo.messages import Call
from csc_tui.demo.striking import Striker
from csc_tui.demo.uploads import upload
from csc_tui.demo.wire import Compression, EveryMethod, rendered

LARGEST_BODY = 10_000_000
"""Bytes of a request's body; more is 413."""
_CHALLENGE = re.compile(r"(?:[0-9a-fA-F]{2}){8,128}")


class Unreadable(Exception):
    """The body cannot be used; carries the status that says so."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class Secrets:
    """Who may ask, and how the server proves that it is the one whose folder this is."""

    users: Mapping[str, int]
    """Key -> id of its user; the first is the owner, the second the colleague."""
    nonce: bytes
    """The bytes of the file `nonce`."""


@dataclass(slots=True)
class Demo:
    """One server: its dialect and everything around it."""

    dialect: Dialect
    secrets: Secrets
    limiter: Limiter
    now: Callable[[], int]
    """Epoch milliseconds."""
    faults: list[Fault] = field(default_factory=list)
    journal: Journal = field(default_factory=Journal)

    def application(self, address: Address) -> Starlette:
        """The ASGI application for this address."""
        refusal = self.dialect.page_refusal()
        page_refusal = None if refusal is None else rendered(refusal)
        api = EveryMethod(self._api)
        return Starlette(
            routes=[
                Route("/demo/proof", self._proof),
                Route("/demo/faults", self._faults, methods=["GET", "POST", "DELETE"]),
                Route("/demo/log", self._log, methods=["GET", "DELETE"]),
                Route("/login", _login),
                Route("/api", api),
                Route("/api/{path:path}", api),
                Route("/{path:path}", _to_login),
            ],
            middleware=[
                Middleware(ExposureGuard, address=address, page_refusal=page_refusal),
                Middleware(Compression, minimum_size=500, compresslevel=4),
            ],
        )

    async def _api(self, request: Request) -> Response:
        """One request to the API."""
        time = times.render(self.now())
        entry = self.journal.open(request.method, request.url.path, request.url.query, time)
        return await self._admitted(request, entry)

    async def _admitted(self, request: Request, entry: Entry) -> Response:
        query = parse_qsl(request.url.query, keep_blank_values=True)
        params = dict(query)
        path = _path(request)
        at_login = path == self.dialect.login_route != ()
        entering = request.method == "POST" and at_login
        user = self._user(self.dialect.credential(request.headers, params))
        if user is None and not entering:
            return self._refused(401, entry, "", 0)
        entry.user = user
        # Who has no key yet shares one limit with all others of that kind.
        who = "" if user is None else str(user)
        wait = self.limiter.admit(who)
        entry.in_window = self.limiter.used(who)
        if wait:
            return self._refused(429, entry, who, wait)
        struck = [one for one in self.faults if one.strikes(request.method, "/" + "/".join(path))]
        try:
            body = await _body(request, entry, self.dialect.takes_files)
        except Unreadable as unreadable:
            return self._refused(unreadable.status, entry, who, 0)
        finally:
            if at_login:
                entry.body = None  # a password, in whatever form it came
        method = "GET" if request.method == "HEAD" else request.method
        if user is None or entering:
            response = self._entered(body, entry)
        else:
            call = Call(
                method, path, params, body, user, query, request.headers.get("user-agent", "")
            )
            response = await Striker(self.dialect, self._colleague()).respond(call, struck, entry)
        self._tell(response, who, 0)
        return response

    def _user(self, given: str) -> int | None:
        """The user whose key this is: the server's own, or one that the dialect has given out."""
        key = next((one for one in self.secrets.users if _same(one, given)), None)
        return self.secrets.users[key] if key else self.dialect.holder(given)

    def _entered(self, body: object, entry: Entry) -> Response:
        """The answer to who asks for a key."""
        answer = self.dialect.login(body, self.secrets.users)
        entry.status = entry.work = answer.status
        return rendered(answer)

    def _refused(self, status: int, entry: Entry, who: str, wait: int) -> Response:
        entry.status = status
        response = rendered(self.dialect.refusal(status))
        self._tell(response, who, wait)
        return response

    def _tell(self, response: Response, who: str, wait: int) -> None:
        """Adds the dialect's headers: what is left of the limit, which version answers."""
        limiter = self.limiter
        left = max(0, limiter.limit - limiter.used(who))
        status = response.status_code
        for name, value in self.dialect.headers(limiter.limit, left, wait, status).items():
            response.headers.setdefault(name, value)

    def _owner(self, request: Request) -> bool:
        owner = next(iter(self.secrets.users))
        return _same(owner, self.dialect.credential(request.headers, {}))

    def _colleague(self) -> int:
        return list(self.secrets.users.values())[-1]

    async def _proof(self, request: Request) -> Response:
        """HMAC-SHA256 over a hex challenge, keyed with the bytes of the file `nonce`."""
        challenge = request.query_params.get("challenge", "")
        if not _CHALLENGE.fullmatch(challenge):
            return PlainTextResponse("challenge: 16 to 256 hex digits\n", 400)
        proof = hmac.new(self.secrets.nonce, challenge.encode("ascii"), hashlib.sha256)
        return JSONResponse({"proof": proof.hexdigest()})

    async def _faults(self, request: Request) -> Response:
        """GET shows the faults, POST replaces them by a JSON list, DELETE removes them."""
        if not self._owner(request):
            return rendered(self.dialect.refusal(401))
        if request.method == "DELETE":
            self.faults = []
        elif request.method == "POST":
            try:
                given = json.loads(await request.body())
                if not isinstance(given, list):
                    raise BadFault("a JSON list of faults is expected")
                self.faults = [faults.from_json(one) for one in given]
            except ValueError as error:
                return JSONResponse({"error": str(error)}, 400)
        return JSONResponse([faults.shown(one) for one in self.faults])

    async def _log(self, request: Request) -> Response:
        """GET shows the requests so far, DELETE forgets them."""
        if not self._owner(request):
            return rendered(self.dialect.refusal(401))
        if request.method == "DELETE":
            self.journal.entries.clear()
        return JSONResponse(self.journal.shown())


async def _login(_: Request) -> Response:
    return PlainTextResponse("This is a demo server; it has no web pages, only /api.\n")


async def _to_login(_: Request) -> Response:
    """What is no API path leads to the login page (fact sheet §1.2)."""
    return RedirectResponse("/login", 302)


def _same(known: str, given: str) -> bool:
    return hmac.compare_digest(known.encode(), given.encode("utf-8", "surrogateescape"))


def _path(request: Request) -> tuple[str, ...]:
    """The segments after /api; `.json` at the end does not count (fact sheet §1.1)."""
    path: str = request.path_params.get("path", "").strip("/").removesuffix(".json")
    return tuple(path.split("/")) if path else ()


async def _body(request: Request, entry: Entry, files: bool) -> object:
    """The JSON body or None, or an Upload where files are taken; raises Unreadable.

    Notes it in the journal's entry.
    """
    chunks: list[bytes] = []
    try:
        async for chunk in request.stream():
            chunks.append(chunk)
            if sum(map(len, chunks)) > LARGEST_BODY:
                raise Unreadable(413)
    except ClientDisconnect:
        raise Unreadable(400) from None
    raw = b"".join(chunks)
    if not raw:
        return None
    said = request.headers.get("content-type", "")
    kind = said.partition(";")[0].strip().lower()
    if files and kind == "multipart/form-data":
        entry.body = f"{len(raw)} bytes"
        try:
            return upload(said, raw)
        except ValueError:
            raise Unreadable(400) from None
    entry.body = raw.decode("utf-8", "replace")
    if kind != "application/json":
        raise Unreadable(415)
    try:
        parsed: object = json.loads(raw.decode("utf-8"), parse_constant=_no_constant)
        json.dumps(parsed, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        raise Unreadable(400) from None
    entry.body = parsed
    return parsed


def _no_constant(name: str) -> object:
    raise ValueError(name)
