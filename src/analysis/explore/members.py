"""One level down (下钻): departments, items or months of a part, and its months with their stocks."""

import pandas as pd

from analysis.explore.choices import MONTHS, Choices
from analysis.statistics.dimensions import DIMENSIONS
from analysis.statistics.facts import Facts
from analysis.statistics.registry import REGISTRY
from analysis.statistics.volume.flows import IDENTITIES, TERMS
from analysis.tables.clocks import PROMISED

FLOWS = ("applications", "accepted", "not_accepted", "completed")
OUTCOMES = {"approved": "审批同意", "refused": "审批不同意"}
STOCKS = ("pending_at_end", "open_at_end")
LATE = "超承诺办结"
COLUMNS = {name: TERMS[name] for name in (*FLOWS, *STOCKS)} | OUTCOMES | {"late": LATE}
# The figures that columns are by another name; the others are called like theirs.
FIGURES = {"refused": ("disapproved", ""), "late": ("late_closed", PROMISED.name)}
NAMES = {"department": "dept_name", "item": "item_name"}


def members(facts: Facts, choices: Choices) -> pd.DataFrame:
    """Return what each department, item or month of a part comes to, largest first.

    Args:
        facts: the facts of the part.
        choices: what the part is; ``next_dimension`` is what it is divided by.

    Returns:
        Columns ``code`` and 名称; then integers in cases: flows, 审批同意 and 审批不同意 of the
        completed, 超承诺办结, and, but for months, the stocks at the cut-off; without those that
        the data cannot tell. Months in their order; of those alone that are chosen: the others are not 0.
    """
    by = choices.next_dimension
    column = DIMENSIONS[by].column
    wanted = FLOWS if by == "month" else (*FLOWS, *STOCKS)
    counts = _pivot(facts, column, wanted).rename(columns=TERMS)
    closed = _grouped(facts.rows("completed"), [column, "outcome"]).unstack(fill_value=0)
    for code, term in OUTCOMES.items():
        counts[term] = closed.get(code, 0)
    margins = facts.rows(f"{PROMISED.name}_margin")
    counts[LATE] = _grouped(margins[margins["value"] < 0], [column])
    counts = counts.fillna(0).astype("int64")
    if by == "month":
        frame = counts.reindex(choices.months or MONTHS, fill_value=0).reset_index(names="code")
        frame.insert(1, "名称", [f"{month}月" for month in frame["code"]])
        return _told(frame, facts)
    counts = counts.sort_values(TERMS["applications"], ascending=False, kind="stable")
    frame = counts.rename_axis("code").reset_index().astype({"code": "str"})
    frame.insert(1, "名称", [name_of(facts, by, code) for code in frame["code"]])
    return _told(frame, facts)


def _told(frame: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    """Leave out the columns that the data cannot tell."""
    untold = [term for name, term in COLUMNS.items() if _untold(facts, name)]
    return frame.drop(columns=untold, errors="ignore")  # by month there are no stocks


def _untold(facts: Facts, name: str) -> bool:
    """Tell whether the data cannot tell a column: it has no count then, not none."""
    return bool(facts.lacking(REGISTRY[FIGURES.get(name, (name, ""))].needs))


def flows_by_month(facts: Facts, choices: Choices) -> pd.DataFrame:
    """Return the flows of each month, and what waits and is open at its end (月末存量).

    A month's closing stock is the year's opening stock with all flows up to then; where months or
    nothing but flows are chosen, the stocks are left out.

    Returns:
        One row for each month chosen: ``month``; the flows and, without a choice of months,
        ``pending_at_end`` and ``open_at_end``; integers in cases. Without what the data cannot tell.
    """
    flows = [name for _, into, out in IDENTITIES.values() for name in (*into, *out)]
    wanted = list(dict.fromkeys(flows))
    counts = _pivot(facts, "month", wanted).reindex(choices.months or MONTHS, fill_value=0)
    if not choices.months:
        for closing, (opening, into, out) in IDENTITIES.items():
            change = counts[list(into)].sum(axis=1) - counts[list(out)].sum(axis=1)
            counts[closing] = facts.n(opening) + change.cumsum()
    counts = counts.drop(columns=[name for name in map(str, counts) if _untold(facts, name)])
    return counts.astype("int64").rename_axis("month").reset_index()


def _pivot(facts: Facts, column: str, measures: tuple[str, ...] | list[str]) -> pd.DataFrame:
    counts = {measure: _grouped(facts.rows(measure), [column]) for measure in measures}
    return pd.DataFrame(counts).fillna(0)


def _grouped(rows: pd.DataFrame, columns: list[str]) -> pd.Series:
    """Add up ``n``; the index is of plain words: categories of two narrowed parts do not match."""
    summed = rows.groupby(columns, observed=True)["n"].sum().reset_index()
    words = {c: "str" for c in columns if isinstance(summed[c].dtype, pd.CategoricalDtype)}
    plain: pd.Series = summed.astype(words).set_index(columns)["n"]
    return plain


def name_of(facts: Facts, by: str, code: str) -> str:
    """Return the latest name of a department or an item; its code where the catalogue lacks it."""
    rows, column = facts.year.items, DIMENSIONS[by].column
    names = rows.loc[rows[column] == code, NAMES[by]]
    return str(names.iloc[-1]) if len(names) else code or "未入目录"
