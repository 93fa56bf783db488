"""The CentralStationCRM dialect: a call comes in, an answer goes out, over the store.

Routes and answers as in the CentralStationCRM fact sheet §1-§7.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import replace
from urllib.parse import parse_qsl

from csc_tui.demo import times
from csc_tui.demo.centralstation import merging, query, searching, writing
from csc_tui.demo.centralstation.answers import bad_arguments, not_found
from csc_tui.demo.centralstation.keys import BOTH, VENTURES
from csc_tui.demo.centralstation.query import names, page_rows, read_listing, total
from csc_tui.demo.centralstation.rendering import Renderer, salutation
from csc_tui.demo.centralstation.resource import Resource, owned_by
from csc_tui.demo.centralstation.resources import PROTOCOL_TYPES, RESOURCES
from csc_tui.demo.centralstation.schema import ACCOUNT_ID
from csc_tui.demo.centralstation.switches import Switches
from csc_tui.demo.listing import Listing
from csc_tui.demo.messages import Answer, Call, Refused, integer
from csc_tui.demo.schema import Row
from csc_tui.demo.store import Store


class CentralStation:
    """The dialect over one store; knows neither HTTP nor keys."""

    def __init__(self, store: Store, switches: Switches, url: str, now: Callable[[], int]) -> None:
        """Now gives epoch milliseconds; url is the server's address without a path."""
        self._store = store
        self._switches = switches
        self._renderer = Renderer(store, switches, url, now)
        self._now = now

    def handle(self, call: Call) -> Answer:
        """Answers a call; all that it writes is one transaction, undone if it is refused."""
        write = self._store.transaction() if call.method != "GET" else nullcontext()
        try:
            merging.finish(self._store, self._now())
            with write:
                return self._route(call)
        except Refused as refusal:
            return refusal.answer
        except sqlite3.Error as error:
            full = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL
            return Answer(507 if full else 500, {"message": "internal error"})

    def _route(self, call: Call) -> Answer:
        if call.method == "GET" and call.path in _ACCOUNT_ROUTES:
            return _ACCOUNT_ROUTES[call.path](self, call)
        if not call.path or call.path[0] not in RESOURCES:
            raise not_found()
        resource = RESOURCES[call.path[0]]
        if len(call.path) <= 2:
            return self._top(call, resource)
        if call.path[2:] == ("merge",) and call.method == "POST":
            return self._merge(call, resource)
        if call.path[2:] == ("maildrop",) and call.method == "GET" and resource.table in VENTURES:
            return self._maildrop(call, self._find(resource, "TRUE", [], integer(call.path[1])))
        if len(call.path) in (5, 6):
            # /people/42/protocols/7/attachments: below a record that is there, as without it
            above = replace(call, method="GET", path=call.path[:4], params={})
            self._nested(above, resource)
            call, resource = replace(call, path=call.path[2:]), RESOURCES[call.path[2]]
        return self._nested(call, resource)

    def _top(self, call: Call, resource: Resource) -> Answer:
        """/people, /people/count, /people/42."""
        name = call.path[1] if len(call.path) == 2 else ""
        if call.method == "GET" and (resource.table, name) in searching.SEARCHES:
            return self._search(call, resource, searching.SEARCHES[resource.table, name])
        if call.method == "GET" and resource.counts(name):
            return self._count(call, resource)
        if call.method == "GET" and (resource.table, name) == ("tags", "list"):
            return self._tag_names(call)
        record_id = _record_id(resource, name) if name else None
        verb = _verb(call, record_id)
        if verb not in resource.top or (name and record_id is None):
            raise not_found()
        if verb == "index":
            return self._index(call, resource, Listing())
        if verb == "create":
            return self._create(call, resource, {})
        found = self._find(resource, "TRUE", [], record_id)
        if resource.table == "filter_groups":
            return self._kept_list(call, found)
        return self._one(call, resource, verb, found)

    def _nested(self, call: Call, parent: Resource) -> Answer:
        """/people/42/addrs, /people/42/addrs/7."""
        parent_id = integer(call.path[1])
        child = RESOURCES.get(call.path[2])
        if child is None or parent.table not in child.parents or len(call.path) > 4:
            raise not_found()
        record_id = _record_id(child, call.path[3]) if len(call.path) == 4 else None
        verb = _verb(call, record_id)
        if verb not in child.nested or (len(call.path) == 4 and record_id is None):
            raise not_found()
        owner = self._find(parent, "TRUE", [], parent_id)
        where, arguments = owned_by(child, parent)
        arguments = [*arguments, parent_id]
        if verb == "index":
            return self._index(call, child, Listing([where], arguments))
        if verb == "create":
            return self._create(call, child, {parent.table: owner})
        found = self._find(child, where, arguments, record_id)
        return self._one(call, child, verb, found, {parent.table: owner})

    def _find(
        self, resource: Resource, where: str, arguments: list[object], record_id: object
    ) -> Row:
        rows = self._store.rows(resource, f"{where} AND id = ?", [*arguments, record_id])
        if not rows:
            raise not_found()
        return rows[0]

    # Reading

    def _index(self, call: Call, resource: Resource, scope: Listing) -> Answer:
        listing = read_listing(resource, call.params, self._switches)
        for condition in scope.where:
            listing.restrict(condition, *scope.arguments)
        searching.restrict_index(resource, listing, call.params, self._switches, self._now())
        shown = self._shown(call, resource, page_rows(self._store, resource, listing))
        bare = call.path == ("historic_events",) and not self._switches.historic_events_wrapped
        if bare:
            return Answer(200, [next(iter(one.values())) for one in shown])
        return Answer(200, shown)

    def _count(self, call: Call, resource: Resource) -> Answer:
        count = total(self._store, resource, read_listing(resource, call.params, self._switches))
        body = {"total_entries": count}
        if self._switches.total_size:
            body["total_size"] = count
        return Answer(200, body)

    def _search(self, call: Call, resource: Resource, search: searching.Search) -> Answer:
        found, listing = search(resource, call.params, self._switches)
        return Answer(200, self._shown(call, found, page_rows(self._store, found, listing)))

    def _kept_list(self, call: Call, group: Row) -> Answer:
        """The records of a filter group: of its model, by its own parameters (§2)."""
        kept = dict(parse_qsl(str(group["parameters"])))
        target = next(one for one in RESOURCES.values() if one.class_name == group["model_type"])
        listing = read_listing(target, {**call.params, **kept}, self._switches)
        return Answer(200, self._shown(call, target, page_rows(self._store, target, listing)))

    def _tag_names(self, call: Call) -> Answer:
        class_name = call.params.get("attachable_type")
        rows = self._store.select(
            "SELECT DISTINCT name FROM tags WHERE ? IS NULL OR attachable_type = ? ORDER BY name",
            [class_name, class_name],
        )
        return Answer(200, [row[0] for row in rows])

    def _shown(self, call: Call, resource: Resource, rows: list[Row]) -> list[dict[str, object]]:
        """Rows as the wrapped items of a list."""
        strict = self._switches.unknown_include == "500"
        includes = names(call.params, "includes", resource.includes, strict)
        methods = names(call.params, "methods", resource.methods, strict)
        records = self._renderer.records(resource, rows, includes, methods)
        items: list[dict[str, object]] = [{wrapper(resource, one): one} for one in records]
        if resource.table == "attachments":
            # The file stands beside the wrapper (§1.3).
            return [item | {"data": row["data"]} for item, row in zip(items, rows, strict=True)]
        return items

    # Writing

    def _writer(self, call: Call) -> writing.Writer:
        quiet = call.params.get("no_log") == "true"
        return writing.Writer(self._store, self._switches, call.user_id, self._now(), quiet)

    def _create(self, call: Call, resource: Resource, owners: Mapping[str, Row]) -> Answer:
        record_id = self._writer(call).create(resource, call.body, owners)
        row = self._find(resource, "TRUE", [], record_id)
        return Answer(201, self._shown(call, resource, [row])[0])

    def _one(
        self,
        call: Call,
        resource: Resource,
        verb: str,
        row: Row,
        owners: Mapping[str, Row] | None = None,
    ) -> Answer:
        if verb == "update":
            self._writer(call).update(resource, row, call.body, owners or {})
            if self._switches.put_answer == "204":
                return Answer(204)
            if self._switches.put_answer == "message":
                return Answer(200, {"message": f"{resource.wrapper} updated"})
            row = self._find(resource, "TRUE", [], integer(row["id"]))
        elif verb == "delete":
            self._writer(call).delete(resource, row, owners or {})
            if self._switches.delete_answer == "204":
                return Answer(204)
            return Answer(200, {"message": f"{resource.wrapper} deleted"})
        return Answer(200, self._shown(call, resource, [row])[0])

    def _merge(self, call: Call, resource: Resource) -> Answer:
        if resource.table not in BOTH:
            raise not_found()
        winner = self._find(resource, "TRUE", [], integer(call.path[1]))
        due = self._now() + round(self._switches.merge_delay * 1000)
        merging.begin(self._store, resource, winner, call.body, due)
        merging.finish(self._store, self._now())
        if resource.table == "people":
            return Answer(200, {"message": "person merged"})
        return Answer(200, {"description": "Success", "error": None})

    # Round the API

    def credential(self, headers: Mapping[str, str], params: Mapping[str, str]) -> str:
        """The key that the request carries (§1.2)."""
        given = headers.get("x-apikey")
        if given is None and self._switches.apikey_parameter:
            given = params.get("apikey")
        return given or ""

    login_route: tuple[str, ...] = ()
    takes_files = False

    def login(self, body: object, keys: Mapping[str, int]) -> Answer:
        """As `Dialect.login`: keys are made on the web pages alone (§1.2)."""
        return self.refusal(401)

    def holder(self, key: str) -> int | None:
        """As `Dialect.holder`."""
        return None

    def refusal(self, status: int) -> Answer:
        """As `Dialect.refusal` (§1.7)."""
        return _REFUSALS[status]

    def page_refusal(self) -> Answer | None:
        """No page is answered."""
        return Answer(403, text="Forbidden")

    def headers(self, limit: int, left: int, wait: int, status: int) -> Mapping[str, str]:
        """Only a refusal says how long to wait (§1.7)."""
        return {"Retry-After": str(wait)} if status == 429 else {}

    def edit(self, path: tuple[str, ...], changes: Mapping[str, object], user_id: int) -> None:
        """As `Dialect.edit`."""
        shown = self.handle(Call("GET", path, {}, None, user_id)).body
        if isinstance(shown, dict) and len(shown) == 1:
            name = next(iter(shown))
            body = {"protocol" if name.startswith("protocol_") else name: dict(changes)}
            self.handle(Call("PUT", path, {}, body, user_id))

    # The account

    def _check_connection(self, call: Call) -> Answer:
        return Answer(200, text="")

    def _user(self, call: Call) -> Answer:
        row = self._find(RESOURCES["users"], "TRUE", [], call.user_id)
        person = {"first_name": row["first"], "name": row["name"], "gender": None, "title": None}
        account = {"id": ACCOUNT_ID, "name": "demo"}
        body = {
            "id": row["id"],
            "first": row["first"],
            "last": row["name"],
            "name": row["login"],
            "accounts": [account],
            "current_account": account,
            **{
                style: salutation(style, person)
                for style in ("salutation_official", "salutation_formal", "salutation_informal")
            },
            "timezone": "Berlin",
        }
        return Answer(200, body)

    def _deal_types(self, call: Call) -> Answer:
        """No pipelines: what one looks like is unknown (§2)."""
        return Answer(200, [])

    def _maildrop(self, call: Call, row: Row | None = None) -> Answer:
        """The address to which mails are sent that belong to a user, a deal or a project (§2)."""
        user = row is None
        born = self._store.number("SELECT min(created_at) FROM custom_fields_types")
        at = times.render(born, self._switches.times == "utc")
        record_id = call.user_id if row is None else row["id"]
        kind = None if user else RESOURCES[call.path[0]].class_name
        body = {
            "id": record_id,
            "account_id": ACCOUNT_ID,
            "user_id": call.user_id,
            "entity_type": kind,
            "entity_id": None if user else record_id,
            "email_address": f"{(kind or 'user').lower()}-{record_id}@maildrop.example",
            "created_at": at,
            "updated_at": at,
        }
        return Answer(200, {"maildrop": body})

    def _search_all(self, call: Call) -> Answer:
        term = call.params.get("term", "").strip()
        if not term:
            raise bad_arguments()
        items: list[dict[str, object]] = []
        for table in (*BOTH, *VENTURES):
            resource = RESOURCES[table]
            listing = read_listing(resource, call.params, self._switches, "abc-asc")
            searching.restrict_anywhere(resource, listing, term)
            items += self._shown(call, resource, query.page_rows(self._store, resource, listing))
        return Answer(200, items)


_REFUSALS = {
    400: Answer(400, {"error": "bad-request", "description": "The request body is not valid JSON"}),
    401: Answer(401, {"description": "Not authorized", "error": "not authorized"}),
    413: Answer(413, {"error": "too large"}),
    415: Answer(415, {"error": "unsupported media type"}),
    429: Answer(429, text="Retry later"),
}

_ACCOUNT_ROUTES: dict[tuple[str, ...], Callable[[CentralStation, Call], Answer]] = {
    ("check_connection",): CentralStation._check_connection,
    ("user",): CentralStation._user,
    ("user", "maildrop"): CentralStation._maildrop,
    ("search",): CentralStation._search_all,
    ("deal_types",): CentralStation._deal_types,
}


def wrapper(resource: Resource, record: Mapping[str, object]) -> str:
    """The key in which a record stands; by its type for contact details and notes (§6, §7)."""
    if resource.table == "contact_details":
        return str(record["type"]).lower()
    if resource.table == "protocols":
        return PROTOCOL_TYPES.get(str(record["type"]), "protocol_object_note")
    return resource.wrapper


def _record_id(resource: Resource, text: str) -> int | str | None:
    """An id out of a path; avatars have strings (§1.1)."""
    identity = resource.attribute("id")
    return text if identity and identity.kind == "text" else integer(text)


def _verb(call: Call, record_id: int | str | None) -> str:
    if record_id is None:
        return {"GET": "index", "POST": "create"}.get(call.method, "")
    return {"GET": "show", "PUT": "update", "DELETE": "delete"}.get(call.method, "")
