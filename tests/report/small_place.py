"""A small place of two years, most of whose numbers are too small to be published."""

from datetime import timedelta

import numpy as np
import pandas as pd

from tests.tables.build import (
    accepted,
    case,
    closed,
    evaluation,
    frames,
    inspection,
    item,
    oversight_frames,
    refused_acceptance,
)

DEPARTMENTS = {"D1": "甲局", "D2": "乙局", "D3": "丙局", "D4": "丁局"}
YEARS = (2021, 2022)
NAMES = ("tolerance_used", "commitment_used", "online_full")


def place_frames(seed: int, cases: int = 260) -> dict[int, dict[str, pd.DataFrame]]:
    """Return the tables of each year; what is open at the end of one is there in the next."""
    random = np.random.default_rng(seed)
    rows = [_case(random) for _ in range(cases)]
    catalogue = [
        item(code, dept_code=code, dept_name=name, case_type="2" if code < "D3" else "1")
        for code, name in DEPARTMENTS.items()
    ]
    made = {}
    for year in YEARS:
        first, last = pd.Timestamp(year, 1, 1), pd.Timestamp(year + 1, 1, 1)
        there = [row for row in rows if _concerns(row, first, last)]
        tables = frames(there, catalogue)
        tables |= oversight_frames(
            inspections=[_inspection(random, year) for _ in range(30)],
            evaluations=[_evaluation(random, year) for _ in range(40)],
            staff=[],
        )
        made[year] = tables
    return made


def _case(random):
    start = pd.Timestamp(2020, 11, 1) + timedelta(days=int(random.integers(0, 780)))
    on, end = (start + timedelta(days=int(d)) for d in np.cumsum(random.integers(0, 25, 2)))
    department = str(random.choice(list(DEPARTMENTS), p=[0.6, 0.25, 0.1, 0.05]))
    values = {
        "dept_code": department,
        "item_code": department,
        "case_type": "2" if department < "D3" else str(random.choice(["1", "9"], p=[0.9, 0.1])),
        "apply_channel": str(random.choice(["window", "pc", "mobile", "mail"])),
        **{name: bool(random.random() < 0.05) for name in NAMES},
        "package_code": "P" if random.random() < 0.03 else None,
        "supp_rounds": int(random.integers(0, 2)),
        "stopped_days_art45": 0.0,
        "stopped_days_other": 0.0,
        "extended_days": 0.0,
    }
    kind = random.choice(["closed", "open", "refused", "waiting"], p=[0.8, 0.08, 0.07, 0.05])
    if kind == "closed":
        outcomes = ["approved", "refused", "withdrawn", "deleted"]
        outcome = str(random.choice(outcomes, p=[0.85, 0.06, 0.06, 0.03]))
        return closed(f"{start}", f"{on}", f"{end}", outcome, **values)
    if kind == "open":
        return accepted(f"{start}", f"{on}", **values)
    if kind == "refused":
        return refused_acceptance(f"{start}", f"{on}", **values)
    return case(f"{start}", **values)


def _concerns(row, first, last):
    """Whether a year's export holds the case: anything happened in it, or it was not over."""
    moments = [row[f"{m}_at"] for m in ("submitted", "accepted", "not_accepted", "closed")]
    ended = row["closed_at"] if row["closed_at"] is not None else row["not_accepted_at"]
    began = moments[0] < last
    return began and (ended is None or ended >= first or any(
        m is not None and first <= m < last for m in moments
    ))  # fmt: skip


def _inspection(random, year):
    result = str(random.choice(["clean", "corrected", "violation"], p=[0.7, 0.2, 0.1]))
    return inspection(
        f"{year}-0{random.integers(1, 10)}-15",
        dept_code=str(random.choice(list(DEPARTMENTS), p=[0.6, 0.25, 0.1, 0.05])),
        inspect_type=str(random.choice(["random", "key", "special"], p=[0.7, 0.2, 0.1])),
        result=result,
        penalty=result == "violation" and bool(random.random() < 0.5),
        published_on=f"{year}-11-01" if random.random() < 0.8 else None,
    )


def _evaluation(random, year):
    level = str(random.choice(list("12345"), p=[0.5, 0.2, 0.2, 0.05, 0.05]))
    return evaluation(
        f"{year}-0{random.integers(1, 10)}-15",
        level,
        dept_code=str(random.choice(list(DEPARTMENTS), p=[0.6, 0.25, 0.1, 0.05])),
        is_default=level == "3" and bool(random.random() < 0.8),
        rectified_at=f"{year}-11-01" if level > "3" and random.random() < 0.5 else None,
        order_created_at=f"{year}-10-01" if level > "3" else None,
    )
