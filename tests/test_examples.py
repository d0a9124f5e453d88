"""The examples in docstrings run as they stand, with ``year`` a small year that is open."""

import doctest
from importlib import import_module

import pytest

from tests.tables.build import closed, year

MODULES = (
    "analysis.explore.look",
    "analysis.explore.sortable",
    "analysis.problems.findings",
    "analysis.report.charts",
    "analysis.report.figure",
    "analysis.report.tabular",
    "analysis.statistics.figures",
    "analysis.tables.year",
)


@pytest.fixture(scope="module")
def sample():
    """Two applications in March and one in April, all accepted and closed, at 甲局."""
    days = [("2022-03-01", "2022-03-02", "2022-03-08"), ("2022-04-06", "2022-04-07", "2022-04-08")]
    return year([closed(*days[0]), closed(*days[0]), closed(*days[1])])


@pytest.mark.parametrize("name", MODULES)
def test_examples_run_as_they_stand(name: str, sample) -> None:
    found = doctest.testmod(import_module(name), extraglobs={"year": sample})
    assert found.attempted
    assert found.failed == 0


def test_what_is_offered_at_the_prompt() -> None:
    import analysis

    assert {"Year", "figures", "findings"} <= set(dir(analysis))
    assert all(callable(getattr(analysis, name)) for name in dir(analysis))


def test_a_year_shows_itself_and_its_label(sample) -> None:
    shown = sample._repr_html_()
    assert "测试区 2022 年" in shown
    assert "<td>3</td>" in shown
    from dataclasses import replace

    from analysis.tables.place import Place

    labelled = replace(sample, place=Place("t", "<b>", label="演示数据 & 假的"))
    assert "&lt;b&gt;" in labelled._repr_html_()
    assert "演示数据 &amp; 假的" in labelled._repr_html_()
