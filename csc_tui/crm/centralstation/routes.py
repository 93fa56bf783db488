"""How this CRM serves its resources: what a request for one has to say.

Apart from what the resources are (`resources`), which is dear to import and needed only when an
answer is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from csc_tui.domain.field import Plain


class Route(NamedTuple):
    """How one resource is served. Its name is also the segment of its paths."""

    wrapper: str
    """The single key that its records are wrapped in: `person`."""
    category: str
    """What the definitions of its custom fields call it: `Person`."""
    includes: str
    methods: str
    """By these two an answer holds all that list, preview and record screen show."""
    begins: Mapping[str, Plain] = {}
    """Wire keys that the server wants of a new one, with what they are where nothing is said."""
    orders: Mapping[str, str] = {}
    """Order -> its token, where that is another than everywhere (`asking.ORDERS`)."""
    asks: Mapping[str, tuple[str, Mapping[str, str]]] = {}
    """Field -> the parameter of its list that narrows it by one value, and what that calls its
    values; such a list has no `filter`."""
    counted: bool = True
    """Whether it has a route that tells how many there are."""
    searched: bool = True
    """Whether it has a route to search by name."""
    reached: bool = False
    """Whether it has contact details, by which it can be searched."""
    attached: bool = False
    """Whether one hangs on at most one record, named by `attachable_type` and `attachable_id`."""

    @property
    def shown(self) -> tuple[tuple[str, str], ...]:
        """The parameters of `includes` and `methods`."""
        pairs = (("includes", self.includes), ("methods", self.methods))
        return tuple(one for one in pairs if one[1])


_VENTURE = "people company tags custom_fields"
_TOLD = "stream_updated_at responsible_user_natural_name"

ROUTES = {
    "people": Route(
        "person",
        "Person",
        includes=(
            "tels emails homepages ims sms addrs addrs_from_company tags positions companies"
            " custom_fields historic_events assis deals projects"
        ),
        methods=f"{_TOLD} salutation_formal",
        reached=True,
    ),
    "companies": Route(
        "company",
        "Company",
        includes="tels emails homepages ims sms addrs tags positions custom_fields deals projects",
        methods=_TOLD,
        reached=True,
    ),
    "deals": Route("deal", "Deal", _VENTURE, _TOLD, begins={"value_type": "total"}),
    "projects": Route("project", "Project", _VENTURE, _TOLD),
    "tasks": Route(
        "task",
        "Task",
        includes="",
        methods="responsible_user_natural_name",
        begins={"badge": "task"},
        orders={"created": "id"},
        asks={
            "responsible": ("user_id", {}),
            "done": ("state", {"true": "closed", "false": "open"}),
        },
        counted=False,
        searched=False,
        attached=True,
    ),
}
"""All resources by name."""
