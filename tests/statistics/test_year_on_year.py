"""Year on year: two hand-made years side by side, and claims of improvement as directions."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from analysis.errors import XukeError
from analysis.statistics.facts import Facts
from analysis.statistics.year_on_year import Direction, directions, year_on_year
from tests.tables.build import case, closed, item, year

# 2021: two commitment cases of 4 and 2 days; 2022: three of 1, 1 and 2 days, one of them online.
BEFORE = Facts.of(
    year(
        [
            closed("2021-03-01", "2021-03-01", "2021-03-05"),
            closed("2021-03-01", "2021-03-01", "2021-03-03"),
        ],
        [item(promised_limit=5.0)],
        number=2021,
    )
)
NOW = Facts.of(
    year(
        [
            closed("2022-03-01", "2022-03-01", "2022-03-02", apply_channel="pc"),
            closed("2022-03-01", "2022-03-01", "2022-03-02"),
            closed("2022-03-01", "2022-03-01", "2022-03-03"),
        ],
        [item(promised_limit=5.0)],
    )
)


def test_counts_change_relatively_and_rates_by_points() -> None:
    rows = year_on_year(NOW, BEFORE).set_index(["id", "variant"])
    accepted = rows.loc[("accepted", "")]
    assert (accepted["before"], accepted["now"], accepted["difference"]) == (2, 3, 1)
    assert accepted["change"] == Fraction(1, 2)
    days = rows.loc[("mean_days", "commitment")]
    assert (days["before"], days["now"]) == (3, Fraction(4, 3))
    assert days["change"] is None
    online = rows.loc[("online_accept_share", "")]
    assert online["difference"] == Fraction(100, 3)


def test_nothing_last_year_has_no_relative_change() -> None:
    rows = year_on_year(NOW, Facts.of(year([case("2020-12-31")], number=2021))).set_index("id")
    assert rows.loc["accepted", "change"] is None
    assert rows.loc["accepted", "difference"] == 3


def test_claims_are_directions_only() -> None:
    found = directions(NOW, BEFORE).set_index("term")["direction"]
    assert found["承诺件实际平均办结时间"] is Direction.BETTER  # 3 days, then 4/3
    assert found["承诺办结时限平均"] is Direction.SAME
    assert found["网上受理量占比"] is Direction.BETTER
    assert (
        directions(BEFORE, NOW).set_index("term")["direction"]["网上受理量占比"] is Direction.WORSE
    )


def test_without_data_no_direction_is_claimed() -> None:
    empty = Facts.of(year([], [], number=2021))
    found = directions(NOW, empty).set_index("term")["direction"]
    assert found["承诺件实际平均办结时间"] is Direction.UNKNOWN


def test_half_a_year_is_not_held_against_a_whole_one() -> None:
    half = Facts.of(
        year([closed("2022-03-01", "2022-03-01", "2022-03-02")], cutoff=date(2022, 6, 30))
    )
    for compare in (year_on_year, directions):
        with pytest.raises(XukeError, match="两年起止不同"):
            compare(half, BEFORE)
    same = Facts(replace(BEFORE.year, cutoff=date(2021, 6, 30)), BEFORE.tally, BEFORE.items)
    assert not year_on_year(half, same).empty
