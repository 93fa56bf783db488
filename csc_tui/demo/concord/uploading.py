"""Hanging a file on a record and taking it away (Concord fact sheet §7)."""

from __future__ import annotations

from pathlib import PurePosixPath

from csc_tui.demo.concord import media
from csc_tui.demo.concord.answers import invalid, not_found, required, said
from csc_tui.demo.concord.exchange import Exchange
from csc_tui.demo.concord.kind import Kind
from csc_tui.demo.concord.kinds import LONGEST, MEDIA
from csc_tui.demo.messages import Answer, Refused, Upload, integer
from csc_tui.demo.schema import Row

_ALLOWED = (
    *("jpg", "jpeg", "png", "gif", "svg", "webp", "pdf", "aac", "ogg", "mp3", "wav", "mp4", "mov"),
    *("avi", "txt", "csv", "rtf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp"),
    "zip",
)


def add(exchange: Exchange, kind: Kind) -> Answer:
    """POST /contacts/7/media: 201 and the file's record. Raises Refused (422, 415)."""
    row = exchange.find(kind, exchange.path[1])
    file = exchange.call.body
    if not isinstance(file, Upload):
        raise invalid({"file": [required("file")]})
    name = PurePosixPath(file.filename.replace("\\", "/")).name[-LONGEST:]
    extension = PurePosixPath(name).suffix.lower().removeprefix(".")
    if extension not in _ALLOWED:
        raise Refused(said(415, f"Files of the type {extension or 'unknown'} are not allowed."))
    values: Row = {
        "file_name": name,
        "extension": extension,
        "size": len(file.data),
        "mime_type": file.content_type[:LONGEST],
        "parent": kind.table,
        "parent_id": row["id"],
        "created_at": exchange.view.now,
        "updated_at": exchange.view.now,
    }
    media_id = exchange.view.store.insert(MEDIA, values)
    found = exchange.view.store.rows(MEDIA, "id = ?", [media_id])
    return Answer(201, media.shown(exchange.view, found[0]))


def remove(exchange: Exchange, kind: Kind) -> Answer:
    """DELETE /contacts/7/media/3."""
    row = exchange.find(kind, exchange.path[1])
    where = "id = ? AND parent = ? AND parent_id = ?"
    own = [integer(exchange.path[3]), kind.table, row["id"]]
    found = exchange.view.store.rows(MEDIA, where, own)
    if not found:
        raise not_found()
    exchange.writer.destroy(MEDIA, found[0])
    return Answer(204)
