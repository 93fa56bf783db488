"""Products of a deal: lines, discounts, taxes, total (Concord fact sheet §12.3)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from csc_tui.demo.concord import custom
from csc_tui.demo.concord.answers import Errors, invalid, required
from csc_tui.demo.concord.kinds import DEALS, PRODUCTS
from csc_tui.demo.concord.reading import alive
from csc_tui.demo.concord.view import View
from csc_tui.demo.folding import fold
from csc_tui.demo.messages import integer
from csc_tui.demo.schema import Row
from csc_tui.demo.store import listed

TAX_TYPES = ("exclusive", "inclusive", "no_tax")
_COLUMNS = (
    *("id", "product_id", "name", "description", "unit_price", "qty", "unit", "tax_rate"),
    *("tax_label", "discount_type", "discount_total", "note", "display_order"),
)
_NUMBERS = ("unit_price", "qty", "tax_rate", "discount_total")
_TEXTS = ("name", "description", "unit", "tax_label", "note")
_HUNDRED = Decimal(100)


def shown(view: View, deal_id: int) -> object:
    """The billable of a deal; empty in the way the switch says without one."""
    found = view.store.select("SELECT id, tax_type FROM billables WHERE deal_id = ?", [deal_id])
    if not found:
        return [] if view.switches.empty_billable == "array" else _summed(0, "exclusive", [])
    return _summed(integer(found[0][0]) or 0, str(found[0][1]), _lines(view, found[0][0]))


def save(view: View, deal_id: int, given: Mapping[str, object]) -> None:
    """Adds, changes and removes lines; the deal's amount becomes the total.

    Lines that are not named stay. Raises Refused (422) with `products.0.qty` and the like.
    """
    store = view.store
    errors: Errors = {}
    tax_type = given.get("tax_type")
    if tax_type is not None and tax_type not in TAX_TYPES:
        errors["tax_type"] = ["The selected tax type is invalid."]
    products = given.get("products")
    items = products if isinstance(products, list) else []
    lines = [_line(view, one, f"products.{index}", errors) for index, one in enumerate(items)]
    if errors:
        raise invalid(errors)
    sql = "INSERT OR IGNORE INTO billables (deal_id, tax_type) VALUES (?, 'exclusive')"
    store.write(sql, [deal_id])
    billable = store.number("SELECT id FROM billables WHERE deal_id = ?", [deal_id])
    if tax_type is not None:
        store.write("UPDATE billables SET tax_type = ? WHERE id = ?", [tax_type, billable])
    removed = given.get("removed_products")
    ids = [integer(one) for one in removed] if isinstance(removed, list) else []
    store.write(
        "DELETE FROM billable_lines WHERE billable_id = ?"
        " AND id IN (SELECT value FROM json_each(?))",
        [billable, listed(ids)],
    )
    for line in lines:
        _keep(view, billable, line)
    deal = store.find(DEALS, deal_id)
    summed = shown(view, deal_id)
    if deal and isinstance(summed, dict):
        store.update(DEALS, deal, {"amount": summed["total"], "updated_at": view.now})


def _lines(view: View, billable: object) -> list[Row]:
    sql = (
        f"SELECT {', '.join(_COLUMNS)} FROM billable_lines WHERE billable_id = ?"  # noqa: S608
        " ORDER BY display_order, id"
    )
    return [dict(zip(_COLUMNS, row, strict=True)) for row in view.store.select(sql, [billable])]


def _line(view: View, given: object, key: str, errors: Errors) -> Row:
    """A line as it is kept, without what the body does not name."""
    if not isinstance(given, dict):
        errors[key] = [f"The {key} field must be an array."]
        return {}
    line: Row = {name: given[name] for name in ("id", "display_order") if given.get(name)}
    line |= {name: str(given[name]) for name in _TEXTS if given.get(name) is not None}
    for name in _NUMBERS:
        if given.get(name) is None:
            continue
        try:
            line[name] = custom.decimal(given[name])
        except ValueError as wrong:
            errors[f"{key}.{name}"] = [str(wrong).format(f"{key}.{name}")]
    kind = given.get("discount_type")
    if kind in ("fixed", "percent"):
        line["discount_type"] = kind
    elif kind is not None:
        errors[f"{key}.discount_type"] = [f"The selected {key}.discount_type is invalid."]
    product_id = integer(given.get("product_id"))
    if product_id is not None:
        product = view.store.find(PRODUCTS, product_id)
        if product is None:
            errors[f"{key}.product_id"] = [f"The selected {key}.product_id is invalid."]
        else:
            line = {**_from_catalogue(product), **line, "product_id": product_id}
    elif not line.get("id") and not line.get("name"):
        errors[f"{key}.name"] = [required(f"{key}.name")]
    return line


def _from_catalogue(product: Row) -> Row:
    names = ("name", "description", "unit_price", "unit", "tax_rate", "tax_label")
    return {name: product[name] for name in names if product[name] is not None}


def _keep(view: View, billable: int, line: Row) -> None:
    """Changes the line of this id, or adds one; its product is found by name or made."""
    store = view.store
    values = {name: value for name, value in line.items() if name != "id"}
    if line.get("id"):
        sets = ", ".join(f"{name} = ?" for name in values) or "note = note"
        store.write(
            f"UPDATE billable_lines SET {sets} WHERE id = ? AND billable_id = ?",  # noqa: S608
            [*values.values(), line["id"], billable],
        )
        return
    if not values.get("product_id"):
        values["product_id"] = _product(view, values)
    values = {
        "unit_price": 0.0,
        "qty": 1.0,
        "tax_rate": 0.0,
        "discount_total": 0.0,
        "discount_type": "percent",
        "display_order": 1,
        **values,
        "billable_id": billable,
    }
    marks = ", ".join("?" for _ in values)
    store.write(
        f"INSERT INTO billable_lines ({', '.join(values)}) VALUES ({marks})",  # noqa: S608
        list(values.values()),
    )


def _product(view: View, line: Row) -> int:
    name = str(line["name"])
    where = f"name_key = ? AND {alive(PRODUCTS)}"
    found = view.store.rows(PRODUCTS, where, [fold(name)], "ORDER BY id")
    if found:
        return integer(found[0]["id"]) or 0
    row: Row = {
        "name": name,
        "unit_price": line.get("unit_price", 0.0),
        "is_active": 1,
        "tax_rate": line.get("tax_rate", 0.0),
        "created_by": view.viewer["id"],
        "created_at": view.now,
        "updated_at": view.now,
    }
    return view.store.insert(PRODUCTS, row)


def _summed(billable: int, tax_type: str, lines: list[Row]) -> Row:
    """The billable as it is shown; rounding to cents is assumed."""
    products: list[Row] = []
    taxes: dict[tuple[str, Decimal], Decimal] = {}
    subtotal = discounts = Decimal(0)
    for line in lines:
        gross = _money(line["unit_price"]) * _money(line["qty"])
        discount = _money(line["discount_total"])
        if line["discount_type"] == "percent":
            discount = gross * discount / _HUNDRED
        amount = _cents(gross - discount)
        discounts += gross - amount
        subtotal += amount
        rate = _money(line["tax_rate"])
        if tax_type != "no_tax" and rate:
            share = rate / _HUNDRED if tax_type != "inclusive" else rate / (_HUNDRED + rate)
            tax = (str(line["tax_label"] or ""), rate)
            taxes[tax] = taxes.get(tax, Decimal(0)) + amount * share
        numbers = {name: _plain(_money(line[name])) for name in _NUMBERS}
        products.append({**line, **numbers, "sku": None, "amount": _plain(amount)})
    total_tax = sum((_cents(one) for one in taxes.values()), Decimal(0))
    total = subtotal if tax_type == "inclusive" else subtotal + total_tax
    return {
        "id": billable,
        "tax_type": tax_type,
        "subtotal": _plain(subtotal),
        "total": _plain(total),
        "total_tax": _plain(total_tax),
        "taxes": [
            {
                "key": f"{label}{_plain(rate)}",
                "rate": _plain(rate),
                "label": label,
                "total": _plain(_cents(amount)),
            }
            for (label, rate), amount in taxes.items()
        ],
        "has_discount": discounts > 0,
        "total_discount": _plain(_cents(discounts)),
        "products": products,
    }


def _money(value: object) -> Decimal:
    return Decimal(str(value or 0))


def _cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _plain(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)
