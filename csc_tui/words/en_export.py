"""Export from a list, in English."""

WORDS: dict[str, str] = {
    "place.name": "Where a name is typed",
    "export.menu": "Export into a file",
    "export.title": "Export {count} {what}",
    "export.as-csv": "CSV, commas between",
    "export.as-csv-excel": "CSV for a German Excel: semicolons, BOM",
    "export.as-json": "JSON",
    "export.as-jsonl": "JSON Lines, an object a line",
    "export.as-vcard3": "vCard 3.0",
    "export.as-vcard4": "vCard 4.0",
    "export.file": "File",
    "export.cost": "{count} request, {time}.|{count} requests, {time}.",
    "export.free": "No request: all of them are here.",
    "export.offline": "There is no line: those that are here.",
    "export.whole": "The file is there once it is whole; until then esc in the list stops it.",
    "export.no-name": "Type the name of a file.",
    "export.folder": "{file} is a folder; type the name of a file in it.",
    "export.there": "{file} is there already; ⏎ once more replaces it.",
    "export.coming": "exporting: {done} of {total}; esc stops it",
    "export.stopped": "export stopped; no file was written",
    "export.busy": "one export at a time; esc stops the one that is on its way",
    "export.failed": "no file was written: {why}",
    "export.done": "{count} {what} in {file}",
}
"""Key -> text; `export.as-*` are the formats."""
