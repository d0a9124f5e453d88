import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis.errors import XukeError
from analysis.report import charts, palette
from tests.report.sample import days, monthly


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


def words(ax) -> set[str]:
    return {text.get_text() for text in ax.texts}


def test_months_shows_the_last_year_dark_and_labels_its_extremes():
    ax = charts.months(monthly(), value="n", form=str)
    assert [line.get_color() for line in ax.lines[:2]] == [palette.COMPARED, palette.SUBJECT]
    assert words(ax) == {"2021", "2022", "18.2", "8.9"}
    assert ax.get_legend() is None


def test_years_before_are_told_apart_without_colour():
    years = pd.concat([monthly(), monthly().assign(year=lambda f: f["year"] - 2)])
    lines = charts.months(years, value="n", form=str).lines[:4]
    assert (
        len({str(line._dash_pattern) for line in lines if line.get_color() == palette.COMPARED})
        == 3
    )
    assert lines[-1].get_linestyle() == lines[-2].get_linestyle() == "-"


def test_months_takes_a_single_unfinished_year():
    ax = charts.months(monthly().query("year == 2022 and month < 6"), value="n", form=str)
    assert words(ax) == {"2022", "16.4", "8.9"}


def test_ranked_bars_puts_the_longest_on_top_and_warns_by_colour():
    ax = charts.ranked_bars(pd.Series({"教育": 1, "公安": 3, "民政": 2}), highlight=["民政"])
    assert [label.get_text() for label in ax.get_yticklabels()] == ["公安", "民政", "教育"]
    assert ax.yaxis_inverted()
    assert [text.get_text() for text in ax.texts] == ["3", "2", "1"]


def test_shares_fill_the_whole_and_name_every_part():
    ax = charts.shares(pd.DataFrame({"网上": [90], "窗口": [9], "邮寄": [1]}, index=["2022 年"]))
    assert sum(bar.get_width() for bar in ax.patches) == pytest.approx(1)
    assert words(ax) == {"网上", "窗口", "邮寄", "90.0%", "9.0%"}
    assert all(text.get_position()[0] < 1 for text in ax.texts)


def test_more_parts_than_colours_are_refused():
    with pytest.raises(XukeError, match="合并小项"):
        charts.shares(pd.DataFrame([range(1, 7)]))


def test_days_beyond_the_last_share_a_bar_and_none_is_lost():
    ax = charts.days_distribution(days(), last=30, limit=20)
    assert sum(bar.get_height() for bar in ax.patches) == days().sum()
    assert words(ax) == {"中位数 4 天", "时限 20 天"}
    assert ax.get_xticklabels()[-1].get_text() == ">30"


@pytest.mark.parametrize(
    ("counts", "median"), [({1: 1, 2: 1}, "1.5"), ({3: 5}, "3"), ({9: 1, 0: 2}, "0")]
)
def test_the_median_is_exact(counts, median):
    ax = charts.days_distribution(pd.Series(counts), last=10)
    assert words(ax) == {f"中位数 {median} 天"}
