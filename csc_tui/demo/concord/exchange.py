"""One call and how it is answered with records: pages, bare lists, single ones (fact sheet §4)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from csc_tui.demo.concord import custom
from csc_tui.demo.concord.answers import forbidden, not_found
from csc_tui.demo.concord.brackets import Tree, nested
from csc_tui.demo.concord.custom import Definition
from csc_tui.demo.concord.filtering import restrict_filters
from csc_tui.demo.concord.kind import Kind
from csc_tui.demo.concord.reading import (
    alive,
    asked,
    envelope,
    ordered,
    page_rows,
    paged,
    total,
)
from csc_tui.demo.concord.rendering import Renderer
from csc_tui.demo.concord.searching import restrict_search
from csc_tui.demo.concord.view import Shown, View
from csc_tui.demo.concord.writing import Writer
from csc_tui.demo.listing import Listing
from csc_tui.demo.messages import Answer, Call, integer
from csc_tui.demo.schema import Row

_SEARCHED = 10**6
_EVENTS = ("activities", "calls", "notes")


class Exchange:
    """A call, its user's view, and what follows from both."""

    def __init__(self, view: View, call: Call) -> None:
        self.view = view
        self.call = call
        self.method = call.method
        self.path = call.path
        self.renderer = Renderer(view)
        self.writer = Writer(view)

    @cached_property
    def tree(self) -> Tree:
        """The query with its brackets."""
        return nested(self.call.query or self.call.params.items())

    @property
    def body(self) -> Row:
        """The body's object; empty for anything else."""
        return self.call.body if isinstance(self.call.body, dict) else {}

    def admin_only(self) -> None:
        """Raises Refused (403) for who is no super admin."""
        if not self.view.viewer["super_admin"]:
            raise forbidden()

    def customs(self, kind: Kind) -> list[Definition]:
        """The custom fields of a kind."""
        return custom.definitions(self.view.store, kind.table) if self.customizable(kind) else []

    def customizable(self, kind: Kind) -> bool:
        """Whether a kind can have custom fields (fact sheet §13.2)."""
        return kind.customs or (kind.table in _EVENTS and self.view.switches.activity_fields)

    def find(self, kind: Kind, record_id: object, trashed: bool = False) -> Row:
        """The row of this id that the user may see. Raises Refused: 404, 403."""
        number = integer(record_id)
        where = f"id = ? AND {alive(kind, trashed)}"
        rows = self.view.store.rows(kind, where, [number]) if number is not None else []
        if not rows:
            raise not_found()
        if not self.view.sees(kind, rows[0]):
            raise forbidden()
        return rows[0]

    def one(
        self, kind: Kind, record_id: object, status: int = 200, trashed: bool = False
    ) -> Answer:
        """A bare record, read anew."""
        customs = self.customs(kind)
        row = self.find(kind, record_id, trashed)
        wish = asked(self.tree, kind, customs, single=True)
        shown = self.renderer.records(kind, [row], wish, customs, created=status == 201)
        return Answer(status, shown[0])

    def page(self, kind: Kind, scope: Listing | None = None, trashed: bool = False) -> Answer:
        """A page of a list; scope: what it is below."""
        customs = self.customs(kind)
        listing = self._listing(kind, customs, trashed)
        if scope is not None:
            listing.restrict(scope.condition, *scope.arguments)
            if scope.order != "id":
                listing.order = scope.order
        paged(listing, kind, self.tree, self.view.switches, scope is not None)
        rows = page_rows(self.view.store, kind, listing)
        shown = self.shown(kind, rows, customs)
        return Answer(200, self.enveloped(shown, listing, total(self.view.store, kind, listing)))

    def bare(self, kind: Kind, trashed: bool = False) -> Answer:
        """The result of a search: an array without pages, [] for no text."""
        if not str(self.tree.get("q") or "").strip():
            return Answer(200, [])
        customs = self.customs(kind)
        listing = self._listing(kind, customs, trashed)
        listing.size = integer(self.tree.get("take")) or _SEARCHED
        rows = page_rows(self.view.store, kind, listing)
        return Answer(200, self.shown(kind, rows, customs))

    def shown(self, kind: Kind, rows: Sequence[Row], customs: Sequence[Definition]) -> list[Shown]:
        """Rows as the records of a list."""
        return self.renderer.records(kind, rows, asked(self.tree, kind, customs), customs)

    def enveloped(self, data: Sequence[object], listing: Listing, count: int) -> Shown:
        """A page of whatever kind in its envelope."""
        if not self.view.switches.page_meta:
            return {"data": list(data)}
        path = f"{self.view.url}/api/{'/'.join(self.path)}"
        kept = {}
        if self.view.switches.links_keep_query:
            kept = {name: value for name, value in self.call.params.items() if name != "page"}
        return envelope(data, listing, count, path, kept)

    def _listing(self, kind: Kind, customs: Sequence[Definition], trashed: bool) -> Listing:
        listing = Listing()
        listing.restrict(alive(kind, trashed))
        if not self.view.sees_all(kind):
            listing.restrict("user_id = ?", self.view.viewer["id"])
        restrict_search(listing, kind, self.tree, customs)
        filters = self.tree.get("filters")
        restrict_filters(listing, kind, filters, customs, self.view)
        listing.order = ordered(kind, self.tree, customs)
        return listing
