"""Staff (人员) counted at the cut-off, by department and role."""

from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from analysis.statistics.passes.counting import summed
from analysis.tables import TABLES
from analysis.tables.conform import query
from analysis.tables.year import Year

HUNDREDTH = Decimal("0.01")


def staff_tally(year: Year) -> pd.DataFrame:
    """Count the staff of a year: heads are a stock, so periods are not added up.

    Of each department and role the last period counts that begins by the cut-off, a month
    (``YYYY-MM``) before the whole year (``YYYY``).

    Returns:
        ``dept_code``, ``role``, ``measure``, ``n``. Measures: ``headcount``; ``fte_hundredths``,
        full-time equivalents in hundredths, so that they stay integers; ``without_fte``, heads whose
        equivalents are not known. Additive.
    """
    rows = query(year.tables["staff"], TABLES["staff"])
    whole, upto = str(year.year), f"{year.cutoff:%Y-%m}"
    current = rows[rows["period"].str.startswith(whole) & (rows["period"] <= upto)]
    latest = current.groupby(["dept_code", "role"])["period"].transform("max")
    current = current[current["period"] == latest]
    fte = current["fte"] if "fte" in current else pd.Series(float("nan"), index=current.index)
    heads = current["headcount"].fillna(0).astype("int64")
    wide = current[["dept_code", "role"]].assign(
        headcount=heads,
        fte_hundredths=[0 if pd.isna(share) else _hundredths(share) for share in fte],
        without_fte=heads.where(fte.isna(), 0),
    )
    counts = wide.melt(id_vars=["dept_code", "role"], var_name="measure", value_name="n")
    return summed(counts[counts["n"] > 0])


def _hundredths(share: float) -> int:
    return int((Decimal(str(share)) / HUNDREDTH).quantize(Decimal(1), ROUND_HALF_UP))
