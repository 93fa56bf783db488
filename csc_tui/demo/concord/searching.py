"""`q`, `search_fields`, `search_match`: what a search looks into (Concord fact sheet §5)."""

# ruff: noqa: S608 -- only names that the code itself declares stand in SQL, values never do
from __future__ import annotations

import json
import re
from collections.abc import Sequence

from csc_tui.demo.concord.answers import broken, forbidden
from csc_tui.demo.concord.brackets import Tree, texts
from csc_tui.demo.concord.custom import SINGLE, Definition
from csc_tui.demo.concord.kind import Kind
from csc_tui.demo.concord.kinds import TABLES
from csc_tui.demo.folding import fold
from csc_tui.demo.listing import Listing
from csc_tui.demo.messages import integer

OPERATORS = ("=", "like", "in")
_TEXTS = ("Text", "Textarea", "Email", "Url", "Timezone", "Radio", "Select", "Number")
_PAIR = re.compile(r"([\w.]+):(.+)")
_BOOLEANS = {"on": 1, "1": 1, "true": 1, "off": 0, "0": 0, "false": 0}

Condition = tuple[str, list[object]]
"""SQL and its arguments."""


def restrict_search(
    listing: Listing, kind: Kind, tree: Tree, customs: Sequence[Definition]
) -> None:
    """Leaves what matches `q`; nothing happens without one.

    Raises Refused: 403 if no field of `search_fields` can be searched, 500 if none has a use for
    the text.
    """
    q = str(tree.get("q") or "").strip()
    if not q:
        return
    accepted = _fields(kind, customs)
    wanted = _wanted(tree.get("search_fields"))
    fields = {name: op for name, op in wanted if name in accepted} if wanted else accepted
    if not fields:
        names = ", ".join(accepted)
        raise forbidden(f"No acceptable fields in search_fields. Acceptable fields: {names}")
    own = _own_values(q, accepted)
    found: list[Condition] = []
    for name, operator in (own or fields).items():
        text = own[name] if own else q
        chosen = fields.get(name) or "" if own else operator
        condition = _condition(kind, name, chosen, text, customs)
        if condition:
            found.append(condition)
    if not found:
        raise broken("None of the fields can be searched for this text.")
    together = " AND " if tree.get("search_match") in ("and", "all") else " OR "
    listing.restrict(
        together.join(f"({sql})" for sql, _ in found),
        *(argument for _, arguments in found for argument in arguments),
    )


def _fields(kind: Kind, customs: Sequence[Definition]) -> dict[str, str]:
    """Every field that can be searched, with the operator it is searched with by itself."""
    fields = dict.fromkeys(("id", *kind.searched), "")
    return fields | {one.field_id: "" for one in customs if one.type in _TEXTS}


def _wanted(given: object) -> list[tuple[str, str]]:
    """(field, operator) of `email:like;phones.number:=`; an unknown operator does not count."""
    pairs = []
    for one in texts(given):
        name, _, operator = one.partition(":")
        pairs.append((name, operator if operator in OPERATORS else ""))
    return pairs


def _own_values(q: str, accepted: dict[str, str]) -> dict[str, str]:
    """The values that `q` itself gives to fields: `email:ana@x.test;first_name:Ana`."""
    if "://" in q:
        return {}
    pairs = [_PAIR.fullmatch(one.strip()) for one in q.split(";")]
    return {pair[1]: pair[2].strip() for pair in pairs if pair and pair[1] in accepted}


def _condition(
    kind: Kind, name: str, operator: str, text: str, customs: Sequence[Definition]
) -> Condition | None:
    """What must hold of a field; None if the text is of no use to it."""
    if name == "phones.number":
        inner = _compared("number", operator or "like", text)
        sql = f"id IN (SELECT owner_id FROM phones WHERE kind = ? AND {inner[0]})"
        return sql, [kind.table, *inner[1]]
    if "." in name:
        relation = kind.relation(name.partition(".")[0])
        if relation is None:
            return None
        target = TABLES[relation.table]
        column = name.partition(".")[2]
        inner = _compared(target.key(column), operator or "like", text, folded=True)
        sql = f"{relation.column} IN (SELECT id FROM {target.table} WHERE {inner[0]})"
        return sql, inner[1]
    definition = next((one for one in customs if one.field_id == name), None)
    if definition:
        return _custom(definition, operator, text)
    attribute = kind.attribute(name)
    if attribute and attribute.kind in ("int", "number"):
        return _numeric(f'"{name}"', operator, text)
    if attribute and attribute.kind == "bool":
        value = _BOOLEANS.get(text.lower())
        return None if value is None else (f'coalesce("{name}", 0) = ?', [value])
    return _compared(kind.key(name), operator or "like", text, folded=True)


def _numeric(column: str, operator: str, text: str) -> Condition | None:
    numbers = [_number(one) for one in text.split(",")]
    if not numbers or None in numbers or (len(numbers) > 1 and operator == "like"):
        return None
    marks = ", ".join("?" for _ in numbers)
    return f"{column} IN ({marks})", list(numbers)


def _number(text: str) -> object:
    whole = integer(text.strip())
    if whole is not None:
        return whole
    try:
        return float(text)
    except ValueError:
        return None


def _custom(definition: Definition, operator: str, text: str) -> Condition | None:
    """A Select or Radio is searched by the label of its options."""
    if definition.type in SINGLE:
        parts = [fold(one) for one in text.split(",")] if operator == "in" else [fold(text)]
        ids = [
            one["id"]
            for one in definition.options
            if any(
                part == fold(one["name"])
                or (operator in ("", "like") and part in fold(one["name"]))
                for part in parts
            )
        ]
        marks = ", ".join("?" for _ in ids)
        return (f"{definition.column} IN ({marks})", list(ids)) if ids else ("FALSE", [])
    if definition.type == "Number":
        return _numeric(definition.column, operator, text)
    column = f"json_extract(custom_key, '$.{definition.field_id}')"
    sql, arguments = _compared(column, operator or "like", text, folded=True)
    if operator in ("", "like"):
        # Most records have it nowhere, and JSON is slow to take apart.
        anywhere = contained(json.dumps(fold(text), ensure_ascii=False)[1:-1])
        return f"custom_key LIKE ? ESCAPE '\\' AND {sql}", [anywhere, *arguments]
    return sql, arguments


def _compared(column: str, operator: str, text: str, folded: bool = False) -> Condition:
    def key(one: str) -> str:
        return fold(one) if folded else one.strip()

    if operator == "in":
        parts = [key(one) for one in text.split(",")]
        return f"{column} IN ({', '.join('?' for _ in parts)})", list(parts)
    if operator == "=":
        return f"{column} = ?", [key(text)]
    return f"{column} LIKE ? ESCAPE '\\'", [contained(key(text))]


def contained(text: str, before: str = "%", after: str = "%") -> str:
    r"""A LIKE pattern (with ESCAPE '\') for what contains the text as it is."""
    escaped = re.sub(r"([\\%_])", r"\\\1", text)
    return f"{before}{escaped}{after}"
