"""Departments' returns (部门填报) of the demo place: totals sent instead of rows, some of them wrong.

What a return says is what the department's own cases say, plus its items outside the provincial
system (which have no rows), plus what ``place.toml`` plants as misreported.
"""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.random import PCG64, Generator

from analysis.sources.demo import calibration as given
from analysis.sources.demo.catalogue import place
from analysis.tables.codes.catalogue import LICENCE
from analysis.tables.totals import WHOLE_DEPARTMENT

FIGURES = ("applications", "accepted", "not_accepted", "completed", "approved", "disapproved")
TYPICAL = 14  # applications a year for an item outside the system
SOURCE = "部门年度填报表(演示)"
POST = "综合科"


def planted(year: int) -> dict[str, list[dict[str, Any]]]:
    """Return what is wrong with the returns of a year: misreported figures, missing returns."""
    return {
        kind: [entry for entry in place()[kind] if entry["year"] == year]
        for kind in ("misreported", "unreported")
    }


def returns(year: int, items: pd.DataFrame, cases: pa.Table) -> pd.DataFrame:
    """Return a year's returns with the columns of ``tables.REPORTED``.

    Args:
        year: the year.
        items: the catalogue of the year.
        cases: its cases, as the year's export knows them.
    """
    in_force = items["valid_to"].isna() | (items["valid_to"] >= pd.Timestamp(year, 1, 1))
    licences = items[(items["item_type"] == LICENCE) & in_force]
    outside = _outside(year, licences[~licences["in_prov_system"]].drop_duplicates("item_code"))
    totals = _in_rows(year, cases).reindex(sorted(set(licences["dept_code"])), fill_value=0)
    totals = totals.add(outside.groupby("dept_code")[list(FIGURES)].sum(), fill_value=0)
    wrong, codes = (
        planted(year),
        dict(zip(licences["dept_name"], licences["dept_code"], strict=True)),
    )
    for entry in wrong["misreported"]:
        totals.loc[codes[entry["department"]], entry["figure"]] += entry["added"]
    whole = totals.reset_index(names="dept_code").assign(item_code=WHOLE_DEPARTMENT)
    silent = [codes[entry["department"]] for entry in wrong["unreported"]]
    told = pd.concat([whole, outside], ignore_index=True)
    told = told[~told["dept_code"].isin(silent)]
    long = told.melt(["dept_code", "item_code"], list(FIGURES), "figure", "value")
    long = long.assign(period=str(year), unit="件", source=SOURCE, reported_by=POST)
    return long.sort_values(["dept_code", "item_code", "figure"], ignore_index=True)


def _in_rows(year: int, cases: pa.Table) -> pd.DataFrame:
    """Count the flows of a year from the rows, by department."""

    def happened(column: str) -> Any:
        return pc.fill_null(pc.equal(pc.year(cases[column]), year), False)

    closed = pc.and_(happened("closed_at"), cases["accepted_at"].is_valid())
    outcome = cases["outcome"].cast(pa.string())
    counted = {
        "applications": happened("submitted_at"),
        "accepted": happened("accepted_at"),
        "not_accepted": happened("not_accepted_at"),
        "completed": pc.and_(closed, pc.fill_null(pc.not_equal(outcome, "deleted"), False)),
        "approved": pc.and_(closed, pc.fill_null(pc.equal(outcome, "approved"), False)),
        "disapproved": pc.and_(closed, pc.fill_null(pc.equal(outcome, "refused"), False)),
    }
    flags = pa.table({"dept_code": cases["dept_code"].cast(pa.string()), **counted})
    sums = flags.group_by("dept_code").aggregate([(figure, "sum") for figure in FIGURES])
    frame: pd.DataFrame = sums.to_pandas().set_index("dept_code")
    return frame.rename(columns={f"{figure}_sum": figure for figure in FIGURES}).astype("int64")


def _outside(year: int, items: pd.DataFrame) -> pd.DataFrame:
    """Draw the numbers of the items outside the system; the generator's other draws stay as are."""
    rng = Generator(PCG64([given.SEED, year]))
    items = items.sort_values("item_code")
    applications = rng.poisson(rng.gamma(1.0, TYPICAL, len(items)))
    not_accepted = rng.binomial(applications, 0.02)
    accepted = applications - not_accepted
    disapproved = rng.binomial(accepted, 0.03)
    counts = (applications, accepted, not_accepted, accepted, accepted - disapproved, disapproved)
    columns = dict(zip(FIGURES, map(np.asarray, counts), strict=True))
    return items[["dept_code", "item_code"]].assign(**columns)
