"""What an account has before its people: a calendar and kept lists (fact sheet §2, §8)."""

from __future__ import annotations

from csc_tui.demo.schema import Row, World

CALENDAR = "1"
"""The id of the calendar."""
_KEPT = (
    ("Person", "VIP", "tag_name=VIP"),
    ("Deal", "Open", "filter[current_state][in]=open_0,open_25,open_50,open_75"),
    ("Project", "Won", "filter[current_state][equal]=won"),
)
"""Model, name and query of a kept list."""


def with_office(world: World) -> World:
    """The world, and before its companies what its office is furnished with."""
    furnished = False
    for table, batch in world:
        yield table, batch
        if table == "custom_fields_types" and not furnished:
            furnished = True
            yield from _furniture(batch[0]["created_at"])


def _furniture(born: object) -> World:
    times: Row = {"created_at": born, "updated_at": born}
    yield (
        "group_calendars",
        [{"id": CALENDAR, "name": "Vertrieb", "color_type": "one", "read_only": 0, **times}],
    )
    yield (
        "filter_groups",
        [
            {"id": number, "model_type": model, "name": name, "parameters": query, **times}
            for number, (model, name, query) in enumerate(_KEPT, 501)
        ],
    )
