"""A file of a record as it is shown (Concord fact sheet §12.5).

Only what a file is called, its type and size are kept: the sheet has no route of the API by which
it could be had back, so its addresses lead to the login as every page of the web does.
"""

from __future__ import annotations

from csc_tui.demo.concord.view import Shown, View, value
from csc_tui.demo.schema import Row

_AGGREGATES = ("image", "audio", "video")


def shown(view: View, row: Row) -> Shown:
    """A file as records and answers show it."""
    record = {one: row[one] for one in ("id", "file_name", "extension", "size")}
    main = str(row["mime_type"]).partition("/")[0]
    record |= {
        "disk_path": f"{row['parent']}/{row['parent_id']}/{row['id']}.{row['extension']}",
        "mime_type": row["mime_type"],
        "aggregate_type": main if main in _AGGREGATES else "document",
    }
    for purpose in ("view", "preview", "download"):
        path = f"/media/{row['id']}/{purpose}"
        record |= {f"{purpose}_url": view.url + path, f"{purpose}_path": path}
    record["via_text_attribute"] = None
    return record | {one: value("time", row[one]) for one in ("created_at", "updated_at")}
