"""Licence holders (被许可人) counted, each once: which no sum over departments or months can give.

So this is a pass of its own, for the place and again for each department, and it is not additive.
Holders are known only by the cases of the year: who was licensed in an earlier year is not among
them. A holder is licensed by the department of the case, and inspected by whoever it was.
"""

from collections.abc import Iterator
from typing import Any

import ibis
import pandas as pd

from analysis.statistics.passes.counting import by_cutoff, completed_cases, made_once, summed, total
from analysis.statistics.passes.inspected import inspections_in_year
from analysis.tables.year import Year

GRAINS = PLACE, DEPARTMENT = "place", "department"
KEYS = ("grain", "dept_code", "measure", "value")


def holders_tally(year: Year) -> pd.DataFrame:
    """Count the holders that were inspected, licensed, and both.

    Returns:
        ``grain`` (``place``, then ``dept_code`` is empty; or ``department``), ``dept_code``,
        ``measure``, ``value`` (0 where the measure has none), ``n`` holders. Measures, where their
        columns are there: ``inspected`` (by the department); ``licensed`` in the year (by the
        department); ``licensed_inspected``, of these; the same two of ``firms``; and ``lag``, whose
        value is the days from the first decision of the year to the first inspection since.
        ``unlinked`` (1) stands for all that links the two tables when they have no holder in common.
    """
    found = pd.DataFrame(columns=[*KEYS, "n"])
    if not year.has("inspections", "holder_key"):
        return found
    visits = inspections_in_year(year)
    visits = visits.filter(visits["holder_key"].notnull())
    frames = [found, *(_inspected(visits, grain) for grain in GRAINS)]
    if year.has("cases", "applicant_key"):
        with made_once(_holders(_permits(year), DEPARTMENT)) as of_departments:
            frames += _licensed(year, of_departments, visits)
    return _without_links(summed(pd.concat(frames, ignore_index=True).fillna({"dept_code": ""})))


def _inspected(visits: Any, grain: str) -> pd.DataFrame:
    counts = _by(visits, grain).agg(inspected=visits["holder_key"].nunique())
    return _melted(counts, grain).assign(grain=grain)


def _licensed(year: Year, of_departments: Any, visits: Any) -> Iterator[pd.DataFrame]:
    """Count holders by department, and those of the place among them, who are fewer than cases."""
    typed = year.has("cases", "applicant_type")
    for grain in GRAINS:
        holders = of_departments if grain == DEPARTMENT else _holders(of_departments, grain)
        counts = {"licensed": holders.count()}
        if typed:
            counts["licensed_firms"] = total(holders["is_firm"])
        yield _melted(_by(holders, grain).agg(**counts), grain).assign(grain=grain)
        inspected = _holders(of_departments.semi_join(visits, "holder_key"), grain)
        yield _linked(inspected, visits, grain, typed).assign(grain=grain)


def _holders(rows: Any, grain: str) -> Any:
    """Return each holder once, or once a department: since when, and whether a firm (1 or 0)."""
    return rows.group_by(["holder_key", *_keys(grain)]).agg(
        since=rows["since"].min(), is_firm=rows["is_firm"].max()
    )


def _linked(holders: Any, visits: Any, grain: str, typed: bool) -> pd.DataFrame:
    """Count the holders that were licensed and inspected, and when they first were since."""
    days = visits.select("holder_key", "inspected_on").distinct()
    pairs = holders.inner_join(days, "holder_key")
    who = ["holder_key", *_keys(grain), "is_firm", "since"]
    first = pairs.group_by(who).agg(
        until=pairs["inspected_on"].min(where=pairs["inspected_on"] >= pairs["since"])
    )
    counts = first.group_by([*_keys(grain), "is_firm", "since", "until"]).agg(n=first.count())
    found: pd.DataFrame = counts.to_pandas()
    lag = pd.to_datetime(found["until"]) - pd.to_datetime(found["since"])
    found = found.drop(columns=["since", "until"]).assign(lag=lag.dt.days)
    inspected = found.assign(measure="licensed_inspected", value=0)
    firms = inspected[found["is_firm"] == 1].assign(measure="licensed_inspected_firms")
    lags = found[found["lag"].notna()]
    lags = lags.assign(measure="lag", value=lags["lag"])
    parts = [inspected, *([firms] if typed else []), lags]
    together = pd.concat(parts, ignore_index=True).drop(columns=["is_firm", "lag"])
    return together.astype({"value": "int64", "n": "int64"})


def _permits(year: Year) -> Any:
    """Return the cases approved in the year: ``holder_key``, ``dept_code``, ``since``, ``is_firm``."""
    cases = completed_cases(year)
    cases = cases.filter(cases["outcome"] == "approved", cases["applicant_key"].notnull())
    decided = ibis.null("date")
    if "decided_at" in cases.columns:
        decided = by_cutoff(cases["decided_at"], year).date()
    firm = ibis.literal(False)
    if "applicant_type" in cases.columns:
        firm = (cases["applicant_type"] == "enterprise").fill_null(False)
    return cases.select(
        "dept_code",
        holder_key=cases["applicant_key"],
        since=decided,
        is_firm=firm.ifelse(1, 0).cast("int64"),
    )


def _keys(grain: str) -> list[str]:
    return ["dept_code"] if grain == DEPARTMENT else []


def _by(rows: Any, grain: str) -> Any:
    return rows.group_by(_keys(grain)) if grain == DEPARTMENT else rows


def _melted(counts: Any, grain: str) -> pd.DataFrame:
    wide: pd.DataFrame = counts.to_pandas()
    rows = wide.melt(id_vars=_keys(grain), var_name="measure", value_name="n").fillna({"n": 0})
    return rows.assign(value=0).astype({"n": "int64"})


def _without_links(rows: pd.DataFrame) -> pd.DataFrame:
    """Withdraw what links holders to applicants when not one is the same: the keys must differ."""
    totals = rows[rows["grain"] == PLACE].groupby("measure")["n"].sum()
    unlinked = (
        totals.get("licensed") and totals.get("inspected") and not totals.get("licensed_inspected")
    )
    if not unlinked:
        return rows
    licensed = rows[rows["measure"] == "licensed"].assign(measure="unlinked", n=1)
    linking = rows["measure"].str.startswith("licensed_inspected")
    return summed(pd.concat([rows[~linking], licensed], ignore_index=True))
