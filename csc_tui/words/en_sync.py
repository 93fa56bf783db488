"""Synchronising, in English."""

WORDS: dict[str, str] = {
    "cli.sync.about": "fetch the account, or what has changed, into the local store",
    "cli.sync.resource": "people, companies; all there are if none is named",
    "cli.sync.tag": "only records with this tag",
    "cli.sync.since": "only what was changed since this day (31.12.2026 or 2026-12-31)",
    "cli.sync.whole": "fetch all anew, also what has not changed",
    "cli.sync.forecast": "only say what it would cost",
    "cli.sync.json": "the result as JSON",
    "cli.sync.bad-day": "--since {text}: {why}",
    "cli.sync.unknown": "There is no {name} to synchronise. Known: {known}.",
    "cli.sync.no-filter": "{crm} cannot tell records apart by --{option}.",
    "cli.sync.stopped": "Stopped. What came is kept; the same command goes on from there.",
    "sync.forecast.full": "{many}: {records} to fetch, requests: {requests}, ~{time}, ~{size}",
    "sync.forecast.filter": "{many}: {records} to fetch, requests: {requests}, ~{time}, ~{size}",
    "sync.forecast.resumed": (
        "{many}: goes on, {records} of {total} to fetch, requests: {requests}, ~{time}, ~{size}"
    ),
    "sync.forecast.delta": (
        "{many}: {records} of {total} have changed, requests: {requests}, ~{time}, ~{size}"
    ),
    "sync.forecast.all": "{records} records, requests: {requests}, ~{time}, ~{size}",
    "sync.progress": "{share} synchronised",
    "sync.result": (
        "{many}: {records} fetched, {removed} removed, {stored} here, requests: {requests}, {time}"
    ),
    "sync.incomplete": (
        "{many}: {records} fetched, {stored} here. The account changed all the while, so some of"
        " what is gone there may still be here; the next run finds it."
    ),
    "sync.results": "synchronised: {here}; {removed} removed",
    "sync.results_incomplete": "synchronised: {here}; it changed meanwhile, do it once more",
    "sync.status": "sync {share}",
    "sync.status_paused": "sync paused",
    "sync.paused": "synchronising is paused; the same command goes on",
}
"""Key -> text."""
