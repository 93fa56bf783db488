"""The local store: records, sparse pages, search index, budget ledger, all in SQLite."""
