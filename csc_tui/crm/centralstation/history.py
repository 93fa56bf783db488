"""Asking for the protocols of a record and reading them. CentralStationCRM fact sheet §6."""

from __future__ import annotations

from collections.abc import Mapping

from csc_tui.crm.adapter import Raw
from csc_tui.crm.centralstation.notes import HTML
from csc_tui.crm.centralstation.reading import bare_id
from csc_tui.domain.errors import ServerBroken
from csc_tui.domain.ref import Ref
from csc_tui.http.message import Request, Response

_TYPES = {
    "protocol_object_note": "ProtocolObjectNote",
    "protocol_user_note": "ProtocolUserNote",
    "protocol_email": "ProtocolEmail",
    "protocol_attachment": "ProtocolAttachment",
    "protocol_external": "ProtocolExternal",
}
"""Wrapper of an entry -> its `type`, for an entry that does not tell it itself."""


class ProtocolHistory:
    """Keeps the protocol `csc_tui.crm.adapter.History`."""

    rows = 25
    """Not so many that a long history of mails makes a thin line wait."""

    def page(self, ref: Ref, number: int) -> Request:
        """A page of a record's entries with their comments, the newest first."""
        params = (
            ("page", str(number)),
            ("perpage", str(self.rows)),
            ("order", "id-desc"),
            ("includes", "comments"),
            ("methods", "responsible_user_natural_name"),
        )
        return Request("GET", f"/{ref.resource}/{ref.id}/protocols", params, at_most=self.rows)

    def read(self, response: Response) -> list[Raw]:
        """The entries without their wrappers, each with its type."""
        if not isinstance(response.data, list):
            raise ServerBroken(response.status, "shape")
        return [_entry(one, response.status) for one in response.data]


def _entry(item: object, status: int) -> Raw:
    wrapper, inner = "", item
    if isinstance(item, Mapping) and len(item) == 1:
        wrapper, inner = next(iter(item.items()))
    if not isinstance(inner, Mapping) or not bare_id(inner.get("id")):
        raise ServerBroken(status, "shape")
    told = {**inner, "type": inner.get("type") or _TYPES.get(wrapper)}
    return {"format": HTML, **told}
