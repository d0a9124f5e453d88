"""Departments (部门) as users name them: by code, or by name."""

from collections.abc import Iterable, Mapping

from analysis.errors import XukeError
from analysis.statistics.facts import Facts, department_names
from analysis.tables.names import nearest
from analysis.tables.year import Year


def departments_of(years: Iterable[Year]) -> dict[str, str]:
    """Return the departments that the catalogues and cases of some years know: names by code."""
    named: dict[str, str] = {}
    unnamed: set[str] = set()
    for year in years:
        named |= {str(code): str(name) for code, name in department_names(year.items).items()}
        if year.has("cases", "dept_code"):
            codes = year.tables["cases"].select("dept_code").distinct().to_pandas()["dept_code"]
            unnamed |= set(map(str, codes.dropna()))
    return named | {code: code for code in sorted(unnamed - set(named))}


def code_of(department: str, known: Mapping[str, str]) -> str:
    """Return the code of a department given by code or name.

    Args:
        department: its code or name.
        known: names by code.

    Raises:
        XukeError: there is none; names the nearest.
    """
    codes = {name: code for code, name in known.items()}
    if department in known:
        return department
    if department in codes:
        return codes[department]
    raise XukeError(f"没有名为“{department}”的部门:{nearest(department, codes)}")


def department_code(facts: Facts, department: str) -> str:
    """Return the code of a department given by code or name.

    Raises:
        XukeError: the catalogue and the cases know no such department.
    """
    names = department_names(facts.year.items)
    known = {str(code): str(name) for code, name in names.items()}
    unnamed = {str(code) for code in facts.tally["dept_code"].unique()} - set(known)
    return code_of(department, known | {code: code for code in sorted(unnamed)})
