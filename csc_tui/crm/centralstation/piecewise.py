"""A page of a list read record by record out of its text, without values of the whole answer.

`[{"person":{…}},{"person":{…}}]` is cut wherever `},{"person":` stands. If every piece then is an
object by itself, the answer is these records and nothing else, whatever texts or parts may hold;
if one is not, the answer has to be read as a whole. A piece costs what a list looks at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial

import pydantic
from pydantic_core import from_json

from csc_tui.crm.centralstation.models import Person
from csc_tui.crm.centralstation.resources import RESOURCES
from csc_tui.crm.centralstation.routes import ROUTES
from csc_tui.domain.column import Column
from csc_tui.domain.digest import digest
from csc_tui.domain.listed import only_listed
from csc_tui.domain.record import Record
from csc_tui.domain.unread import Unread


@cache
def reader(resource: str) -> Callable[[bytes], list[Unread] | None] | None:
    """What reads the text of a page; None where lists look at all of a record anyway.

    It gives None itself for a text that has to be read as a whole. Always the same one, so that
    requests for one page are equal.
    """
    kind = RESOURCES[resource]
    if not kind.model.listed:
        return None
    opening = f'{{"{ROUTES[resource].wrapper}":'.encode()
    # A pattern finds the next in half the time of `bytes.find`.
    parted = re.compile(re.escape(b"}," + opening))
    return partial(_read, only_listed(kind.model), kind.columns, opening, parted)


def _read(
    model: type[Record],
    columns: Sequence[Column],
    opening: bytes,
    parted: re.Pattern[bytes],
    body: bytes,
) -> list[Unread] | None:
    body = body.strip()
    if not body.startswith(b"[" + opening) or not body.endswith(b"}]"):
        return None
    found = []
    for piece in _pieces(body, 1 + len(opening), parted):
        try:
            listed = model.validated_text(piece)
        except pydantic.ValidationError:
            if not _is_object(piece):
                return None
            found.append(Unread(piece.decode(), None))
            continue
        if not listed.id:
            return None
        if isinstance(listed, Person):
            _name_companies(listed)
        # At once: hundreds of models at a time are looked through for garbage again and again.
        found.append(Unread(piece.decode(), digest(listed, columns)))
    return found


def _pieces(body: bytes, start: int, parted: re.Pattern[bytes]) -> Iterator[bytes]:
    """The records between brackets and wrappers, one at a time: all at once are a second body."""
    for found in parted.finditer(body):
        yield body[start : found.start()]
        start = found.end()
    yield body[start:-2]


def _is_object(piece: bytes) -> bool:
    """Whether it is a record by itself, however odd."""
    from csc_tui.crm.centralstation.reading import bare_id

    try:
        values = from_json(piece, allow_inf_nan=False)
    except ValueError:
        return False
    return isinstance(values, dict) and bool(bare_id(values.get("id")))


def _name_companies(person: Person) -> None:
    """Put the names of companies into positions, as `reading` does."""
    if not person.positions:
        return
    names = {one.id: one.name for one in person.employers}
    for position in person.positions:
        if "company_name" not in position.model_fields_set:
            vars(position)["company_name"] = names.get(position.company or "")
