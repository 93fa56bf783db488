"""Duplicates and merging two records, in English."""

WORDS: dict[str, str] = {
    "place.dupes": "Among duplicates",
    "place.merge": "Two records side by side",
    "dupes.title": "Duplicates",
    "dupes.reading": "reading the store: {done} of {total}; esc stops it",
    "dupes.comparing": "comparing {total} {many}; esc stops it",
    "dupes.stopped": "stopped; {key} looks again",
    "dupes.none": "No two of the {here} {many} that are stored here look like one.",
    "dupes.none_here": "No {many} are stored here yet. “Synchronise” in the palette fetches them.",
    "dupes.found": (
        "{count} pair among the {here} {many} that are stored here"
        "|{count} pairs among the {here} {many} that are stored here"
    ),
    "dupes.with_apart": "{found}; {count} said to be two|{found}; {count} said to be two",
    "dupes.is_two": "two",
    "dupes.set_apart": "they are two; {key} shows such pairs again",
    "dupes.set_back": "they may be one",
    "dupes.gone": "one of them is not there any more",
    "merge.title": "Merge",
    "merge.stays": "Stays",
    "merge.goes": "Goes",
    "merge.who": "{stays} (#{stays_id}) stays, {goes} (#{goes_id}) goes.",
    "merge.asking": "asking the CRM for both records …",
    "merge.offline": "Both records have to be read first, and that cannot be now: {why}",
    "merge.unreadable": (
        "Their custom fields would be lost: the CRM does not say what fields they are."
    ),
    "merge.unsettled": (
        "One of them has a write that is not confirmed, or a text that is not saved. {key} leads "
        "there; after that they can be merged."
    ),
    "merge.moves": "Moves",
    "merge.lost": "Lost",
    "merge.nothing_moves": "nothing that is not there already",
    "merge.nothing_lost": "nothing",
    "merge.there": "{parts}; there already: {there}",
    "merge.beside_by_crm": "notes, tasks, deals and all else that hangs on it",
    "merge.beside_by_moving": "e-mails, files and what else hangs on it",
    "merge.hangs-notes": "{count} note|{count} notes",
    "merge.hangs-calls": "{count} call|{count} calls",
    "merge.hangs-activities": "{count} activity|{count} activities",
    "merge.value": "{label} {value}",
    "merge.cost_by_crm": (
        "{count} requests, {time}, one more each time that {crm} is not done yet. "
        "A merge cannot be undone."
    ),
    "merge.cost_by_moving": (
        "{count} requests, {time}. {crm} has no merge: what moves is given to the one that stays, "
        "then the other goes into the bin. {undo} takes it back."
    ),
    "merge.same": "They differ in no field.",
    "merge.differ": "{count} field differs|{count} fields differ",
    "merge.idle": "{differ}; nothing is sent before {key}",
    "merge.position": "{at} of {total}",
    "merge.required": "{label} cannot be empty",
    "merge.question": "Merge {goes} into {stays}?",
    "merge.about_by_crm": "{count} requests. {crm} cannot take a merge back.",
    "merge.about_by_moving": "{count} requests. {goes} goes into the bin of {crm}.",
    "merge.type": "Type  {word}  to merge:",
    "merge.nothing_sent": "nothing is sent before ⏎",
    "merge.not_yet": "that does not match; esc leaves both as they are",
    "merge.yes": "⏎ merge",
    "merge.no": "esc leave",
    "merge.stopped": "The merge has stopped; {key} leads there. {why}",
    "merge.done": "merged; {title} is no more",
    "merge.done_elsewhere": "{title} was gone already",
}
"""Key -> text."""
