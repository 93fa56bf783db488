"""Commands that read and write records, in English."""

WORDS: dict[str, str] = {
    "cli.list.about": "print a list, or what of it a filter lets through",
    "cli.list.columns": "these, by name or label, with commas between",
    "cli.list.csv": "as CSV with a line of names",
    "cli.list.limit": "at most N records",
    "cli.list.sort": "name, created or updated; -name the other way round",
    "cli.show.about": "print records with all their parts",
    "cli.show.id": "Id",
    "cli.bad-id": "“{id}” is no id.",
    "cli.filter": "conditions, all of which have to hold",
    "cli.filter.epilog": (
        "A FILTER: tag:messe city:Köln -tag:kunde 'updated>2026-10-01' phone:none owner:me "
        "'free text'. Put what has a blank, a < or a > in quotes for the shell."
    ),
    "cli.ids": "ids of records; - reads them from standard input",
    "cli.json": "as one JSON value",
    "cli.jsonl": "as JSON, a line for each record",
    "cli.no-account": ("No account: give --profile NAME, or set CSC_TUI_URL and CSC_TUI_API_KEY."),
    "cli.no-column": "There is no column “{name}”. There are: {known}",
    "cli.no-record": "There is no {one} {id}.",
    "cli.no-resource": "There is nothing called “{name}”. There are: {known}",
    "cli.no-sort": "There is no order “{name}”. There are: {known}",
    "cli.offline": "only what is stored here; nothing is asked for",
    "cli.offline-order": "Offline a list has one order, by name.",
    "cli.raw": "CSV: leave as they are what a spreadsheet would take for formulas",
    "cli.resource": "people, companies, ...",
    "cli.words": "{why}",
}
"""Key -> text; keys begin with the theme."""
