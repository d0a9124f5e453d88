"""Inspections (事中事后监管) of the demo place: of this year's licence holders, and of older ones."""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.random import Generator

from analysis.sources.demo.columns import seconds
from analysis.sources.demo.days import DAY, Days, Ints
from analysis.sources.demo.people import POOLS, pseudonyms
from analysis.sources.demo.streams import Use, stream
from analysis.tables.codes.oversight import INSPECT_RESULT, INSPECT_TYPE, RISK_LEVEL

NEW, OLD = 9_000, 5_500  # inspections a year, about
TYPES = (0.46, 0.14, 0.20, 0.07, 0.13)  # in the order of the code list
PLANNED = ("random", "joint")
RESULTS = {"A": (0.93, 0.05, 0.01, 0.01), "B": (0.88, 0.08, 0.03, 0.01)} | {
    "C": (0.78, 0.14, 0.07, 0.01),
    "D": (0.62, 0.22, 0.13, 0.03),
}
RISKS = (0.55, 0.30, 0.11, 0.04)
FINED = 0.6  # of violations
PUBLISHED, UNPUBLISHED = 20, 0.03  # working days within which nearly all results are published
ENTERPRISE = 1  # place in table.APPLICANTS


def inspections(year: int, days: Days, cases: pa.Table, exported: int) -> pd.DataFrame:
    """Return a year's inspections with the columns of ``tables.INSPECTIONS``.

    Args:
        year: the year; all inspections are within it.
        days: the calendar.
        cases: its cases, as known: holders are firms whose cases were approved.
        exported: the day of the export; what is published later is not known.
    """
    rng = stream(year, Use.INSPECTIONS)
    frame = pd.concat([_new(rng, year, days, cases), _old(rng, year, days, cases)])
    frame = frame.sort_values(["number", "dept_code", "holder_key"], ignore_index=True)
    n = len(frame)
    kind = pd.Series(rng.choice(list(INSPECT_TYPE.terms), n, p=TYPES))
    # A holder has the same risk whenever it is looked at: its pseudonym decides.
    place = np.searchsorted(np.cumsum(RISKS), frame["holder_key"].map(_share), side="right")
    risk = pd.Series(np.array(list(RISK_LEVEL.terms))[place])
    result = _results(rng, risk)
    month = days.day(frame["number"].to_numpy()).astype("datetime64[D]").astype("datetime64[M]")
    plan = pd.Series(f"DEMO{year}JH" + pd.Series(month).dt.strftime("%m"))
    published = frame["number"] + np.where(
        rng.random(n) < 0.95, rng.integers(1, PUBLISHED + 1, n), rng.integers(21, 40, n)
    )
    published_on = days.day(published.to_numpy())
    hidden = (rng.random(n) < UNPUBLISHED) | (published_on >= exported)
    return pd.DataFrame(
        {
            "inspection_id": [f"JC{year}{number:06d}" for number in range(1, n + 1)],
            "plan_id": plan.where(kind.isin(PLANNED)),
            "task_id": (plan + "-" + frame["dept_code"].str[-3:]).where(kind.isin(PLANNED)),
            "inspect_type": kind,
            "dept_code": frame["dept_code"],
            "inspect_item": "许可条件保持情况检查",
            "item_code": frame["item_code"],
            "holder_key": frame["holder_key"],
            "holder_type": "enterprise",
            "risk_level": risk,
            "inspected_on": _dates(days.day(frame["number"].to_numpy())),
            "inspectors_n": 2 + (rng.random(n) < 0.25),
            "result": result,
            "published_on": _dates(published_on).where(~hidden),
            "penalty": result.eq("violation") & (rng.random(n) < FINED),
        }
    )


def _new(rng: Generator, year: int, days: Days, cases: pa.Table) -> pd.DataFrame:
    """Draw inspections of firms whose case was approved in the year, some weeks after it."""
    firms = pc.equal(cases["applicant_type"].cast(pa.string()), "enterprise")
    approved = pc.fill_null(pc.equal(cases["outcome"].cast(pa.string()), "approved"), False)
    during = pc.fill_null(pc.equal(pc.year(cases["closed_at"]), year), False)
    places = np.flatnonzero(pc.and_(pc.and_(firms, approved), during).to_numpy())
    chosen = rng.choice(places, 2 * NEW)  # about half come too late in the year
    closed = days.number(seconds(cases["closed_at"])[chosen] // DAY)
    number = closed + rng.integers(10, 200, len(chosen))
    frame = _of_cases(cases, chosen).assign(number=number)
    return frame[number <= days.last_number(year)]


def _old(rng: Generator, year: int, days: Days, cases: pa.Table) -> pd.DataFrame:
    """Draw inspections of firms licensed in earlier years."""
    chosen = rng.integers(0, len(cases), OLD)
    firms = (ENTERPRISE << 40) + np.floor(POOLS[ENTERPRISE] * rng.random(OLD)).astype(np.int64)
    number = rng.integers(days.first_number(year), days.last_number(year) + 1, OLD)
    return _of_cases(cases, chosen).assign(holder_key=pseudonyms(firms).to_pylist(), number=number)


def _of_cases(cases: pa.Table, places: Ints) -> pd.DataFrame:
    columns = {"dept_code": "dept_code", "item_code": "item_code", "holder_key": "applicant_key"}
    taken: dict[str, Any] = {
        name: cases[column].take(pa.array(places)).cast(pa.string()).to_pylist()
        for name, column in columns.items()
    }
    return pd.DataFrame(taken)


def _share(key: str) -> float:
    return int(key[:8], 16) / 16**8


def _results(rng: Generator, risk: pd.Series) -> pd.Series:
    """Draw results: the riskier the holder, the more is found."""
    shares = np.array([RESULTS[level] for level in risk]).cumsum(axis=1)
    place = (rng.random(len(risk))[:, None] >= shares[:, :-1]).sum(axis=1)
    return pd.Series(np.array(list(INSPECT_RESULT.terms))[place])


def _dates(day: Ints) -> pd.Series:
    return pd.Series(day.astype("datetime64[D]").astype("datetime64[us]"))
