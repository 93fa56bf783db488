"""Search and jump, in English."""

WORDS: dict[str, str] = {
    "search.server": "On the server, not in the store yet",
    "search.here": "{stored} of {total} {many} are here",
    "search.counts": "{here} here, {there} on the server, of {total}",
    "search.counts_here": "{here} here, of {total}",
    "search.nothing_here": "Nothing here for {text}. Asking the server …",
    "search.nothing_asked": "Nothing here for {text}; the server could not be asked.",
    "search.nothing": "Nothing for {text}, here or on the server.",
    "search.new": "n   new {one} with this name",
    "search.jump_needs_name": "jumping needs the list by name, A to Z; s orders it so",
}
"""Key -> text."""
