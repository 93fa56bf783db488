"""Fields of a kind as the server describes them: create-fields and its like (fact sheet §7, §13).

The sheet names the routes and not the keys of a field; those of forms in general are used here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from csc_tui.demo.attribute import Attribute
from csc_tui.demo.concord import custom
from csc_tui.demo.concord.custom import Definition
from csc_tui.demo.concord.kind import Kind
from csc_tui.demo.concord.kinds import TABLES
from csc_tui.demo.concord.parts import FOLLOWED
from csc_tui.demo.concord.view import View
from csc_tui.demo.schema import Row

_COMPONENTS = {
    "text": "text-field",
    "int": "numeric-field",
    "number": "numeric-field",
    "bool": "boolean-field",
    "date": "date-field",
    "time": "date-time-field",
}
_CUSTOM = {
    "Boolean": "boolean-field",
    "Checkbox": "checkbox-field",
    "ColorSwatch": "color-swatch-field",
    "Date": "date-field",
    "DateTime": "date-time-field",
    "Email": "email-field",
    "MultiSelect": "multi-select-field",
    "Number": "numeric-field",
    "Numeric": "numeric-field",
    "Radio": "radio-field",
    "Select": "select-field",
    "Text": "text-field",
    "Textarea": "textarea-field",
    "Timezone": "timezone-field",
    "Url": "url-field",
}
_PARTS = {"phones": "phone-field", "tags": "tags-field"}
_FEW = 500
"""Pick lists longer than this are searched and not sent."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Describes the fields of a kind."""

    view: View
    kind: Kind
    customs: Sequence[Definition]

    def listed(self, purpose: str) -> list[Row]:
        """For `create`, `update`, `detail`, `index` or `export`; the first two can be written."""
        forms = purpose in ("create", "update")
        fields = [
            self._field(one)
            for one in self.kind.attributes
            if one.name != "id" and (one.writable or not forms)
        ]
        for name, component in _PARTS.items():
            if getattr(self.kind, name):
                fields.append(_described(name, name.title(), component))
        fields += [
            _described(other, other.title(), "select-multiple-field")
            for other in self.kind.associates
            if other in FOLLOWED
        ]
        return fields + [_custom(one) for one in self.customs]

    def _field(self, attribute: Attribute) -> Row:
        relation = self.kind.relation(attribute.name)
        label = attribute.name.removesuffix("_id").replace("_", " ").capitalize()
        component = _COMPONENTS.get(attribute.kind, "text-field")
        if attribute.name == "email":
            component = "email-field"
        elif attribute.kind == "text" and attribute.longest is None and not attribute.choices:
            component = "textarea-field"
        elif relation or attribute.choices:
            component = "select-field"
        found = _described(attribute.name, label, component)
        found["isRequired"] = attribute.required
        found["isUnique"] = attribute.name in self.kind.unique
        found["readonly"] = not attribute.writable
        if relation:
            found["belongsToRelation"] = relation.name
            found["options"] = self._options(relation.table)
        elif attribute.choices:
            found["options"] = [{"id": one, "name": one} for one in attribute.choices]
        return found

    def _options(self, table: str) -> list[Row]:
        """The pick list of a relation; empty for what is no list."""
        kind = TABLES[table]
        if not kind.lookup and table != "countries":
            return []
        rows = self.view.store.rows(kind, "TRUE", [], f"ORDER BY name_key, id LIMIT {_FEW}")
        more = ("pipeline_id", "iso_2", "swatch_color", "icon")
        return [
            {
                "id": row["id"],
                "name": row["name"],
                **{name: row[name] for name in more if name in row},
            }
            for row in rows
        ]


def _described(attribute: str, label: str, component: str) -> Row:
    return {
        "attribute": attribute,
        "label": label,
        "component": component,
        "helpText": None,
        "isRequired": False,
        "isUnique": False,
        "readonly": False,
        "customField": None,
    }


def definition_shown(one: Definition) -> Row:
    """A definition as /custom-fields shows it (§13.3); options only where there are any."""
    names = ("id", "field_type", "resource_name", "field_id", "label")
    record: Row = {name: one.row[name] for name in names}
    record["is_unique"] = bool(one.row["is_unique"])
    if one.options:
        record["options"] = [
            {**custom.option_shown(option), "display_order": option["display_order"]}
            for option in one.options
        ]
    return record


def _custom(one: Definition) -> Row:
    found = _described(one.field_id, one.label, _CUSTOM[one.type])
    found["isUnique"] = bool(one.row["is_unique"])
    found["customField"] = definition_shown(one)
    if one.options:
        found["options"] = [custom.option_shown(option) for option in one.options]
    return found
