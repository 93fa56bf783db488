"""The record screen and the preview, in English."""

WORDS: dict[str, str] = {
    "record.position": "{stop} of {stops}",
    "record.position_more": "{stop} of {stops}, more below",
    "record.read": "read {time}",
    "record.last": "last contact {day}",
    "record.last_short": "last {day}",
    "record.responsible": "responsible {name}",
    "record.loading": "asking the CRM for it",
    "record.gone": "It is not in the CRM any more.",
    "record.no_more": "no more records that way",
    "record.no_way_back": "the trail begins here",
    "record.no_way_on": "the trail ends here",
    "record.nothing_to_follow": "nothing to follow here",
    "record.nothing_to_delete": "this cannot be deleted on its own",
    "note.follow_up": "Follow-up",
    "note.follow_up_note": "task for you",
    "note.due_note": "+3d, mon, day",
    "note.history": "History",
    "note.older": "older entries: ⏎ here",
    "note.under_way": "on its way",
    "note.none": "nothing is written down yet",
    "note.unread": "not read yet; ⏎ asks for it",
    "note.cannot": "no notes can be written here",
    "record.nothing_to_edit": "this cannot be edited",
}
"""Key -> text."""
