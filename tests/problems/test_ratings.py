"""Ratings, counted by hand."""

import pandas as pd
import pytest

from analysis.problems.finding import Verdict
from analysis.problems.ratings.batches import OPEN_SECONDS, by_chance
from tests.problems.asked import answer, ask, counts, number, year_of
from tests.statistics.supervised import supervised_year
from tests.tables.build import closed, evaluation

CASES = [closed("2022-03-01", "2022-03-01", "2022-03-02")]


def _rated(*rows):
    return year_of(CASES, evaluations=pd.DataFrame(rows))


def test_default_ratings():
    """Two of the eight ratings with a level are the system's."""
    assert number(supervised_year(), "default_ratings") == 25


def test_satisfaction_by_four_definitions():
    """4/8, 3/8, and of the six active ones 2/6 twice."""
    found = answer(supervised_year(), "satisfaction_spread")
    assert found.number == pytest.approx(50 - 100 / 3)
    assert list(found.evidence["满意率(%)"]) == [50, 37.5, 33.33, 33.33]


def test_ratings_of_one_case():
    """c1 is rated three times, once in the year before; c2 to c6 and c9 once."""
    assert number(supervised_year(), "ratings_per_case") == pytest.approx(9 / 7)


def test_five_of_one_department_in_one_second_are_a_batch():
    second = "2022-05-05 10:00:00"
    year = _rated(
        *[evaluation(second) for _ in range(5)],
        *[evaluation(second, dept_code="D2") for _ in range(4)],
        *[evaluation("2022-05-05 10:00:01") for _ in range(3)],
        *[evaluation(second, is_default=True, channel="7") for _ in range(7)],
        *[evaluation("2021-05-05 10:00:00") for _ in range(5)],
    )
    assert number(year, "batched_ratings") == pytest.approx(100 * 5 / 12)
    assert counts(year, "batched_ratings")["批数"] == 1


def test_chance_makes_hardly_any_batch():
    """With 0.001 a second: P(N=5) * 5 seconds' worth, the larger ones being negligible."""
    n = OPEN_SECONDS / 1000
    assert by_chance(pd.Series([n])) == pytest.approx(OPEN_SECONDS * 0.001**5 / 24, rel=0.01)


def test_tags_are_split_and_told_by_their_words():
    year = _rated(
        evaluation("2022-05-05", "5", tags="无理由超过法定办理时间^服务态度不好"),
        evaluation("2022-05-05", "4", tags="未一次性告知"),
        evaluation("2022-05-05", "4", tags="要求重复提交材料^未一次性告知"),
        evaluation("2022-05-05", "4", tags="服务态度不好"),
        evaluation("2022-05-05", "4", tags=None),
        evaluation("2022-05-05", "1", tags="超时"),
    )
    assert number(year, "bad_tags_late") == 25
    assert number(year, "bad_tags_again") == 50
    assert dict(answer(year, "bad_tags_late").evidence.to_numpy().tolist()) == {
        "未一次性告知": 2,
        "服务态度不好": 2,
        "无理由超过法定办理时间": 1,
        "要求重复提交材料": 1,
    }


def test_without_bad_ratings_there_is_no_share():
    assert (
        ask(_rated(evaluation("2022-05-05", tags=None)), "bad_tags_late").verdict
        is Verdict.INSUFFICIENT
    )
