"""The tasks of an account, each about one of its people (CentralStationCRM fact sheet §8)."""

from __future__ import annotations

from csc_tui.demo import times
from csc_tui.demo.centralstation.office import CALENDAR
from csc_tui.demo.messages import integer
from csc_tui.demo.schema import Row, World
from csc_tui.demo.world_agenda import Agenda, Chore
from csc_tui.demo.world_chance import source
from csc_tui.demo.world_clock import today_of

_SEED = 4711
_FIRST = 9_001
_HALF_AN_HOUR = 1_800_000
"""In milliseconds."""
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
            rows, meetings = list[Row](), list[Row]()
            for person in batch:
                if (chore := agenda.about()) is not None:
                    rows.append(_row(number, chore, person, owner))
                    if chore.kind == "meeting" and chore.time:
                        meetings.append(_meeting(rows[-1]))
                    number += 1
            if rows:
                yield "tasks", rows
                yield "cal_events", meetings


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


def _meeting(task: Row) -> Row:
    """The appointment that a task with a time stands for, half an hour of it."""
    start = times.parse(str(task["precise_time"])) or 0
    copied = ("user_id", "name", "attachable_type", "attachable_id", "created_at", "updated_at")
    return {
        **{name: task[name] for name in copied},
        "id": str(task["id"]),
        "group_calendar_id": CALENDAR,
        "starts_at": start,
        "ends_at": start + _HALF_AN_HOUR,
        "status": "confirmed",
    }
