"""Small tables made by hand, for tests: every column has a harmless default."""

from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.tables.place import Place
from analysis.tables.year import Year

PLACE = Place("t", "测试区")
_numbers = count(1)


def at(text: str | None) -> pd.Timestamp | None:
    """Read a time such as ``2022-03-01`` or ``2022-03-01 09:30``."""
    return None if text is None else pd.Timestamp(text)


def item(code: str = "A", **values: Any) -> dict[str, Any]:
    """One catalogue row: a licence in force, offered on application, 20 → 5 working days."""
    return {
        "item_code": code,
        "impl_code": values.get("impl_code", code),
        "grain": "handling",
        "item_version": 1,
        "valid_from": None,
        "valid_to": None,
        "item_status": "1",
        "item_name": f"事项{code}",
        "item_type": "01",
        "on_application": True,
        "dept_code": "D1",
        "dept_name": "甲局",
        "case_type": "2",
        "statutory_limit": 20.0,
        "statutory_unit": "W",
        "no_statutory_limit": False,
        "promised_limit": 5.0,
        "promised_unit": "W",
        "site_visits": 0,
        "in_prov_system": True,
        "tolerance_ok": False,
        "materials_n": 3,
        "materials_n_base": 3,
        "package_codes": None,
    } | values


def case(submitted: str, **values: Any) -> dict[str, Any]:
    """One case: submitted, and nothing else has happened; its times may be given as text."""
    defaults = {
        "case_id": f"c{next(_numbers)}",
        "item_code": "A",
        "dept_code": "D1",
        "apply_channel": "window",
        "accept_status": "pending",
        "accepted_at": None,
        "not_accepted_at": None,
        "case_type": "2",
        "statutory_days": 20.0,
        "promised_days": 5.0,
        "extended_days": None,
        "stopped_days_art45": None,
        "stopped_days_other": None,
        "closed_at": None,
        "outcome": None,
    }
    row = {**defaults, "submitted_at": submitted, **values}
    return row | {name: at(value) for name, value in row.items() if name.endswith("_at")}


def accepted(submitted: str, on: str, **values: Any) -> dict[str, Any]:
    """One case that was accepted."""
    return case(submitted, accept_status="accepted", accepted_at=on, **values)


def closed(
    submitted: str, on: str, end: str, outcome: str = "approved", **values: Any
) -> dict[str, Any]:
    """One case that was accepted and closed."""
    return accepted(submitted, on, closed_at=end, outcome=outcome, **values)


def refused_acceptance(
    submitted: str, on: str, status: str = "rejected", **values: Any
) -> dict[str, Any]:
    """One case whose application was not accepted."""
    return case(submitted, accept_status=status, not_accepted_at=on, **values)


def frames(cases: list[dict[str, Any]], items: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    """The two required tables; they keep their columns when they have no rows."""
    usual = {"cases": case("2022-01-01"), "items": item()}
    rows = {"cases": cases, "items": items}
    columns = {
        name: list(dict.fromkeys(key for row in [usual[name], *rows[name]] for key in row))
        for name in usual
    }
    return {name: pd.DataFrame(rows[name], columns=columns[name]) for name in columns}


def year(
    cases: list[dict[str, Any]],
    items: list[dict[str, Any]] | None = None,
    *,
    number: int = 2022,
    place: Place = PLACE,
    **facts: Any,
) -> Year:
    """A year of such rows; one item ``A`` unless others are given."""
    return Year.from_frames(
        place, number, frames(cases, [item()] if items is None else items), **facts
    )


def day(text: str) -> date:
    """Read a date."""
    return date.fromisoformat(text)


def write_places(data: Path, text: str) -> Path:
    """Write ``places.toml`` into a data folder."""
    data.mkdir(parents=True, exist_ok=True)
    (data / "places.toml").write_text(text, encoding="utf-8")
    return data


def inspection(on: str | None, **values: Any) -> dict[str, Any]:
    """One inspection of a licence holder, without a finding and not published."""
    row = {
        "inspection_id": f"i{next(_numbers)}",
        "inspect_type": "random",
        "dept_code": "D1",
        "item_code": "A",
        "holder_key": None,
        "inspected_on": on,
        "inspectors_n": 2,
        "result": "clean",
        "published_on": None,
        "penalty": False,
    } | values
    return row | {name: at(value) for name, value in row.items() if name.endswith("_on")}


def evaluation(when: str, satisfaction: str | None = "1", **values: Any) -> dict[str, Any]:
    """One rating by an applicant; without a work order."""
    row = {
        "evaluation_id": f"e{next(_numbers)}",
        "case_id": None,
        "item_code": "A",
        "dept_code": "D1",
        "channel": "1",
        "satisfaction": satisfaction,
        "is_default": False,
        "evaluated_at": when,
        "round": 1,
        "order_created_at": None,
        "rectified_at": None,
    } | values
    return row | {name: at(value) for name, value in row.items() if name.endswith("_at")}


def heads(dept: str, period: str, role: str, n: int, fte: float | None = None) -> dict[str, Any]:
    """One department's staff of one role in one period."""
    return {"dept_code": dept, "period": period, "role": role, "headcount": n, "fte": fte}


def oversight_frames(**rows: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    """The tables of supervision; they keep their columns when they have no rows."""
    columns = {
        "inspections": list(inspection("2022-01-01")),
        "evaluations": list(evaluation("2022-01-01")),
        "staff": list(heads("D1", "2022", "window", 1)),
    }
    return {name: pd.DataFrame(rows[name], columns=columns[name]) for name in rows}
