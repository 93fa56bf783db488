"""What lists and the search look at is the same whether all of a record is read or that alone."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from csc_tui.crm.centralstation.adapter import CentralStationAdapter
from csc_tui.domain.record import Record
from tests.crm.conftest import COMPANY, PERSON

CRM = CentralStationAdapter()
ODD = (None, 7, True, -1.5, "", "\x1b[31m", "2024-02-30", [], [None], [7], {}, {"id": 7})


def _looked_at(record: Record) -> dict[str, Any]:
    columns = CRM.resources()[record.resource].columns
    return {
        "id": record.id,
        "cells": [record.cell(column.name) for column in columns],
        "name": record.sort_name(),
        "found_by": record.found_by(),
        "version": record.version(),
    }


def _odd(raw: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The record with each of its values, and of its parts' values, missing or odd."""
    for key, value in raw.items():
        if key != "id":
            yield {name: one for name, one in raw.items() if name != key}
            yield from ({**raw, key: odd} for odd in ODD)
        for place, part in enumerate(value if isinstance(value, list) else []):
            for name in part:
                for odd in ODD:
                    changed = copy.deepcopy(raw)
                    changed[key][place][name] = odd
                    yield changed


def _wrapped(raw: dict[str, Any]) -> dict[str, Any]:
    """Each part inside an object that names its kind, as lists of them alone have it."""
    kinds = {"tels": "tel", "emails": "email", "addrs": "addr", "addrs_from_company": "addr"}
    kinds |= {"tags": "tag", "positions": "position", "companies": "company"}
    return raw | {key: [{kind: it} for it in raw[key]] for key, kind in kinds.items() if key in raw}


@pytest.mark.parametrize(("resource", "raw"), [("people", PERSON), ("companies", COMPANY)])
def test_a_record_is_listed_as_it_is_read(resource: str, raw: dict[str, Any]) -> None:
    kind = CRM.resources()[resource]
    for one in (raw, _wrapped(raw), *_odd(raw)):
        assert _looked_at(CRM.listed(kind, one)) == _looked_at(CRM.record(kind, one)), one


def test_what_no_list_looks_at_is_not_read_for_one() -> None:
    listed = CRM.listed(CRM.resources()["people"], PERSON)

    with pytest.raises(LookupError, match="background"):
        listed.value("background")
