"""Files as they travel: text in base64 (CentralStationCRM fact sheet §6)."""

from __future__ import annotations

import base64
import binascii

from csc_tui.demo.centralstation.answers import invalid
from csc_tui.demo.centralstation.validation import BLANK, INVALID
from csc_tui.demo.schema import Row


def file_of(given: Row) -> Row:
    """The columns of an attachment that follow from its `data`. Raises Refused (422)."""
    data = given.get("data")
    if not isinstance(data, str) or not data:
        raise invalid({"data": [BLANK]})
    try:
        size = len(base64.b64decode(data, validate=True))
    except (binascii.Error, ValueError):
        raise invalid({"data": [INVALID]}) from None
    category = given.get("attachment_category_name")
    return {"data": data, "size": size, "category": category if isinstance(category, str) else None}
