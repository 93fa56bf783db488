-- Records, sparse lists, search index, lookups and small settings of one account.

-- A record's number holds its resource in the upper bits (see records.py), so that one index
-- serves all resources and a search looks at one of them only.
CREATE TABLE resources (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    records INTEGER NOT NULL DEFAULT 0
);

-- What a list shows. Kept apart from the bodies, so that sorting many hits reads few pages.
CREATE TABLE rows (
    number INTEGER PRIMARY KEY,
    resource INTEGER NOT NULL,
    id TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    cells TEXT NOT NULL,
    version TEXT NOT NULL
);
CREATE UNIQUE INDEX rows_id ON rows (resource, id);
CREATE INDEX rows_sort ON rows (resource, sort_key);

CREATE TABLE bodies (
    number INTEGER PRIMARY KEY,
    at REAL NOT NULL,
    found_by TEXT NOT NULL,
    raw TEXT NOT NULL
);

CREATE TABLE lists (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    resource TEXT NOT NULL,
    total INTEGER,
    total_at REAL NOT NULL DEFAULT 0
);

CREATE TABLE pages (
    list INTEGER NOT NULL,
    page INTEGER NOT NULL,
    at REAL NOT NULL,
    PRIMARY KEY (list, page)
) WITHOUT ROWID;

CREATE TABLE places (
    list INTEGER NOT NULL,
    page INTEGER NOT NULL,
    position INTEGER NOT NULL,
    record INTEGER NOT NULL,
    PRIMARY KEY (list, page, position)
) WITHOUT ROWID;
CREATE INDEX places_record ON places (record);

-- Holds folded words only (see tokens.py); the tokenizer has nothing left to do but split at blanks.
CREATE VIRTUAL TABLE finds USING fts5 (
    names, words,
    tokenize = 'ascii', detail = 'column', columnsize = 0, prefix = '1 2'
);

-- Forms of phone numbers (see phones.py).
CREATE TABLE phones (
    digits TEXT NOT NULL,
    record INTEGER NOT NULL,
    country TEXT NOT NULL,
    PRIMARY KEY (digits, record, country)
) WITHOUT ROWID;

CREATE TABLE lookups (
    name TEXT PRIMARY KEY,
    at REAL NOT NULL,
    choices TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
