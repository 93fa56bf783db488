"""Tasks, in English."""

WORDS: dict[str, str] = {
    "task.none_here": "no task here",
    "task.nobody": "whom it could be handed on to is not known",
    "task.put_off": "Put off",
    "task.hand_on": "Hand on to",
    "task.take": "put off",
    "task.clear": "clear",
    "task.leave": "leave it",
    "task.until": "until",
    "task.due": "due {due}",
    "task.some_day": "some day",
    "task.how": (
        "+1d, 2w, +1m: so much later, from today where it is late; mon: the next one; 31.12.; "
        "2026-12-31; 14:00; or a day and a time: mon 14:00."
    ),
    "view.built-in": "This view comes with the program.",
    "view.mine": "my open {many}",
    "view.overdue": "my overdue {many}",
    "view.today": "my {many} today",
    "view.week": "my {many} this week",
    "view.all": "all {many}",
}
"""Key -> text."""
