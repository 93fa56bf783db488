-- What is written about a record, asked for apart from it; one JSON array each, the newest first.
CREATE TABLE notes (
    number INTEGER PRIMARY KEY,
    at REAL NOT NULL,
    more INTEGER NOT NULL,
    raw TEXT NOT NULL
);
