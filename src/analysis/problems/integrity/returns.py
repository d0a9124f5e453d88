"""Departments' returns (部门填报) held against the rows in the system and against the print.

A return counts all licence items of a department. Those outside the provincial system have no rows:
what the department says of them is all there is, and is taken off before comparing with the rows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self

import pandas as pd

from analysis.problems.integrity.findings import Finding, Sort, Verdict, digits, frame
from analysis.problems.integrity.printed import Printed, read_printed
from analysis.statistics.facts import Facts
from analysis.statistics.figures import REGISTRY
from analysis.tables import TABLES
from analysis.tables.codes import LICENCE
from analysis.tables.conform import query
from analysis.tables.totals import WHOLE_DEPARTMENT

DEPARTMENT = "部门"
REPORTED = "reported"


@dataclass(frozen=True)
class Returns:
    """The returns of a place and year, beside what its rows say.

    Attributes:
        facts: tally and catalogue of the year.
        told: the returns for this year, one row a figure; see ``tables.REPORTED``.
        elsewhere: how many returned numbers are for other periods, and not used.
    """

    facts: Facts
    told: pd.DataFrame
    elsewhere: int = 0

    @classmethod
    def of(cls, facts: Facts) -> Self | None:
        """Return the year's returns; None where departments have sent none."""
        year = facts.year
        if not year.has(REPORTED):
            return None
        told = query(year.tables[REPORTED], TABLES[REPORTED])
        ours = told["period"] == str(year.year)
        return cls(facts, told[ours].reset_index(drop=True), int((~ours).sum()))

    @cached_property
    def licences(self) -> pd.DataFrame:
        """The licence items in force at the cut-off, by item."""
        items = self.facts.in_force
        return items[items["item_type"] == LICENCE].drop_duplicates("item_code")

    @cached_property
    def outside(self) -> pd.DataFrame:
        """The licence items that are not in the provincial system."""
        return self.licences[~self.licences["in_prov_system"].fillna(False).astype(bool)]

    @cached_property
    def totals(self) -> pd.DataFrame:
        """What each department says of all its items: ``dept_code``, ``figure``, ``value``."""
        return self.told[self.told["item_code"] == WHOLE_DEPARTMENT]

    @cached_property
    def names(self) -> dict[str, str]:
        """Name of each department that has licence items."""
        return dict(zip(self.licences["dept_code"], self.licences["dept_name"], strict=True))

    @cached_property
    def silent(self) -> list[str]:
        """Codes of the departments that have licence items and sent no return."""
        return sorted(set(self.names) - set(self.totals["dept_code"]))

    def of_outside(self, figure: str, department: str | None = None) -> Printed:
        """Return what one department, or all, say of a figure for items outside the system."""
        rows = self.told[self.told["item_code"].isin(self.outside["item_code"])]
        rows = rows[rows["figure"] == figure]
        if department is not None:
            rows = rows[rows["dept_code"] == department]
        return count(rows["value"].sum())

    def in_rows(self, figure: str, department: str, item: str) -> int | None:
        """Return what the rows of items in the system say; None where they cannot say."""
        facts = self.facts.department(department)
        whole = item == WHOLE_DEPARTMENT
        kept = [
            rows[~rows["item_code"].isin(self.outside["item_code"])]
            if whole
            else rows[rows["item_code"] == item]
            for rows in (facts.tally, facts.items)
        ]
        result = REGISTRY[figure, ""].result(replace(facts, tally=kept[0], items=kept[1]))
        return None if result.numerator is None else int(result.numerator)


def count(value: float) -> Printed:
    """Return a count from a table as a number to do arithmetic with."""
    return read_printed(f"{value:.0f}" if float(value).is_integer() else f"{value}", "件")


def checks_by_department(returns: Returns) -> pd.DataFrame:
    """Compare each department's return with its own rows, figure by figure.

    Returns:
        ``findings.COLUMNS`` and the department's name; a row for each returned figure and for each
        department without a return.
    """
    found = [(_name(returns, code), each) for code, each in _by_department(returns)]
    checks = frame([each for _, each in found])
    checks.insert(0, DEPARTMENT, [name for name, _ in found])
    return checks


def sums_against_print(returns: Returns, printed: dict[str, Printed]) -> pd.DataFrame:
    """Compare the sum of all returns with what the district prints.

    Whether the print counts the items outside the system is seldom said: both are tried.
    """
    return frame(
        finding
        for figure in _in_order(returns.totals["figure"])
        if figure in printed
        for finding in _sums(returns, figure, printed[figure])
    )


def items_outside(returns: Returns) -> pd.DataFrame:
    """Return the items outside the system with what their departments say of them.

    One row per item, one column per figure (Chinese term); empty where nothing was returned. The
    rows of the system hold nothing on these items.
    """
    told = returns.told.pivot_table(index="item_code", columns="figure", values="value")
    terms = {figure: REGISTRY[figure, ""].term for figure in _in_order(told.columns)}
    items = returns.outside.sort_values(["dept_code", "item_code"])
    numbers = told.reindex(items["item_code"])[list(terms)].round().astype("Int64")
    named = items[["dept_name", "item_name"]].rename(
        columns={"dept_name": DEPARTMENT, "item_name": "事项"}
    )
    return pd.concat(
        [
            named.reset_index(drop=True),
            numbers.rename(columns=terms).reset_index(drop=True),
        ],
        axis=1,
    )


def _by_department(returns: Returns) -> Iterator[tuple[str, Finding]]:
    outside = returns.told["item_code"].isin(returns.outside["item_code"])
    for row in returns.told[~outside].to_dict("records"):
        yield str(row["dept_code"]), _against_rows(returns, {str(k): v for k, v in row.items()})
    for code in returns.silent:
        yield (
            code,
            Finding(
                "部门填报",
                Verdict.NOTED,
                note=f"有许可事项 {_services(returns, code)} 项,未报送",
                sort=Sort.RETURN,
                group=f"silent:{code}",
            ),
        )


def _against_rows(returns: Returns, row: dict[str, Any]) -> Finding:
    """Compare one returned number with the rows: of the whole department, or of one item."""
    code, item, figure = (str(row[name]) for name in ("dept_code", "item_code", "figure"))
    group = f"return:{code}:{item}:{figure}"
    known = code in returns.names and (figure, "") in REGISTRY
    if not known or pd.isna(row["value"]):
        note = "部门编码不在目录内、指标未登记或没有数值:请核对,本次未用"
        return Finding(f"填报的“{figure}”", Verdict.ASK, note=note, sort=Sort.RETURN, group=group)
    whole = item == WHOLE_DEPARTMENT
    told, rows = count(row["value"]), returns.in_rows(figure, code, item)
    outside = returns.of_outside(figure, code) if whole else count(0)
    check = REGISTRY[figure, ""].term + ("" if whole else f"({item})")
    check += ":填报 − 系统外事项 = 系统内办件" if whole else ":填报 = 系统内办件"
    if rows is None:
        return Finding(
            check, Verdict.NOT_APPLICABLE, note="办件数据不足", sort=Sort.RETURN, group=group
        )
    residual = told.value - outside.value - rows
    less = f" − {outside.shown}" if whole else ""
    return Finding(
        check,
        Verdict.HOLDS if residual == 0 else Verdict.RESIDUAL,
        f"{told.shown}{less} − {rows:,} = {digits(residual)}",
        residual=residual,
        sort=Sort.RETURN,
        group=group,
    )


def _sums(returns: Returns, figure: str, printed: Printed) -> Iterator[Finding]:
    term = REGISTRY[figure, ""].term
    total = count(returns.totals.loc[returns.totals["figure"] == figure, "value"].sum())
    outside = returns.of_outside(figure)
    missing = f"{len(returns.silent)} 个部门未报送" if returns.silent else ""
    for said, value, arithmetic in (
        ("计入系统外事项", total.value, total.shown),
        ("不计系统外事项", total.value - outside.value, f"{total.shown} − {outside.shown}"),
    ):
        residual = value - printed.value
        holds = 0 in printed.interval() - count(float(value)).interval()
        yield Finding(
            f"各部门{term}合计 = 公开数({said})",
            (Verdict.HOLDS if residual == 0 else Verdict.ROUNDING) if holds else Verdict.RESIDUAL,
            f"{arithmetic} − {printed.shown} = {digits(residual)}",
            residual=residual,
            note=missing,
            sort=Sort.RETURN,
            group=f"sum:{figure}",
        )


def _in_order(figures: Iterable[str]) -> list[str]:
    """Return the registered ones among figures, each once, in the report's order."""
    there = set(figures)
    return [figure for figure, variant in REGISTRY if figure in there and not variant]


def _services(returns: Returns, code: str) -> int:
    return int(returns.licences.loc[returns.licences["dept_code"] == code, "impl_code"].nunique())


def _name(returns: Returns, code: str) -> str:
    return returns.names.get(code, code)
