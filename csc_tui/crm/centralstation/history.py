"""Asking for the protocols of a record and reading them. CentralStationCRM fact sheet §6."""

from __future__ import annotations

from collections.abc import Generator, Mapping

from csc_tui.crm.adapter import Entries, Raw
from csc_tui.crm.centralstation.notes import HTML, OWNERS, protocols
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
    brings_record = False

    def page(self, ref: Ref, number: int) -> Generator[Request, Response, Entries]:
        """A page of a record's entries with their comments, the newest first."""
        path, about = protocols(ref)
        params = (
            *about,
            ("page", str(number)),
            ("perpage", str(self.rows)),
            ("order", "id-desc"),
            ("includes", "comments"),
            ("methods", "responsible_user_natural_name"),
        )
        response = yield Request("GET", path, params, at_most=self.rows)
        if not isinstance(response.data, list):
            raise ServerBroken(response.status, "shape")
        read = [_entry(one, response.status) for one in response.data]
        mine = [one for one in read if not about or _is_about(one, ref)]
        return Entries(mine, more=len(read) >= self.rows)


def _is_about(entry: Raw, ref: Ref) -> bool:
    """Whether an entry is the record's, as far as it tells: a parameter may have been ignored."""
    told = entry.get(OWNERS[ref.resource])
    return not isinstance(told, list) or ref.id in map(str, told)


def _entry(item: object, status: int) -> Raw:
    wrapper, inner = "", item
    if isinstance(item, Mapping) and len(item) == 1:
        wrapper, inner = next(iter(item.items()))
    if not isinstance(inner, Mapping) or not bare_id(inner.get("id")):
        raise ServerBroken(status, "shape")
    told = {**inner, "type": inner.get("type") or _TYPES.get(wrapper)}
    return {"format": HTML, **told}
