"""The search routes and the parameters by which single lists can be narrowed.

Case-insensitive "contains" (CentralStationCRM fact sheet §10.7, an assumption there).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from csc_tui.demo import times
from csc_tui.demo.centralstation.answers import bad_arguments
from csc_tui.demo.centralstation.keys import VENTURES
from csc_tui.demo.centralstation.query import like, read_listing
from csc_tui.demo.centralstation.resource import Resource
from csc_tui.demo.centralstation.resources import RESOURCES
from csc_tui.demo.centralstation.switches import Switches
from csc_tui.demo.folding import digits
from csc_tui.demo.listing import Listing
from csc_tui.demo.messages import Answer, Refused, integer

Search = Callable[[Resource, Mapping[str, str], Switches], tuple[Resource, Listing]]
"""Gives what is found and how."""

_CONTACT = (
    "id IN (SELECT attachable_id FROM contact_details"
    " WHERE attachable_type = ? AND {} LIKE ? ESCAPE '\\')"
)


def _people(
    resource: Resource, params: Mapping[str, str], switches: Switches
) -> tuple[Resource, Listing]:
    """name, first_name, email or phone; all that are given must match (§3)."""
    listing = read_listing(resource, params, switches)
    if params.get("email") and params.get("phone"):
        raise bad_arguments()
    for name, column in (("name", "name_key"), ("first_name", "first_key")):
        if text := params.get(name):
            listing.restrict(f"{column} LIKE ? ESCAPE '\\'", like(text))
    if email := params.get("email"):
        listing.restrict(_CONTACT.format("type = 'Email' AND name_key"), "Person", like(email))
    if phone := params.get("phone"):
        number = _number(phone)
        if not number:
            raise bad_arguments()
        listing.restrict(_CONTACT.format("digits"), "Person", like(number))
    if not any(params.get(name) for name in ("name", "first_name", "email", "phone")):
        raise bad_arguments()
    return resource, listing


def _by_name(
    resource: Resource, params: Mapping[str, str], switches: Switches
) -> tuple[Resource, Listing]:
    """Name is required (§4, §5)."""
    if not params.get("name"):
        raise bad_arguments()
    listing = read_listing(resource, params, switches)
    listing.restrict("name_key LIKE ? ESCAPE '\\'", like(params["name"]))
    return resource, listing


def _contact_details(
    _: Resource, params: Mapping[str, str], switches: Switches
) -> tuple[Resource, Listing]:
    """People or companies by a contact detail; `query` or `type` says which (§7)."""
    name = params.get("name", "")
    kind = (params.get("query") or params.get("type") or "people").lower()
    table = {"person": "people", "company": "companies"}.get(kind, kind)
    if not name or table not in ("people", "companies"):
        raise bad_arguments()
    resource = RESOURCES[table]
    listing = read_listing(resource, params, switches)
    _restrict_contact(resource, listing, name)
    return resource, listing


def _users(
    resource: Resource, params: Mapping[str, str], switches: Switches
) -> tuple[Resource, Listing]:
    listing = read_listing(resource, params, switches)
    wanted = [(column, params[column]) for column in ("first", "name") if params.get(column)]
    if not wanted:
        raise bad_arguments()
    for column, text in wanted:
        escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        listing.restrict(f"{column} LIKE ? ESCAPE '\\'", f"%{escaped}%")
    return resource, listing


def _attachments(
    resource: Resource, params: Mapping[str, str], switches: Switches
) -> tuple[Resource, Listing]:
    """By the beginning of `filename` (§6)."""
    if not params.get("filename"):
        raise bad_arguments()
    listing = read_listing(resource, params, switches)
    pattern = like(params["filename"]).removeprefix("%")
    listing.restrict("fold(filename) LIKE ? ESCAPE '\\'", pattern)
    return resource, listing


SEARCHES: dict[tuple[str, str], Search] = {
    ("people", "search"): _people,
    **{(table, "search"): _by_name for table in ("companies", *VENTURES)},
    ("contact_details", "search"): _contact_details,
    ("users", "search"): _users,
    ("attachments", "search"): _attachments,
}
"""(table, last path segment) -> the search."""


def restrict_anywhere(resource: Resource, listing: Listing, term: str) -> None:
    """Every word of the term is in the record's name (§2, /search)."""
    for word in term.split():
        if resource.table == "people":
            pattern = like(word)
            listing.restrict(
                "name_key LIKE ? ESCAPE '\\' OR first_key LIKE ? ESCAPE '\\'", pattern, pattern
            )
        else:
            listing.restrict("name_key LIKE ? ESCAPE '\\'", like(word))


def _number(text: str) -> str:
    """The digits by which a phone is looked for: without the zeros of a trunk prefix."""
    return digits(text).lstrip("0")


def _restrict_contact(resource: Resource, listing: Listing, text: str) -> None:
    """A contact detail contains the text, or a phone its digits where it is a number."""
    by_name = _CONTACT.format("name_key")
    number = _number(text)
    if number and not any(sign.isalpha() or sign == "@" for sign in text):
        by_digits = _CONTACT.format("digits")
        arguments = (resource.class_name, like(text), resource.class_name, like(number))
        listing.restrict(f"{by_name} OR {by_digits}", *arguments)
    else:
        listing.restrict(by_name, resource.class_name, like(text))


def restrict_index(
    resource: Resource,
    listing: Listing,
    params: Mapping[str, str],
    switches: Switches,
    now: int,
) -> None:
    """The parameters that only one resource's list has."""
    if resource.table == "users" and "active" in params:
        understood = {"either": ("true", "active")}.get(
            switches.users_active, (switches.users_active,)
        )
        if params["active"] in understood:
            listing.restrict("active = 1")
    elif resource.table in ("tags", "protocols", "activities"):
        _restrict_owner(resource, listing, params)
    elif resource.table == "historic_events":
        _restrict_dates(listing, params)
    elif resource.table == "tasks":
        _restrict_tasks(listing, params)
    elif resource.table == "cal_events":
        _restrict_appointments(listing, params, now)


def _restrict_owner(resource: Resource, listing: Listing, params: Mapping[str, str]) -> None:
    """Whose notes or tags: person_id, company_id, deal_id, project_id (§6, §7)."""
    for name, class_name in (
        *(("person_id", "Person"), ("company_id", "Company")),
        *(("deal_id", "Deal"), ("project_id", "Project")),
    ):
        if name not in params:
            continue
        if resource.table != "protocols":
            condition = "attachable_type = ? AND attachable_id = ?"
        else:
            condition = (
                "id IN (SELECT protocol_id FROM protocol_links"
                " WHERE attachable_type = ? AND attachable_id = ?)"
            )
        listing.restrict(condition, class_name, integer(params[name]))
    if resource.table == "activities" and "user_id" in params:
        listing.restrict("user_id = ?", integer(params["user_id"]))


def _restrict_tasks(listing: Listing, params: Mapping[str, str]) -> None:
    """state, user_id, and before and after as days on which a task is due (§8)."""
    if params.get("state") in ("open", "closed"):
        listing.restrict("finished = ?", int(params["state"] == "closed"))
    if "user_id" in params:
        listing.restrict("user_id = ?", integer(params["user_id"]))
    for name, sign in (("before", "<"), ("after", ">")):
        if name in params:
            if not times.is_date(params[name]):
                raise bad_arguments()
            listing.restrict(f"due_day {sign} ?", params[name])


def _restrict_appointments(listing: Listing, params: Mapping[str, str], now: int) -> None:
    """state, and before and after as moments or days on which it begins (§8)."""
    if params.get("state") in ("upcoming", "old"):
        listing.restrict(f"ends_at {'>=' if params['state'] == 'upcoming' else '<'} ?", now)
    for name, sign in (("before", "<"), ("after", ">")):
        if name in params:
            moment = times.parse(params[name])
            if moment is None:
                raise bad_arguments()
            listing.restrict(f"starts_at {sign} ?", moment)


def _restrict_dates(listing: Listing, params: Mapping[str, str]) -> None:
    """date_from and date_to: both or neither (§7)."""
    ends = [params[name] for name in ("date_from", "date_to") if name in params]
    if not ends:
        return
    if len(ends) == 1 or not all(times.is_date(one) for one in ends):
        raise Refused(Answer(400, {"message": "Argument Error"}))
    listing.restrict("name BETWEEN ? AND ?", *ends)
