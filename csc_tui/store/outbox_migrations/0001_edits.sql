-- Drafts, outbox and journal of one account: one row an edit (see edit_rows.py for the columns).

CREATE TABLE edits (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    client_id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    verb TEXT NOT NULL,
    resource TEXT NOT NULL,
    record_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    part_id TEXT NOT NULL,
    changed TEXT NOT NULL,
    base TEXT NOT NULL,
    version TEXT NOT NULL,
    title TEXT NOT NULL,
    batch TEXT NOT NULL,
    account TEXT NOT NULL,
    form_key TEXT NOT NULL,
    form TEXT NOT NULL,
    snapshot TEXT NOT NULL,
    owner TEXT NOT NULL,
    owned_at REAL NOT NULL,
    lane INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    looks INTEGER NOT NULL,
    sent TEXT NOT NULL,
    sent_at REAL,
    seen TEXT NOT NULL,
    done INTEGER NOT NULL,
    asks INTEGER NOT NULL,
    not_before REAL NOT NULL,
    answer TEXT NOT NULL,
    created REAL NOT NULL,
    updated REAL NOT NULL,
    request_id TEXT NOT NULL,
    after TEXT NOT NULL,
    undoes TEXT NOT NULL,
    undone INTEGER NOT NULL
);
CREATE INDEX edits_open ON edits (number) WHERE state <> 'confirmed';
CREATE INDEX edits_journal ON edits (updated) WHERE state = 'confirmed';
CREATE INDEX edits_batch ON edits (batch);
