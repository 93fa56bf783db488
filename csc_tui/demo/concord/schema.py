"""The file of the Concord dialect."""

from __future__ import annotations

from csc_tui.demo.concord.kinds import TABLES
from csc_tui.demo.concord.translation import translated
from csc_tui.demo.schema import Schema

SCHEMA = Schema(
    file="concord.sqlite3",
    version=7,
    tables=TABLES,
    translate=translated,
    statements=(
        """CREATE TABLE phones (
            id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT, owner_id INTEGER,
            number TEXT, type TEXT, digits TEXT
        )""",
        """CREATE TABLE taggings (
            kind TEXT, owner_id INTEGER, tag_id INTEGER, PRIMARY KEY (kind, owner_id, tag_id)
        ) WITHOUT ROWID""",
        """CREATE TABLE associations (
            kind TEXT, owner_id INTEGER, other TEXT, other_id INTEGER,
            PRIMARY KEY (kind, owner_id, other, other_id)
        ) WITHOUT ROWID""",
        """CREATE TABLE guests (
            activity_id INTEGER, kind TEXT, guest_id INTEGER,
            PRIMARY KEY (activity_id, kind, guest_id)
        ) WITHOUT ROWID""",
        """CREATE TABLE stage_times (
            deal_id INTEGER, stage_id INTEGER, seconds INTEGER, PRIMARY KEY (deal_id, stage_id)
        ) WITHOUT ROWID""",
        "CREATE TABLE billables (id INTEGER PRIMARY KEY, deal_id INTEGER UNIQUE, tax_type TEXT)",
        """CREATE TABLE billable_lines (
            id INTEGER PRIMARY KEY AUTOINCREMENT, billable_id INTEGER, product_id INTEGER,
            name TEXT, description TEXT, unit_price REAL, qty REAL, unit TEXT, tax_rate REAL,
            tax_label TEXT, discount_type TEXT, discount_total REAL, note TEXT,
            display_order INTEGER
        )""",
        """CREATE TABLE tokens (
            id INTEGER PRIMARY KEY, user_id INTEGER, name TEXT, digest TEXT UNIQUE,
            created_at INTEGER
        )""",
        """CREATE TABLE hooks (
            id INTEGER PRIMARY KEY, target TEXT, resource TEXT, action TEXT, user_id INTEGER,
            zap_id TEXT, data TEXT, created_at INTEGER
        )""",
        """CREATE TABLE changes (
            id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT, owner_id INTEGER, at INTEGER,
            user_id INTEGER, event TEXT, attributes TEXT
        )""",
    ),
    indexes=(
        "CREATE INDEX phones_owner ON phones (kind, owner_id)",
        "CREATE INDEX phones_number ON phones (kind, number)",
        "CREATE INDEX taggings_tag ON taggings (tag_id)",
        "CREATE INDEX lines_billable ON billable_lines (billable_id)",
        "CREATE INDEX changes_owner ON changes (kind, owner_id)",
        "CREATE INDEX comments_parent ON comments (parent, parent_id)",
        "CREATE INDEX media_parent ON media (parent, parent_id)",
    ),
    defaults={"super_admin": 0, "access_api": 1},
)
"""Phones, tags, links, products of deals and the change log, beside the kinds of records.

An association stands in it twice, seen from either record."""
