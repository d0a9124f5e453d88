"""A small made-up year in which every table and column is filled, so that every question is answered.

It is drawn from a fixed seed; nothing is known of its numbers but that they must not depend on the
engine, nor on a column that a question does not name.
"""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from analysis.tables.calendar import china
from tests.tables.build import evaluation, heads, inspection, item

YEAR = 2022
CASES, ITEMS = 420, 14
DEPARTMENTS = ("D1", "D2", "D3")
NAMES = dict(zip(DEPARTMENTS, ("甲局", "乙局", "丙局"), strict=True))
ACTIVITIES = ("submit", "receive", "supp_notice", "supp_received", "accept", "handle", "review", "approve", "decide", "close")  # fmt: skip


def _items() -> pd.DataFrame:
    rows = [
        item(
            f"I{n}",
            dept_code=DEPARTMENTS[n % 3],
            dept_name=NAMES[DEPARTMENTS[n % 3]],
            catalog_code=f"K{n // 2}",
            case_type="1" if n % 5 == 0 else "2",
            power_source="2" if n % 4 == 0 else "1",
            delegated_from="市局" if n % 4 == 0 else None,
            delegated_on=pd.Timestamp("2022-06-01") if n % 4 == 0 else None,
            source_system="审批系统",
        )
        for n in range(ITEMS)
    ]
    return pd.DataFrame(rows)


def _cases(rng: np.random.Generator, items: pd.DataFrame) -> list[dict[str, Any]]:
    rows = []
    for n in range(CASES):
        of = items.iloc[int(rng.integers(ITEMS))]
        on = date(2022, 1, 4) + timedelta(days=int(rng.integers(0, 358)))
        immediate = of["case_type"] == "1"
        taken = 0 if immediate else int(rng.integers(0, 23))
        submitted = pd.Timestamp(on) + pd.Timedelta(minutes=int(rng.integers(500, 900)))
        waited = int(rng.choice([0, 0, 0, 2, 7]))
        accepted = pd.Timestamp(china().due(on, waited)) + pd.Timedelta(hours=16)
        closed = pd.Timestamp(china().due(accepted.date(), taken)) + pd.Timedelta(hours=17)
        still_open = n % 10 == 3 or (closed.year != YEAR and n % 2 == 0)
        closed = pd.NaT if still_open else closed
        rounds = int(rng.choice([0, 0, 1, 2]))
        done = not pd.isna(closed)
        rows.append(
            {
                "case_id": f"C{n}",
                "original_case_id": f"C{n - 1}" if n % 37 == 5 else None,
                "project_code": f"P{n % 50}",
                "item_code": of["item_code"],
                "item_version": 1,
                "catalog_code": of["catalog_code"],
                "dept_code": of["dept_code"],
                "region_code": f"R{n % 3}",
                "source_system": ("审批系统", "国家平台")[n % 2],
                "system_owner": ("city", "national")[n % 2],
                "entry_mode": ("api", "applicant", "staff_rekey")[n % 3],
                "applicant_type": ("enterprise", "person")[n % 3 == 0],
                "applicant_key": f"A{int(rng.integers(60))}",
                "apply_channel": ("window", "pc")[n % 2],
                "submitted_at": submitted,
                "received_at": submitted,
                "first_supp_notice_at": submitted + pd.Timedelta(hours=2) if rounds else None,
                "supp_rounds": rounds,
                "accept_status": "accepted",
                "accepted_at": accepted,
                "not_accepted_at": None,
                "reject_reason": None,
                "case_type": of["case_type"],
                "statutory_days": 20.0,
                "promised_days": 0.0 if immediate else 8.0,
                "promised_due_at": accepted + pd.Timedelta(days=12),
                "statutory_due_at": accepted + pd.Timedelta(days=28),
                "extended_days": float(rng.choice([0, 0, 3])),
                "stopped_days_art45": float(rng.choice([0, 0, 2])),
                "stopped_days_other": float(rng.choice([0, 0, 1])),
                "decided_at": closed,
                "closed_at": closed,
                "outcome": ("approved", "approved", "refused")[n % 3] if done else None,
                "delivered_at": closed + pd.Timedelta(days=int(rng.choice([0, 20]))),
                "tolerance_used": n % 7 == 0,
                "commitment_used": n % 9 == 0,
                "site_visits_actual": n % 2,
                "online_full": n % 2 == 1,
                "package_code": "Y1" if n % 11 == 0 else None,
                "handler_key": f"S{n % 6}",
                "record_state": "valid",
                "data_version": 1 + (n % 13 == 0),
                "loaded_at": accepted + pd.Timedelta(days=1),
            }
        )
    return rows


def _events(cases: list[dict[str, Any]]) -> pd.DataFrame:
    rows = []
    for case in cases:
        for seq, activity in enumerate(ACTIVITIES):
            if activity.startswith("supp") and not case["supp_rounds"]:
                continue
            start = case["submitted_at"] + pd.Timedelta(minutes=5 * seq)
            rows.append(
                {
                    "event_id": f"{case['case_id']}-{seq}",
                    "case_id": case["case_id"],
                    "seq": seq,
                    "activity": activity,
                    "activity_raw": activity,
                    "action": "pass",
                    "start_at": start,
                    "end_at": start if seq % 2 else start + pd.Timedelta(minutes=3),
                    "dept_code": case["dept_code"],
                    "resource_key": case["handler_key"],
                    "special_type": None,
                    "special_name": None,
                    "clock": None,
                }
            )
    return pd.DataFrame(rows)


def _evaluations(cases: list[dict[str, Any]]) -> pd.DataFrame:
    rows = [
        evaluation(
            f"2022-{1 + n % 12:02d}-15 10:00:{n % 2:02d}",
            str(1 + n % 5),
            case_id=case["case_id"],
            item_code=case["item_code"],
            dept_code=case["dept_code"],
            is_default=n % 3 == 0,
            channel="7" if n % 3 == 0 else "1",
            tags=("超过时限^态度", "未一次性告知")[n % 2] if n % 5 > 2 else None,
            order_created_at="2022-12-20" if n % 5 > 2 else None,
            rectified_at="2022-12-25" if n % 10 > 5 else None,
        )
        for n, case in enumerate(cases[:200])
    ]
    return pd.DataFrame(rows)


def _inspections(cases: list[dict[str, Any]]) -> pd.DataFrame:
    rows = [
        inspection(
            f"2022-{6 + n % 7:02d}-20",
            plan_id="J1",
            task_id="T1",
            inspect_item="检查",
            holder_type="enterprise",
            risk_level="ABCD"[n % 4],
            inspect_type=("random", "random", "joint", "key")[n % 4],
            dept_code=DEPARTMENTS[n % 3],
            item_code=case["item_code"],
            holder_key=case["applicant_key"],
            result=("clean", "corrected", "violation", "gone")[n % 4 if n % 3 else 0],
            published_on=f"2022-{6 + n % 7:02d}-28" if n % 6 else None,
            penalty=n % 8 == 2,
        )
        for n, case in enumerate(cases[:120])
    ]
    return pd.DataFrame(rows)


def _staff() -> pd.DataFrame:
    roles = ("window", "approval", "supervision")
    rows = [
        heads(code, f"2022-{month:02d}", role, 4 + at, 2.5 + at + month / 10)
        for at, code in enumerate(DEPARTMENTS)
        for month in range(1, 13)
        for role in roles
    ]
    return pd.DataFrame(rows)


def whole_frames() -> dict[str, pd.DataFrame]:
    """Return all tables of the year."""
    rng = np.random.default_rng(7)
    items = _items()
    cases = _cases(rng, items)
    return {
        "items": items,
        "cases": pd.DataFrame(cases),
        "events": _events(cases),
        "evaluations": _evaluations(cases),
        "inspections": _inspections(cases),
        "staff": _staff(),
    }
