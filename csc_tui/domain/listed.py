"""Records as far as lists and the search look at them.

A page of a list has thousands of parts, and most of what they hold is seen on a record's own screen
alone: rows and search words are made in a third of the time where only their own fields are read.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar, TypeVar

import pydantic

from csc_tui.domain.record import Id, Node, Part, parts_of

N = TypeVar("N", bound=Node)


def read_listed(model: type[N], values: Mapping[str, Any]) -> N | None:
    """As `Node.read`, with only the fields in `listed`; None where one of them is odd.

    Then all of the record has to be read, to take out what is wrong alone.
    """
    try:
        found: N = only_listed(model).validated(values)
    except pydantic.ValidationError:
        return None
    return found


@cache
def only_listed(model: type[N]) -> type[N]:
    """The model with the fields of its `listed` alone, and its parts with those of theirs.

    A part has to have an id: what has none is no part, but may have one inside.
    """
    if not model.listed:
        return model
    fields = {name: info for name, info in model.model_fields.items() if name in model.listed}
    is_part = issubclass(model, Part)
    left_out = model.model_fields.keys() - fields - ({"id"} if is_part else set())
    hints: dict[str, object] = dict.fromkeys(left_out, ClassVar[Any])
    values: dict[str, object] = {name: _LeftOut(name) for name in left_out}
    if is_part:
        hints["id"], values["id"] = Id, pydantic.Field()
    for name, part in parts_of(model).items():
        if name in fields:
            hints[name] = tuple[only_listed(part), ...]  # type: ignore[misc]
            values[name] = fields[name]
    values |= {
        "__module__": __name__,
        "__annotations__": hints,
        "model_config": pydantic.ConfigDict(extra="ignore"),
    }
    kind: Any = type(model)
    made: type[N] = kind(f"Listed{model.__name__}", (model,), values)
    return made


class _LeftOut:
    """Stands where a field was left out: what looks at it all the same has to be heard of."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, node: Node | None, _: type[Node]) -> object:
        if node is None:
            return self
        raise LookupError(f"{type(node).__name__}.{self._name}")
