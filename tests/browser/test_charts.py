"""Charts as a browser draws them: what makes their SVG small changes nothing that is seen."""

import io
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from analysis.report import charts
from analysis.report.problems.event_chart import event_study
from analysis.report.problems.ratio_chart import ratio_funnel
from analysis.report.problems.survival_chart import survival_curves
from analysis.report.svg import inline_svg
from tests.report.sample import days, monthly

WIDTH = 1152  # two dots a point of the charts
BARELY = 0.25  # of full contrast: at edges, since coordinates are rounded to a hundredth of a point


def bars() -> Axes:
    return charts.ranked_bars(pd.Series({"甲局": 3, "乙局": 5, "丙局": 4}), highlight=["丙局"])


def lines() -> Axes:
    return charts.months(monthly(), value="n", form=str)


def distribution() -> Axes:
    return charts.days_distribution(days(), last=30, limit=20)


def parts() -> Axes:
    return charts.shares(pd.DataFrame({"网上": [90, 80], "窗口": [10, 20]}, index=["去年", "今年"]))


def events() -> Axes:
    return event_study(
        pd.DataFrame({0: range(-3, 4), 1: range(7), 2: range(-2, 5), 3: range(2, 9)})
    )


def funnel() -> Axes:
    columns = ["部门", "按事项结构应有", "标准化比", "区间下限", "区间上限", "与其他部门相比"]
    rows = [("甲局", 5.0, 0.8, 0.2, 9.0, "未超出偶然"), ("乙局", 900.0, 1.9, 1.8, 2.0, "高于")]
    return ratio_funnel(pd.DataFrame(rows, columns=columns))


def survival() -> Axes:
    return survival_curves(pd.DataFrame([[d, 90 - d, 88 - d, 92 - d, 85 - d] for d in range(9)]))


@pytest.mark.parametrize("draw", [bars, lines, distribution, parts, events, funnel, survival])
def test_a_chart_looks_as_matplotlib_drew_it(browser: Any, draw: Any) -> None:
    figure = draw().get_figure()
    whole = io.StringIO()
    figure.savefig(whole, format="svg")
    ours = inline_svg(figure, "fig", "图")
    plt.close(figure)
    theirs = whole.getvalue()[whole.getvalue().index("<svg") :]
    assert len(ours) < len(theirs) / 2
    seen, meant = (_seen(browser, svg) for svg in (ours, theirs))
    assert seen.shape == meant.shape
    assert np.ptp(meant) > 0.5  # there is something to see
    assert np.abs(seen - meant).max() <= BARELY


def _seen(browser: Any, svg: str) -> np.ndarray:
    page = browser.new_page(viewport={"width": WIDTH, "height": 600})
    page.set_content(f"<style>body{{margin:0}}svg{{width:100%;height:auto}}</style>{svg}")
    picture = plt.imread(io.BytesIO(page.screenshot()), format="png")
    page.close()
    return picture
