"""Staff (人员) of the demo place: heads by bureau, month and role."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.sources.demo.people import Handlers
from analysis.sources.demo.planting.absences import present
from analysis.sources.demo.streams import Use, stream
from analysis.tables.codes.oversight import STAFF_ROLE

PART_TIME = {"window": 0.2, "supervision": 0.4}  # at most, of those who have other duties too
ABSENT = 0.06  # at most, from month to month


def staff(year: int, bureaux: pd.DataFrame) -> pd.DataFrame:
    """Return a year's staff with the columns of ``tables.STAFF``; the full-time share varies.

    As many people approve as appear in the cases; the others grow with the root of the cases.
    """
    rng, root = stream(year, Use.STAFF), np.sqrt(bureaux["weight"].to_numpy())
    heads = {
        "window": np.ceil(1 + 2 * root).astype(int),
        "approval": Handlers.of(bureaux).sizes,
        "supervision": np.ceil(2 + 1.5 * root).astype(int),
    }
    usual = {role: 1 - PART_TIME.get(role, 0.0) * rng.random(len(bureaux)) for role in heads}
    rows = [
        (code, f"{year}-{month:02d}", role, int(n), n * share)
        for month in range(1, 13)
        for role in STAFF_ROLE.terms
        for code, n, share in zip(bureaux["code"], heads[role], usual[role], strict=True)
    ]
    frame = pd.DataFrame(rows, columns=["dept_code", "period", "role", "headcount", "fte"])
    frame["fte"] *= 1 - ABSENT * rng.random(len(frame))
    approval = frame["role"] == "approval"
    frame.loc[approval, "fte"] *= present(year, len(bureaux)).T.ravel()  # rows are by month
    frame["fte"] = frame["fte"].round(1)
    return frame.sort_values(["dept_code", "period", "role"], ignore_index=True)


def approving(year: int, bureaux: pd.DataFrame) -> NDArray[np.float64]:
    """Return the full-time equivalents that approve, shape (bureaux, 12)."""
    rows = staff(year, bureaux)
    wide = rows[rows["role"] == "approval"].pivot(index="dept_code", columns="period", values="fte")
    return wide.loc[bureaux["code"]].to_numpy()
