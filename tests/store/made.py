"""Records as a service would save them."""

from collections.abc import Sequence

from csc_tui.domain.query import Query
from csc_tui.store.rows import Hit, Saved, StoredPage
from csc_tui.store.store import Store

PEOPLE = Query("people").key
COMPANIES = Query("companies").key


def person(
    id_: int | str, name: str, *words: str, phones: Sequence[str] = (), version: str = "v1"
) -> Saved:
    """`name` as `Last, First`."""
    last, _, first = name.partition(", ")
    cells = (name, *words[:1], phones[0] if phones else "")
    raw = f'{{"id": "{id_}", "version": "{version}"}}'
    return Saved(str(id_), cells, version, raw, f"{first} {last}".strip(), words, tuple(phones))


def company(id_: int | str, name: str, *words: str, phones: Sequence[str] = ()) -> Saved:
    return Saved(str(id_), (name, *words[:1]), "v1", "{}", name, words, tuple(phones))


async def put(store: Store, *people: Saved) -> None:
    await store.save_page("people", PEOPLE, 1, people, 100.0)


async def found(store: Store, text: str, resource: str = "people") -> list[str]:
    """The names that a search finds, in order."""
    return [name(hit) for hit in await store.search(resource, text)]


def name(hit: Hit) -> str:
    return hit.row.cells[0]


def ids(page: StoredPage | None) -> list[str]:
    assert page is not None
    return [row.id for row in page.rows]
