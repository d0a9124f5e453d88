"""Sentences of the statistics page: what changes is said in words, of one department no number of them."""

import pandas as pd

from analysis.report import wording
from analysis.report.beside import claimed
from analysis.statistics.facts import Facts
from analysis.statistics.figures import figures
from tests.statistics.supervised import supervised_year


def book(**values: str) -> wording.Book:
    """Return the figures of the supervised year, some with other values."""
    found = figures(Facts.of(supervised_year()))
    for figure, value in values.items():
        found.loc[found["id"] == figure, "value"] = value
    return wording.Book(found)


def test_a_mean_that_falls_is_said_to_fall() -> None:
    now, before = book(mean_days="4.27"), book(mean_days="5.01")
    assert ",比上年减少 0.74 个工作日。" in wording.implementation(now, before).striptags()
    assert ",比上年增加 0.74 个工作日。" in wording.implementation(before, now).striptags()
    assert ",与上年持平。" in wording.implementation(now, now).striptags()
    assert "个工作日。按承诺时限" in wording.implementation(now, None).striptags()


def test_of_one_department_it_is_not_said_how_many_there_are() -> None:
    counted = dict.fromkeys(("tolerant_departments_before", "tolerant_departments"), "1")
    items = {"tolerant_items_before": "12", "tolerant_items": "13"}
    one = wording.innovation(book(**counted, **items)).striptags()
    assert one.startswith("容缺受理事项由上年末 12 项,变为 13 项;")
    several = wording.innovation(book(**counted | {"tolerant_departments": "19"}, **items))
    assert "变为 19 个部门的 13 项;" in several.striptags()


def test_claims_are_shown_at_their_own_decimals() -> None:
    facts = Facts.of(supervised_year())
    shown: pd.Series = claimed(facts, facts).set_index("指标")["本年"]
    printed = figures(facts).drop_duplicates("id").set_index("term")["value"]
    for term, value in shown.items():
        assert value in ("—", printed[term])
