"""Forms and pick lists, in English."""

WORDS: dict[str, str] = {
    "form.yes": "yes",
    "form.no": "no",
    "form.changed": "Changed",
    "form.created": "Created",
    "form.by": "{time} by {name}",
    "form.note.pick": "⏎ pick",
    "form.note.mine": "⏎ pick; empty: you",
    "form.note.kind": "{kind} ⏎ pick",
    "form.note.number": "number",
    "form.note.date": "date",
    "form.note.moment": "date and time",
    "form.note.now": "empty: now",
    "form.note.several": "⏎ pick any",
    "form.note.colour": "#rrggbb",
    "form.note.find": "type to find",
    "form.note.flag": "yes or no",
    "form.note.required": "required",
    "form.note.long": "ctrl+e editor",
    "form.note.company": "type to find, or a new name",
    "form.note.tags": "type to find; comma between",
    "form.note.tag": "type to find, or a new one",
    "form.bad.required": "{label} is required.",
    "form.bad.long": "That is {length} characters long; {limit} is the most.",
    "form.bad.number": "That is no number. Write 50000.00 or 50.000,00.",
    "form.bad.twofold": "{text} can be read in two ways. Write {one} or {other}.",
    "form.bad.date": "That is no date. Write 31.12.2026 or 2026-12-31.",
    "form.bad.day": "{day} {month} does not exist. Write {fix}.",
    "form.bad.put-off": "Write +1d, 2w, mon, 31.12., 2026-12-31, 14:00, or a day and a time.",
    "form.bad.day-or-moment": (
        "That is no date. Write 31.12.2026, 2026-12-31, 31.12., mon or +1d, with a time behind it "
        "if it has one."
    ),
    "form.note.due": "+3d, mon, day",
    "form.note.late": "in the past",
    "form.bad.moment": (
        "That is no date with a time. Write 31.12.2026 14:30, 2026-12-31 14:30, mon 14:30 or 14:30."
    ),
    "form.bad.whole": "Only whole numbers are taken here.",
    "form.bad.decimals": "At most {limit} digits behind the point are taken here.",
    "form.bad.digits": "At most {limit} digits before the point are taken here.",
    "form.bad.least": "{limit} is the least that is taken here.",
    "form.bad.colour": "A colour is written like #3366cc.",
    "form.bad.stays": "The CRM cannot be made to forget a value here: pick another one.",
    "form.bad.flag": "Write yes or no.",
    "form.bad.phone": "A phone number has digits. Write +49 221 …",
    "form.bad.email": "An e-mail address looks like name@firm.example.",
    "form.bad.url": "A web address begins with http:// or https://. Write {fix}",
    "form.bad.choice": "“{text}” is none of the options. ⏎ shows them.",
    "form.bad.several": "“{text}” is more than one. ⏎ shows them.",
}
"""Key -> text; keys begin with the theme. `form.bad.*` are what `BadValue` codes say."""
