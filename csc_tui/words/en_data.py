"""Commands that read and write records, in English."""

WORDS: dict[str, str] = {
    "cli.list.about": "print a list, or what of it a filter lets through",
    "cli.list.columns": "these, by name or label, with commas between",
    "cli.list.csv": "as CSV with a line of names",
    "cli.list.limit": "at most N records",
    "cli.list.sort": "name, created, updated or a column; -name the other way round",
    "cli.list.epilog": (
        "{filter} Tasks come by when they are due. What the views of their tab show: "
        "list tasks owner:me done:no, with 'due<now', due:today or due:week."
    ),
    "cli.show.about": "print records with all their parts",
    "cli.show.id": "Id",
    "cli.set.about": "give fields of a record other values",
    "cli.new.about": "make a record and print its id",
    "cli.new.phone": "its phone number; as often as there are any",
    "cli.new.email": "its e-mail address; as often as there are any",
    "cli.new.company": "where the person works",
    "cli.new.tag": "a tag; as often as there are any",
    "cli.delete.about": "delete a record",
    "cli.delete.yes": "do not ask",
    "cli.delete.unasked": "Nobody is there to ask whether it is to go: give --yes.",
    "cli.delete.kept": "Nothing was deleted.",
    "cli.note.about": "write a note about a record",
    "cli.note.text": "its words; - reads them from standard input",
    "cli.note.kind": "note (if nothing is said), call, or what else the CRM has",
    "cli.note.outcome": "what came of a call, where the CRM wants to know",
    "cli.note.confidential": "only for those who may see what is confidential",
    "cli.note.nowhere": "{many} take no notes here.",
    "cli.note.no-field": "A note has no {name} here.",
    "cli.note.unfitting": "{label} does not go with {other}.",
    "cli.tag.about": "put a tag on records",
    "cli.tag.tag": "the tag’s name",
    "cli.untag.about": "take a tag off records",
    "cli.outbox.about": "writes that are not confirmed, and what to do with them",
    "cli.outbox.action": "list (if nothing is said), retry, discard or settle",
    "cli.outbox.entry": "the entry’s id, or its beginning",
    "cli.outbox.choice": (
        "settle a conflict: mine or theirs; a lost answer: again, or the id of what it made"
    ),
    "cli.outbox.which": "Which entry? csc-tui outbox {action} ENTRY; csc-tui outbox lists them.",
    "cli.outbox.several": "Several entries begin with {entry}; give more of the id.",
    "cli.outbox.unknown": "There is no entry {entry}. csc-tui outbox lists them.",
    "cli.outbox.settle-conflict": "It is a conflict: csc-tui outbox settle {entry} mine|theirs",
    "cli.outbox.settle-unclear": (
        "Its answer was lost: csc-tui outbox settle {entry} again, or the id of what it made."
    ),
    "cli.outbox.settle-neither": "There is nothing to settle about {entry}.",
    "cli.end.conflict": (
        "somebody else changed the same meanwhile. Nothing was overwritten; the write waits in the "
        "outbox: csc-tui outbox settle {id} mine|theirs"
    ),
    "cli.end.refused": "{why} It stays in the outbox: csc-tui outbox discard {id}",
    "cli.end.asks": (
        "it was sent and no answer came. {why} Nothing is sent again before somebody says whether "
        "it is there: csc-tui outbox settle {id}"
    ),
    "cli.end.waits": (
        "{why} It waits in the outbox and goes with the next start: csc-tui outbox retry {id}"
    ),
    "cli.end.dropped": "it was thrown away elsewhere.",
    "cli.id": "id of the record",
    "cli.value": "field by name or label, and what a form would take; nothing behind = clears it",
    "cli.no-wait": "do not wait until the CRM has confirmed it; the next start sends it",
    "cli.json-after": "print the record afterwards as JSON",
    "cli.no-equals": "“{text}” is no FIELD=VALUE.",
    "cli.twice": "{label} is given twice; nothing was changed.",
    "cli.no-field": "{many} have no field “{name}” to set. There are: {known}",
    "cli.no-field-close": "{many} have no field “{name}” to set. Is {close} meant?",
    "cli.no-part": "{many} take no {what} here.",
    "cli.no-tags": "{many} have no tags.",
    "cli.no-tag": "A tag has a name.",
    "cli.bad-choice": "{label}: “{text}” names none, or several, of: {known}",
    "cli.taken-for": "{label}: {text} is {when}",
    "cli.none-called": "{label}: There is none called “{text}”.",
    "cli.bad-value": "{label}: {why}",
    "cli.not-queued": "The outbox file cannot be written; nothing was queued and nothing is sent.",
    "cli.export.about": "write records into a file: CSV, JSON, vCard",
    "cli.export.format": "csv, json, jsonl (a line each), vcard3 or vcard4",
    "cli.export.output": "where to; standard output without it",
    "cli.export.force": "replace a file that is there",
    "cli.export.delimiter": "CSV: what stands between cells, ; for a German Excel, or tab",
    "cli.export.bom": "CSV: begin with a byte order mark, for Excel",
    "cli.export.csv-only": "--delimiter, --decimal, --bom and --raw are for --format csv.",
    "cli.export.no-card": "A vCard is for people and companies; {many} have none.",
    "cli.export.decimal": "CSV: the decimal sign, a comma for a German Excel",
    "cli.export.exists": "{file} is there already. Nothing was written; --force replaces it.",
    "file.exists": "{file} is there already. Nothing was written.",
    "file.no-folder": "There is no folder {folder}. Nothing was written.",
    "file.failed": "{file} could not be written: {why}. Nothing of it is left there.",
    "cli.export.replace": "{file} is there already. Replace it? y/N ",
    "cli.export.done": "{count} {what} to {file}",
    "cli.export.stdout": "standard output",
    "cli.export.raw": "What a spreadsheet takes for formulas was left as it is.",
    "cli.completion.about": "print what a shell completes by: source <(csc-tui completion bash)",
    "cli.completion.shell": "which shell",
    "cli.man.about": "print the manual page, for man -l -",
    "cli.man.anywhere": "They may stand anywhere; those of a command stand behind it.",
    "cli.man.environment": (
        "CSC_TUI_PROFILE names the profile to open; CSC_TUI_URL and CSC_TUI_API_KEY name an "
        "account without one, CSC_TUI_BACKEND its CRM; CSC_TUI_READ_ONLY=1 writes nothing; "
        "CSC_TUI_FILL=N says how many records the store is filled with. The XDG folders say where "
        "files lie."
    ),
    "cli.exit.0": "Done; also where whoever reads the pipe (head) has seen enough.",
    "cli.exit.1": "Failed; standard error says why.",
    "cli.exit.2": "Usage: a word, an option or a value was wrong. Nothing was done.",
    "cli.exit.3": "Unauthorized: the key is wrong or has been withdrawn.",
    "cli.exit.4": "Offline: no answer could be had. A write waits in the outbox.",
    "cli.exit.5": "Rate limited: the server orders to wait for long. A write waits in the outbox.",
    "cli.exit.6": "Conflict: somebody else changed the same. The write waits in the outbox.",
    "cli.exit.130": "Ended by ctrl+c.",
    "cli.dupes.about": "print pairs that may be one and the same, with the reasons",
    "cli.dupes.name": "same name",
    "cli.dupes.close": "name close",
    "cli.dupes.email": "e-mail equal",
    "cli.dupes.phone": "phone equal",
    "cli.dupes.company": "same company",
    "cli.dupes.city": "same city",
    "cli.dupes.found": "{count} pairs among the {here} {many} that are here",
    "cli.dupes.never": "No two {many} can be made one, so they are not compared. {known} are.",
    "cli.dupes.none": "None are stored here yet. Run: csc-tui sync {name}",
    "cli.sync.matching": "only what a filter lets through, as far as the CRM can tell",
    "cli.bad-id": "“{id}” is no id.",
    "cli.filter": "conditions, all of which have to hold",
    "cli.filter.epilog": (
        "A FILTER: tag:messe city:Köln -tag:kunde 'updated>2026-10-01' phone:none owner:me "
        "'free text'. Put what has a blank, a < or a > in quotes for the shell."
    ),
    "cli.ids": "ids of records; - reads them from standard input",
    "cli.json": "as one JSON value",
    "cli.jsonl": "as JSON, a line for each record",
    "cli.no-account": (
        "No account: run csc-tui login, give --profile NAME, or set CSC_TUI_URL and "
        "CSC_TUI_API_KEY."
    ),
    "cli.no-column": "There is no column “{name}”. There are: {known}",
    "cli.no-record": "There is no {one} {id}.",
    "cli.no-resource": "There is nothing called “{name}”. There are: {known}",
    "cli.no-sort": "There is no order “{name}”. There are: {known}",
    "cli.offline": "only what is stored here; nothing is asked for",
    "cli.raw": "CSV: leave as they are what a spreadsheet would take for formulas",
    "cli.resource": "people, companies, ...",
    "cli.words": "{why}",
}
"""Key -> text; keys begin with the theme."""
