"""Stocks and flows (存量与流量): opening + in − out = closing, by department and in total."""

import pandas as pd

from analysis.statistics.facts import Facts
from analysis.statistics.passes.measures import FLOWS
from analysis.statistics.passes.measures import STOCKS as COUNTED

TERMS = {measure.name: measure.term for measure in (*COUNTED, *FLOWS)}

# What each stock is made of: opening stock, inflows, outflows, closing stock.
PENDING = ("pending_at_start", ("applications",), ("accepted", "not_accepted", "ended_before"))
OPEN = ("open_at_start", ("accepted",), ("completed", "deleted"))
STOCKS = ("pending", "open")
IDENTITIES = {
    "pending_at_end": PENDING,
    "open_at_end": OPEN,
}


def flows_by_department(facts: Facts) -> pd.DataFrame:
    """Return the stocks and flows of each department.

    Returns:
        Index ``dept_code``; one integer column for each stock and flow of ``TERMS``, in cases.
        Departments without any case in the year are left out.
    """
    counts = {name: facts.rows(name).groupby("dept_code")["n"].sum() for name in TERMS}
    frame = pd.DataFrame({name: n.rename(index=str) for name, n in counts.items()})
    return frame.fillna(0).astype("int64").sort_index().rename_axis("dept_code")


def imbalances(flows: pd.DataFrame) -> pd.DataFrame:
    """Return where a closing stock is not what the flows lead to.

    Args:
        flows: as returned by ``flows_by_department``.

    Returns:
        One row per department and stock that does not balance: ``dept_code``, ``stock`` (Chinese
        term), ``expected``, ``found``. Empty where the times of all cases are in order.
    """
    found = []
    for closing, (opening, inflows, outflows) in IDENTITIES.items():
        expected = (
            flows[opening] + flows[list(inflows)].sum(axis=1) - flows[list(outflows)].sum(axis=1)
        )
        found.append(_differing(flows[closing], expected, TERMS[closing]))
    return pd.concat(found, ignore_index=True)


def discontinuities(before: pd.DataFrame, flows: pd.DataFrame) -> pd.DataFrame:
    """Return where a year does not open with the stock that the year before closed with.

    Args:
        before: stocks and flows of the year before, as returned by ``flows_by_department``.
        flows: those of the year.

    Returns:
        As ``imbalances``; ``expected`` is the closing stock of the year before.
    """
    both = before.index.union(flows.index)
    closing, opening = before.reindex(both, fill_value=0), flows.reindex(both, fill_value=0)
    return pd.concat(
        [
            _differing(
                opening[f"{stock}_at_start"], closing[f"{stock}_at_end"], TERMS[f"{stock}_at_start"]
            )
            for stock in STOCKS
        ],
        ignore_index=True,
    )


def _differing(found: pd.Series, expected: pd.Series, stock: str) -> pd.DataFrame:
    frame = pd.DataFrame({"stock": stock, "expected": expected, "found": found})
    return frame[found != expected].rename_axis("dept_code").reset_index()
