"""How the people of each CRM travel, told without the program's adapters.

Whoever compares a server with what was typed asks it in these words, so that a mistake of an
adapter cannot agree with itself. A third CRM adds one class here.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import quote

from csc_tui.domain.ref import Ref

Raw = dict[str, Any]
"""A record as the server has it, without its wrapper."""


class Wire(ABC):
    """One CRM's people: where they are, what they are made of, how they are refused."""

    people: ClassVar[str]
    """Their resource."""
    one: ClassVar[str]
    """How forms call one of them."""
    texts: ClassVar[tuple[str, str]]
    """Two fields of a person that take any text; one name for the program and for the server."""
    label: ClassVar[str]
    """Part of the label of the second, and of no field above it."""
    needs: ClassVar[Mapping[str, str]] = {}
    """What a new person must have beside a last name."""
    me: ClassVar[str]
    """The path of the key's user."""
    writes: ClassVar[str]
    """The paths, as faults name them, of all that changes people."""
    tells_author: ClassVar[bool]
    """Whether a record says who changed it."""
    bin: ClassVar[bool]
    """Whether what was deleted is had back under the id that it had."""

    def title(self, last_name: str) -> str:
        """What a list calls a person who has this last name and what a new one needs."""
        return ", ".join((last_name, *self.needs.values()))

    @abstractmethod
    def headers(self, key: str) -> dict[str, str]:
        """What carries a key."""

    @abstractmethod
    def body(self, resource: str, values: Mapping[str, object]) -> Raw:
        """The body that makes or changes a record."""

    @abstractmethod
    def values(self, body: Raw) -> Raw:
        """What a body says, record or part."""

    @abstractmethod
    def shown(self, ref: Ref) -> str:
        """The path of a record with its parts."""

    @abstractmethod
    def record(self, answer: Raw) -> Raw:
        """The record of an answer to `shown`, or to a create."""

    @abstractmethod
    def where(self, resource: str, name: str, value: str) -> str:
        """The path of the records that have exactly this value; `id` is a name too."""

    @abstractmethod
    def listed(self, answer: Any) -> list[Raw]:
        """The records of an answer to `where`."""

    @abstractmethod
    def numbers(self, record: Raw) -> list[str]:
        """The phone numbers of a record."""

    @abstractmethod
    def with_number(self, ref: Ref, there: Sequence[str], number: str) -> tuple[str, str, Raw]:
        """Verb, path and body that give a record one more; `there` are those that it has."""

    @abstractmethod
    def refusal(self, name: str, words: str) -> Raw:
        """The body of a 422 at a field."""


class CentralStationWire(Wire):
    """CentralStationCRM."""

    people = "people"
    one = "person"
    texts = ("title", "background")
    label = "back"
    me = "/api/user"
    writes = "/people**"
    tells_author = True
    bin = False

    _WRAPPERS: ClassVar = {"people": "person", "companies": "company"}

    def headers(self, key: str) -> dict[str, str]:
        return {"X-apikey": key}

    def body(self, resource: str, values: Mapping[str, object]) -> Raw:
        named = {"last_name": "name"}  # of a person the last name is `name`
        return {self._WRAPPERS[resource]: {named.get(key, key): it for key, it in values.items()}}

    def values(self, body: Raw) -> Raw:
        found: Raw = next(iter(body.values()), {})
        return found

    def shown(self, ref: Ref) -> str:
        return f"/api/{ref.resource}/{ref.id}?includes=all"

    def record(self, answer: Raw) -> Raw:
        return self.values(answer)

    def where(self, resource: str, name: str, value: str) -> str:
        named = {"last_name": "name"}.get(name, name)
        query = f"filter[{named}][equal]={quote(value)}&perpage=250&includes=all"
        return f"/api/{resource}?{query}"

    def listed(self, answer: Any) -> list[Raw]:
        return [self.values(one) for one in answer]

    def numbers(self, record: Raw) -> list[str]:
        return [one["name"] for one in record["tels"]]

    def with_number(self, ref: Ref, there: Sequence[str], number: str) -> tuple[str, str, Raw]:
        tel = {"tel": {"name": number, "atype": "office"}}
        return "POST", f"/api/{ref.resource}/{ref.id}/contact_details", tel

    def refusal(self, name: str, words: str) -> Raw:
        return {name: [words]}


class ConcordWire(Wire):
    """Concord CRM."""

    people = "contacts"
    one = "contact"
    texts = ("job_title", "street")
    label = "street"
    needs: ClassVar = {"first_name": "Anna"}
    me = "/api/me"
    writes = r"~/(trashed/)?contacts.*"
    tells_author = False
    bin = True

    def headers(self, key: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {key}", "Accept": "application/json"}

    def body(self, resource: str, values: Mapping[str, object]) -> Raw:
        return dict(values)

    def values(self, body: Raw) -> Raw:
        return body

    def shown(self, ref: Ref) -> str:
        return f"/api/{ref.resource}/{ref.id}"

    def record(self, answer: Raw) -> Raw:
        return answer

    def where(self, resource: str, name: str, value: str) -> str:
        return f"/api/{resource}/search?q={quote(value)}&search_fields={name}:%3D&take=100"

    def listed(self, answer: Any) -> list[Raw]:
        found: list[Raw] = answer
        return found

    def numbers(self, record: Raw) -> list[str]:
        return [one["number"] for one in record["phones"]]

    def with_number(self, ref: Ref, there: Sequence[str], number: str) -> tuple[str, str, Raw]:
        # All at once: what is not named is gone.
        return "PUT", f"/api/{ref.resource}/{ref.id}", {"phones": [*there, number]}

    def refusal(self, name: str, words: str) -> Raw:
        return {"message": words, "errors": {name: [words]}}


WIRES: dict[str, Wire] = {"centralstation": CentralStationWire(), "concord": ConcordWire()}
"""Dialect -> its wire."""
