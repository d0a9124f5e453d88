"""A part of a year: what is looked at is what the rows of that part alone would give."""

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import XukeError
from analysis.explore import look
from analysis.explore.behind import BEHIND
from analysis.explore.chosen import SECTIONS
from analysis.explore.sections import section
from analysis.explore.source import Source
from analysis.statistics.figures import figures
from analysis.statistics.registry import REGISTRY
from analysis.tables.process import CASES
from analysis.tables.schema import Privacy
from analysis.tables.year import Year
from tests.statistics.test_random_years import ITEMS, YEAR, cutoffs, slow, years
from tests.tables.build import PLACE, accepted, closed, item, refused_acceptance, year

COLUMNS = {"department": "dept_code", "item": "item_code", "channel": "apply_channel"}
choices = st.fixed_dictionaries(
    {},
    optional={
        "department": st.sampled_from(["D1", "D2"]),
        "item": st.sampled_from(["A", "B"]),
        "channel": st.sampled_from(["window", "pc"]),
    },
)
few = settings(slow, max_examples=5)
months = st.one_of(st.just(()), st.sets(st.integers(1, 12), min_size=1).map(tuple))


def values(frame: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Return what figures come to, by id and variant."""
    return dict(zip(zip(frame["id"], frame["variant"], strict=True), frame["value"], strict=True))


def assert_members_add_up(shown, told) -> None:
    """Members add up to the whole, and the months lead to the closing stocks."""
    terms = {"申请量": "applications", "受理量": "accepted", "办结量": "completed",
             "不受理量": "not_accepted", "审批同意": "approved", "审批不同意": "disapproved"}  # fmt: skip
    for term, figure in terms.items():
        assert shown.members[term].sum() == int(told[figure, ""])
    assert shown.members["超承诺办结"].sum() == int(told["late_closed", "promised"])
    last = shown.months.iloc[-1]
    for stock in ("pending_at_end", "open_at_end"):
        assert last[stock] == int(told[stock, ""])
        if "期末在办" in shown.members:
            term = {"pending_at_end": "期末待受理", "open_at_end": "期末在办"}[stock]
            assert shown.members[term].sum() == last[stock]


@few
@given(years, cutoffs, choices)
def test_a_part_is_what_its_rows_alone_give(rows, cutoff, chosen) -> None:
    whole = Source.of(year(rows, ITEMS, number=YEAR, cutoff=cutoff))
    kept = [row for row in rows if all(row[COLUMNS[by]] == of for by, of in chosen.items())]
    alone = figures(year(kept, ITEMS, number=YEAR, cutoff=cutoff))
    shown = look(whole, **chosen)
    expected = values(alone)
    found = values(shown.figures)
    assert found == {key: expected[key] for key in found}
    assert set(found) == {key for keys in SECTIONS.values() for key in keys}
    assert_members_add_up(shown, found)


@few
@given(
    years,
    cutoffs,
    choices,
    months,
    st.sets(st.sampled_from(sorted(BEHIND)), min_size=3, max_size=3),
)
def test_behind_a_figure_are_as_many_cases_as_it_says(rows, cutoff, chosen, some, names) -> None:
    """A few figures at a time: each is a query of its own."""
    shown = look(year(rows, ITEMS, number=YEAR, cutoff=cutoff), **chosen, months=some)
    told = values(shown.figures)
    for name in names:
        behind = BEHIND[name]
        if 0 < len(some) < 12 and not behind.month:
            with pytest.raises(XukeError, match="存量"):
                shown.cases(name)
            continue
        figure, _, variant = name.partition("/")
        found = shown.cases(name, limit=None)
        assert len(found) == int(told[figure, variant]), name
        assert found["办件编号"].is_unique


@pytest.fixture(scope="module")
def whole() -> Source:
    """Three departments' cases; one has keys that stand for persons."""
    cases = [
        closed("2022-03-01", "2022-03-02", "2022-03-08", applicant_key="K1", handler_key="H1"),
        closed("2022-03-01", "2022-03-02", "2022-05-03", "refused", apply_channel="pc"),
        accepted("2022-12-20", "2022-12-21", item_code="B", dept_code="D2"),
        refused_acceptance("2022-05-01", "2022-05-05"),
    ]
    return Source.of(year(cases, [item("A"), item("B", dept_code="D2", dept_name="乙局")]))


def test_a_month_is_the_registry_by_month(whole) -> None:
    by_month = figures(whole.facts, by="month")
    for month, expected in by_month.groupby("member"):
        found = look(whole, months=(int(month),)).figures
        no_month = found["reason"].eq("不能按月份分")
        there, known = values(found[~no_month]), values(expected)
        assert there == {key: known[key] for key in there}
        assert {"open_at_end", "late_open"} <= set(found.loc[no_month, "id"])


def test_worked_out_by_hand(whole) -> None:
    shown = look(whole, department="甲局", months=(3, 5))
    told = values(shown.figures)
    assert [
        told[name, ""] for name in ("applications", "accepted", "completed", "not_accepted")
    ] == [
        "3",
        "2",
        "2",
        "1",
    ]
    # From 2 March: to 8 March 4 working days; to 3 May, a holiday, so to 29 April: 21 in March, 21 in
    # April with the make-up days 2 and 24 April.
    assert Fraction(told["mean_days", "commitment"]) == Fraction(4 + 42, 2)
    assert shown.title == "测试区 2022 年 · 甲局 · 3、5 月"
    assert shown.members["code"].tolist() == ["A"]


def test_going_down_from_departments_to_items_to_months(whole) -> None:
    assert look(whole).members["名称"].tolist() == ["甲局", "乙局"]
    assert look(whole, department="D1").members["名称"].tolist() == ["事项A"]
    by_month = look(whole, department="D1", item="A").members
    assert by_month.loc[by_month["申请量"].gt(0), "名称"].tolist() == ["3月", "5月"]


def test_months_that_are_not_chosen_are_not_told_as_nothing(whole) -> None:
    shown = look(whole, department="D1", item="A", months=(5, 3)).members
    assert shown["名称"].tolist() == ["3月", "5月"]


def test_late_cases_come_worst_first_without_persons(whole) -> None:
    late = look(whole).cases("late_closed/promised")
    assert late["余量(工作日,负数为超期)"].tolist() == [5 - 42]
    persons = {c.term for c in CASES.columns if c.privacy is Privacy.PSEUDONYM}
    for name in ("applications", "open_at_end"):
        shown = look(whole).cases(name)
        assert not persons & set(shown.columns)
        assert not {"K1", "H1"} & set(shown.astype("str").to_numpy().ravel())


def test_there_are_no_more_cases_than_asked_for(whole) -> None:
    assert len(look(whole).cases("applications", limit=2)) == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"department": "甲"}, "甲局"),
        ({"item": "Z"}, "Z"),
        ({"channel": "pcs"}, "pc"),
        ({"months": (0,)}, "1—12"),
    ],
)
def test_a_wrong_choice_is_told(whole, wrong, said) -> None:
    with pytest.raises(XukeError, match=said):
        look(whole, **wrong)


def test_a_figure_without_cases_is_told(whole) -> None:
    with pytest.raises(XukeError, match="accepted"):
        look(whole).cases("acepted")


def test_without_the_columns_the_cases_are_not_found() -> None:
    bare = year(
        [closed("2022-03-01", "2022-03-02", "2022-03-08")], absent={"cases.promised_days": "没有"}
    )
    with pytest.raises(XukeError, match="时限"):
        look(bare).cases("late_closed/promised")


def test_every_figure_that_is_shown_is_registered() -> None:
    assert {key for keys in SECTIONS.values() for key in keys} <= set(REGISTRY)


def test_what_the_data_cannot_tell_is_left_out_and_said(whole) -> None:
    """No time of refused acceptance, no extensions, no code for refusals: no zeros in their place."""
    lost = ("cases.not_accepted_at", "cases.extended_days", "cases.outcome=refused")
    cases = whole.year.tables["cases"].drop("not_accepted_at", "extended_days").to_pandas()
    tables = {"cases": cases, "items": whole.year.items}
    less = Year.from_frames(PLACE, whole.year.year, tables, absent=dict.fromkeys(lost, "没有"))
    shown, full = look(less), look(whole)
    gone = {"不受理量", "期末待受理", "超承诺办结", "审批不同意"}
    assert set(full.members) - set(shown.members) == gone
    assert {"not_accepted", "pending_at_end"} <= set(full.months) - set(shown.months)
    assert shown.members["受理量"].tolist() == full.members["受理量"].tolist()
    assert "缺少办件表的“不受理时间”列(没有)" in str(section(shown, "不予受理和许可"))
    assert shown._repr_html_()
