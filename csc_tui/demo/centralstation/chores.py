"""The tasks of an account, each about one of its people (CentralStationCRM fact sheet §8)."""

from __future__ import annotations

from csc_tui.demo import times
from csc_tui.demo.messages import integer
from csc_tui.demo.schema import Row, World
from csc_tui.demo.world_agenda import Agenda, Chore
from csc_tui.demo.world_chance import source
from csc_tui.demo.world_clock import today_of

_SEED = 4711
_FIRST = 9_001
_BADGES = {"meeting": "visit"}


def with_chores(world: World) -> World:
    """The world, and after its people what is to be done about them."""
    owner: object = None
    agenda: Agenda | None = None
    number = _FIRST
    for table, batch in world:
        yield table, batch
        if table == "users" and owner is None:
            owner = batch[0]["id"]
        elif table == "custom_fields_types" and agenda is None:
            born = integer(batch[0]["created_at"]) or 0
            agenda = Agenda(source(_SEED, "agenda"), today_of(born))
        elif table == "people" and agenda is not None:
            rows = []
            for person in batch:
                if (chore := agenda.about()) is not None:
                    rows.append(_row(number, chore, person, owner))
                    number += 1
            if rows:
                yield "tasks", rows


def _row(number: int, chore: Chore, person: Row, owner: object) -> Row:
    day = chore.day.isoformat()
    due = times.render(times.parse(f"{day}T{chore.time}:00") or 0) if chore.time else day
    user = owner if chore.ours else person["user_id"] or owner
    made = min(integer(person["updated_at"]) or 0, times.parse(day) or 0)
    return {
        "id": number,
        "user_id": user,
        "name": chore.title,
        "attachable_type": "Person",
        "attachable_id": person["id"],
        "badge": _BADGES.get(chore.kind, chore.kind),
        "precise_time": due,
        "finished": int(chore.done),
        "created_by_user_id": user,
        "created_at": made,
        "updated_at": made,
    }
