"""Checks of departments' returns (部门填报核验): against their own rows, and against the print."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pandas as pd

from analysis.errors import XukeError
from analysis.problems.integrity.findings import Finding, Sort, Verdict, digits, frame
from analysis.problems.integrity.printed import Mode, Printed
from analysis.problems.integrity.returns import KEY, Returns, count, exact
from analysis.statistics.registry import REGISTRY
from analysis.tables.totals import WHOLE_DEPARTMENT

DEPARTMENT = "部门"


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
    told = returns.told[returns.of_items_outside & ~returns.twice].pivot_table(
        index="item_code", columns="figure", values="value"
    )
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
    for row in returns.told[~returns.of_items_outside | returns.twice].to_dict("records"):
        yield str(row["dept_code"]), _of_row(returns, row)
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


def _of_row(returns: Returns, row: Mapping[Hashable, Any]) -> Finding:
    """Compare one returned number with the rows, or ask what it is."""
    code, item, figure = (str(row[name]) for name in KEY)
    group = f"return:{code}:{item}:{figure}"
    doubt = _doubt(returns, row)
    told = None
    if not doubt:
        try:
            told = count(row)
        except XukeError as error:
            doubt = str(error)
    if told is None:
        note = f"{doubt}:请核对,本次未用"
        return Finding(f"填报的“{figure}”", Verdict.ASK, note=note, sort=Sort.RETURN, group=group)
    if item == WHOLE_DEPARTMENT:
        return _whole_department(returns, code, figure, told, group)
    return _one_item(returns, row, told, group)


def _doubt(returns: Returns, row: Mapping[Hashable, Any]) -> str:
    """Return why a returned number cannot be used; empty if it can."""
    code, item, figure = (str(row[name]) for name in KEY)
    times = returns.times[code, item, figure]
    if times > 1:
        return f"同一部门、事项、指标填报了 {times} 次"
    if code not in returns.names:
        return f"部门编码“{code}”不在目录的许可事项内"
    if item != WHOLE_DEPARTMENT and item not in returns.item_codes:
        return f"事项编码“{item}”不在目录的许可事项内"
    if (figure, "") not in REGISTRY:
        return f"指标“{figure}”没有登记"
    return "没有数值" if pd.isna(row["value"]) else ""


def _whole_department(
    returns: Returns, code: str, figure: str, told: Printed, group: str
) -> Finding:
    outside, rows = (
        returns.of_outside(figure, code),
        returns.in_rows(figure, code, WHOLE_DEPARTMENT),
    )
    lacking = returns.lacking(figure, code)
    found = _compared(
        f"{REGISTRY[figure, ''].term}:填报 − 系统外事项 = 系统内办件",
        f"{told.shown} − {outside.shown}",
        told.value - outside.value,
        rows,
        group,
    )
    if lacking and found.verdict is Verdict.RESIDUAL:
        note = f"{lacking} 项系统外事项未逐项填报,差额不能归于填报差错"
        return replace(found, verdict=Verdict.GAP, note=note)
    return found


def _one_item(returns: Returns, row: Mapping[Hashable, Any], told: Printed, group: str) -> Finding:
    code, item, figure = (str(row[name]) for name in KEY)
    rows = returns.in_rows(figure, code, item)
    check = f"{REGISTRY[figure, ''].term}({item}):填报 = 系统内办件"
    return _compared(check, told.shown, told.value, rows, group)


def _compared(check: str, said: str, value: Fraction, rows: int | None, group: str) -> Finding:
    if rows is None:
        note = "办件数据不足"
        return Finding(check, Verdict.NOT_APPLICABLE, note=note, sort=Sort.RETURN, group=group)
    residual = value - rows
    return Finding(
        check,
        Verdict.HOLDS if residual == 0 else Verdict.RESIDUAL,
        f"{said} − {rows:,} = {digits(residual)}",
        residual=residual,
        sort=Sort.RETURN,
        group=group,
    )


def _sums(returns: Returns, figure: str, printed: Printed) -> Iterator[Finding]:
    term, used = REGISTRY[figure, ""].term, returns.totals[~returns.twice[returns.totals.index]]
    rows = used[(used["figure"] == figure) & used["value"].notna()].to_dict("records")
    total = exact(sum((count(row).value for row in rows), Fraction(0)))
    outside = returns.of_outside(figure)
    missing = f"{len(returns.silent)} 个部门未报送" if returns.silent else ""
    for said, value, arithmetic in (
        ("计入系统外事项", total.value, total.shown),
        ("不计系统外事项", total.value - outside.value, f"{total.shown} − {outside.shown}"),
    ):
        residual = value - printed.value
        possible = any(value in printed.interval(mode, coarse=True) for mode in Mode)
        agrees = Verdict.HOLDS if residual == 0 else Verdict.ROUNDING
        yield Finding(
            f"各部门{term}合计 = 公开数({said})",
            agrees if possible else Verdict.RESIDUAL,
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
