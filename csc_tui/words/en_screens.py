"""Help, palette, request log, themes, welcome, in English."""

WORDS: dict[str, str] = {
    "help.title": "Help",
    "help.rebind": "keys can be changed by command id: csc-tui keys",
    "log.title": "Request log",
    "log.redacted": "values, bodies and keys are never kept here",
    "log.time": "time",
    "log.status": "status",
    "log.ms": "ms",
    "log.bytes": "bytes",
    "log.lane": "lane",
    "log.attempt": "try",
    "log.what": "what",
    "palette.title": "All commands",
    "palette.count": "{count} command|{count} commands",
    "palette.nothing": "no command here is called {text}",
    "place.everywhere": "Everywhere",
    "place.list": "In the list",
    "place.record": "In the record",
    "place.copy": "Copy: after y",
    "place.form": "In the form",
    "place.pick": "In a list of options",
    "place.search": "In the search line",
    "place.welcome": "Here",
    "place.log": "In a text to read",
}
"""Key -> text; keys begin with the screen."""
