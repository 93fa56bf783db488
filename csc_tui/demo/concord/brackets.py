"""Query strings in PHP's brackets: `order[0][field]=name`, `only[]=contacts`."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
_PARTS = re.compile(r"\[([^\[\]]*)\]")
_DEEPEST = 20

Tree = dict[str, object]


def nested(query: Iterable[tuple[str, str]]) -> Tree:
    """The parameters as texts, objects and lists; of a name given twice the last."""
    tree: Tree = {}
    for name, value in query:
        found = _NAME.fullmatch(name)
        if not found:
            tree[name] = value
            continue
        path = [found[1], *_PARTS.findall(found[2])][:_DEEPEST]
        place = tree
        for part in path[:-1]:
            inner = place.get(part)
            if not isinstance(inner, dict):
                inner = place[part] = {}
            place = inner
        place[path[-1] or str(len(place))] = value
    return {name: _listed(value) for name, value in tree.items()}


def _listed(value: object) -> object:
    """An object whose keys are numbers is a list."""
    if not isinstance(value, dict):
        return value
    inner = {name: _listed(one) for name, one in value.items()}
    if inner and all(name.isdecimal() for name in inner):
        return list(inner.values())
    return inner


def texts(value: object, between: str = ";") -> list[str]:
    """A parameter that is a separated text or a list of texts."""
    if isinstance(value, str):
        return [one.strip() for one in value.split(between) if one.strip()]
    return [str(one) for one in value] if isinstance(value, list) else []
