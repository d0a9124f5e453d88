"""What is declared of released numbers: each counts one thing, and each thing is counted once."""

import pandas as pd

from analysis.report.disclosure import Table, protect
from analysis.report.released.declared import COUNTS, OF_CASES, RESULTS, SHARES, SUMMARIES
from analysis.report.released.figures import is_free
from analysis.report.released.labels import named
from analysis.statistics.figure import Kind
from analysis.statistics.registry import REGISTRY


def test_released_figures_are_registered_and_of_the_kind_that_they_are_taken_for():
    for key in COUNTS:
        assert REGISTRY[key].kind is Kind.COUNT, key
    for key in SHARES:
        assert REGISTRY[key].kind is Kind.SHARE, key
    for key in (*SUMMARIES, OF_CASES):
        assert REGISTRY[key].kind in (Kind.MEAN, Kind.MEDIAN), key
    lists = [*COUNTS, *SHARES, *SUMMARIES, *RESULTS]
    assert len(lists) == len(set(lists))
    assert not [key for key in lists if is_free(REGISTRY[key])]


def test_numbers_that_count_different_things_have_different_columns():
    where = [*COUNTS.values(), *(each for pair in SHARES.values() for each in pair)]
    different = {frozenset(each.items()) for each in where}
    assert len({named(dict(each)) for each in different}) == len(different)


def test_figures_of_cases_or_persons_are_never_free():
    for key, figure in REGISTRY.items():
        if any(
            need.startswith(("cases.", "inspections.", "evaluations.", "staff."))
            for need in figure.needs
        ):
            assert not is_free(figure), key


def test_a_year_opens_with_what_the_year_before_closed_with():
    """甲局's closing stock is hidden in 2021; the opening stock of 2022 is the same number."""
    closing = pd.DataFrame({"期末在办": [2, 30, 40, 72]}, index=["甲局", "乙局", "丙局", "合计"])
    opening = closing.set_axis(["年初在办"], axis=1)
    made = protect(
        [
            Table("去年", closing.rename_axis("部门"), fixed={"年度": "2021"}),
            Table("今年", opening.rename_axis("部门"), fixed={"年度": "2022"}),
        ],
        audience="public",
    )
    hidden = [list((made.tables[name] == "*").iloc[:, 0]) for name in ("去年", "今年")]
    assert hidden[0] == hidden[1]
    assert hidden[0][0]
    assert sum(hidden[0]) > 1
