"""What the local store and the shared budget have to tell, in English."""

WORDS: dict[str, str] = {
    "store.damaged": "The local cache was damaged. It is set aside as {file}; a new one is begun.",
    "store.newer": "A newer csc-tui made the local cache; it is set aside as {file}.",
    "store.memory_locked": "Another program keeps the local cache locked; nothing is kept now.",
    "store.memory_full": "The disk is full: what is fetched is not kept after csc-tui ends.",
    "store.memory_read_only": "The cache folder is read-only: nothing is kept after csc-tui ends.",
    "store.memory_foreign": "The local cache belongs to another user: nothing is kept in it.",
    "store.memory_unusable": "The local cache cannot be used: nothing is kept after csc-tui ends.",
    "store.no_wal": "The cache lies on a network folder: a little slower, else the same.",
    "ledger.damaged": "The shared budget file was damaged and has been made anew.",
    "ledger.locked": "The shared budget file is locked: other windows are not counted.",
    "ledger.unwritable": "The shared budget file cannot be written: other windows are not counted.",
    "ledger.too_new": "A newer csc-tui made the budget file: other windows are not counted.",
}
"""Key -> text."""
