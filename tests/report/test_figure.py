import logging
import re

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.errors import XukeError
from analysis.report import charts
from analysis.report.numbers import number
from analysis.report.show import show
from tests.report.sample import monthly


def chart():
    return charts.months(monthly(), value="n", form=lambda n: number(n, 1))


def ranked():
    return charts.ranked_bars(pd.Series({"甲局": 3, "乙局": 5}))


def test_a_figure_says_what_it_shows_to_everyone():
    made = show(chart(), caption="2 月<最低>", note="各月受理量", unit="万件", alt='折线"图"')
    soup = BeautifulSoup(made, "html.parser")
    assert soup.figcaption.get_text("|") == "2 月<最低>|各月受理量 · 单位:万件"
    assert soup.svg["role"] == "img"
    assert soup.svg["aria-label"] == '折线"图"'
    assert {"1月", "12月", "2022", "2021", "18.2", "8.9"} <= {
        text.text for text in soup.select("text")
    }


def test_a_figure_carries_nothing_of_its_maker():
    open_before = plt.get_fignums()  # a test of charts may have left some
    made = show(chart(), caption="图", alt="图")
    assert not re.search(r"metadata|matplotlib|https?:|<style|DejaVu", made, re.IGNORECASE)
    assert plt.get_fignums() == open_before


def test_the_same_chart_is_the_same_bytes():
    assert show(chart(), caption="图", alt="图") == show(chart(), caption="图", alt="图")


def test_ids_of_differently_captioned_figures_do_not_meet():
    ids = [set(re.findall(r' id="([^"]+)"', show(chart(), caption=c, alt="图"))) for c in "甲乙"]
    assert len(ids[0]) > 1
    assert not ids[0] & ids[1]


@pytest.mark.parametrize("lacking", ["caption", "alt"])
def test_a_figure_without_words_is_refused(lacking):
    words = {"caption": "图", "alt": "图"} | {lacking: " "}
    with pytest.raises(XukeError, match=lacking):
        show(chart(), **words)


def test_matplotlib_finds_the_font_without_a_word(caplog):
    with caplog.at_level(logging.WARNING, logger="matplotlib"):
        show(chart(), caption="受理量", alt="图")
    assert not caplog.records


def test_a_chart_holds_nothing_that_draws_nothing():
    svg = BeautifulSoup(show(chart(), caption="图", alt="图"), "html.parser").svg
    assert svg
    assert not svg.find_all(lambda tag: tag.name in ("g", "defs") and not tag.contents)
    assert not svg.find_all(lambda tag: tag.name == "g" and not tag.attrs)
    bars = BeautifulSoup(show(ranked(), caption="图", alt="图"), "html.parser").svg
    assert bars
    assert len(bars.select("path")) == 2  # neither a grid nor error bars
    assert not bars.select("defs")
    assert not [path["d"] for path in svg.select("path") if "  " in path["d"]]
