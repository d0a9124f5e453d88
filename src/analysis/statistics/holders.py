"""Licence holders (被许可人) counted, each once: which no sum over departments or months can give.

So this is a pass of its own, for the place and again for each department, and it is not additive.
Holders are known only by the cases of the year: who was licensed in an earlier year is not among
them. A holder is licensed by the department of the case, and inspected by whoever it was.
"""

from collections.abc import Iterator
from typing import Any

import ibis
import pandas as pd

from analysis.statistics.counting import by_cutoff, completed_cases, summed
from analysis.statistics.inspected import inspections_in_year
from analysis.tables.year import Year

PLACE, DEPARTMENT = "place", "department"
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
    frames = [found]
    for grain in (PLACE, DEPARTMENT):
        parts = [_inspected(visits, grain)]
        if year.has("cases", "applicant_key"):
            parts += _licensed(year, visits, grain)
        frames += [part.assign(grain=grain) for part in parts]
    return _without_links(summed(pd.concat(frames, ignore_index=True).fillna({"dept_code": ""})))


def _inspected(visits: Any, grain: str) -> pd.DataFrame:
    return _melted(_by(visits, grain).agg(inspected=visits["holder_key"].nunique()), grain)


def _licensed(year: Year, visits: Any, grain: str) -> Iterator[pd.DataFrame]:
    permits = _permits(year)
    who = ["holder_key", *_keys(grain)]
    counts = {"licensed": permits["holder_key"].nunique()}
    typed = year.has("cases", "applicant_type")
    if typed:
        counts["licensed_firms"] = permits["holder_key"].nunique(where=permits["is_firm"] == 1)
    yield _melted(_by(permits, grain).agg(**counts), grain)

    holders = permits.semi_join(visits, "holder_key")
    holders = holders.group_by(who).agg(
        since=holders["decided_on"].min(), is_firm=holders["is_firm"].max()
    )
    yield _linked(holders, visits, grain, typed)


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
    """Return the cases approved in the year: ``holder_key``, ``dept_code``, ``decided_on``, ``is_firm``."""
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
        decided_on=decided,
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
