import pandas as pd
import pytest

from analysis.errors import XukeError
from analysis.report.disclosure import (
    MUST_PUBLISH,
    SENSITIVE,
    Computed,
    Exemption,
    Share,
    Sum,
    Summary,
    Table,
    protect,
)
from analysis.report.disclosure.rules import ACCOUNTING, threshold
from analysis.statistics.breakdowns import cases_by_department
from analysis.statistics.facts import Facts
from tests.tables.build import case, item, year


def frame(columns, index, *, total=True):
    made = pd.DataFrame(columns, index=pd.Index(index, name="部门"))
    if total:
        made.loc["合计"] = made.sum()
    return made


def public(*tables, **options):
    return protect(tables, audience="public", **options)


def shown(made, table="表"):
    """The columns of a table as lists."""
    return {column: list(values) for column, values in made.tables[table].items()}


# What is hidden first -------------------------------------------------------------------------


def test_one_to_four_are_hidden_and_zero_and_five_are_not():
    """Six numbers without a total: nothing else need go."""
    table = Table("表", frame({"申请量": [0, 1, 4, 5, 2, 3]}, list("甲乙丙丁戊己"), total=False))
    assert shown(public(table)) == {"申请量": [0, "*", "*", 5, "*", "*"]}


@pytest.mark.parametrize("dimension", ["申请人类型", "镇街", "评价标签"])
def test_sensitive_tables_hide_up_to_nine(dimension):
    values = frame({"申请量": [0, 9, 10]}, list("甲乙丙"), total=False)
    assert shown(public(Table("表", values, rows=dimension))) == {"申请量": [0, "*", 10]}
    assert shown(public(Table("表", values, fixed={dimension: "一类"}))) == {"申请量": [0, "*", 10]}
    assert shown(public(Table("表", values))) == {"申请量": [0, 9, 10]}


def test_a_table_about_something_sensitive_hides_up_to_nine():
    values = frame({"申请量": [0, 9, 10]}, list("甲乙丙"), total=False)
    assert shown(public(Table("表", values, about=("婚育",)))) == {"申请量": [0, "*", 10]}
    with pytest.raises(XukeError, match="没有登记"):
        public(Table("表", values, about=("天气",)))


def test_totals_of_a_sensitive_table_are_no_more_sensitive_than_elsewhere():
    """9 applications of a department are shown beside 20; only by type of applicant they are not."""
    of_type = frozenset({("申请人类型", "个人"), ("部门", "甲")})
    assert [threshold(of_type), threshold(frozenset({("部门", "甲")}))] == [10, 5]
    assert {"户政", "婚育", "医疗", "未成年人"} <= set(SENSITIVE)


# What goes with it ----------------------------------------------------------------------------


def test_the_smallest_other_number_goes_with_the_only_small_one():
    """甲 and the total give 3 away if only one is hidden; 6 costs least of what is large enough."""
    table = Table("表", frame({"申请量": [3, 40, 6, 50]}, list("甲乙丙丁")))
    assert shown(public(table)) == {"申请量": ["*", 40, "*", 50, 99]}


def test_two_small_numbers_protect_each_other_only_if_their_sum_is_not_small():
    """1 + 2 = 3 would be known to lie in 0 to 3: one more must go. 4 + 4 = 8 is enough."""
    few = Table("表", frame({"申请量": [1, 2, 6, 50]}, list("甲乙丙丁")))
    assert shown(public(few)) == {"申请量": ["*", "*", "*", 50, 59]}
    enough = Table("表", frame({"申请量": [4, 4, 6, 50]}, list("甲乙丙丁")))
    assert shown(public(enough)) == {"申请量": ["*", "*", 6, 50, 64]}


def test_one_small_number_in_a_table_with_margins_takes_a_rectangle():
    """The cheapest rectangle around 2: rows 甲 and 丙, columns 窗口 and 网上."""
    values = frame({"窗口": [2, 60, 7], "网上": [8, 70, 9], "邮寄": [90, 80, 99]}, list("甲乙丙"))
    values["合计"] = values.sum(axis=1)
    made = shown(public(Table("表", values, columns="渠道", fixed={"指标": "申请量"})))
    assert made == {
        "窗口": ["*", 60, "*", 69],
        "网上": ["*", 70, "*", 87],
        "邮寄": [90, 80, 99, 269],
        "合计": [100, 210, 115, 425],
    }


def test_beside_zeros_the_total_goes():
    """3 is all there is, so the total is 3 as well; zeros stay."""
    table = Table("表", frame({"申请量": [3, 0, 0]}, list("甲乙丙")))
    assert shown(public(table)) == {"申请量": ["*", 0, 0, "*"]}


def test_where_the_total_must_be_published_a_zero_goes_and_the_log_says_how_little_it_helps():
    values = frame({"窗口": [3], "网上": [0]}, ["甲"], total=False)
    values["合计"] = values.sum(axis=1)
    made = public(Table("表", values, columns="渠道", fixed={"指标": "受理量"}))
    assert shown(made) == {"窗口": ["*"], "网上": ["*"], "合计": [3]}
    reasons = made.log.set_index("列")["理由"]
    assert "宽 3,不足 5" in reasons["窗口"]


def test_where_nothing_helps_it_is_refused():
    values = frame({"窗口": [3]}, ["甲"], total=False)
    values["合计"] = values.sum(axis=1)
    with pytest.raises(XukeError, match="表中甲的“窗口”可由例外公开的数推算出来,无法抑制"):
        public(Table("表", values, columns="渠道", fixed={"指标": "受理量"}))


# Rates and other values -----------------------------------------------------------------------


def test_a_share_needs_a_numerator_and_a_rest_that_may_be_shown():
    """Parts of 100: 3, 97, 0, 100 and 50. The rest of 97 is 3, so 97 goes, not only its share."""
    values = frame(
        {"申请量": [100] * 5, "网上": [3, 97, 0, 100, 50]}, list("甲乙丙丁戊"), total=False
    )
    values["网上率"] = values["网上"] / values["申请量"]
    made = public(Table("表", values, derived=[Share("网上率", "网上", "申请量")]))
    assert shown(made)["网上率"] == ["*", "*", 0.0, 1.0, 0.5]
    # What cannot be hidden beside 97 is hidden instead of it.
    assert all("*" in pair for pair in list(zip(*shown(made).values(), strict=True))[:2])
    assert list(made.tables["表"].loc["戊"]) == [100, 50, 0.5]


def test_a_share_is_hidden_even_where_its_counts_must_be_published():
    """1 of 20 refused: both are published by law, the rate is not needed."""
    values = frame({"办结量": [20], "审批不同意": [1]}, ["甲"], total=False)
    values["不同意率"] = values["审批不同意"] / values["办结量"]
    made = public(Table("表", values, derived=[Share("不同意率", "审批不同意", "办结量")]))
    assert list(made.tables["表"].loc["甲"]) == [20, 1, "*"]
    assert dict(zip(made.log["列"], made.log["处理"], strict=True)) == {
        "审批不同意": "例外公开",
        "不同意率": "派生数抑制",
    }


def test_the_rest_of_what_must_be_published_is_logged():
    """19 of 20 approved leaves 1, which no suppression can hide."""
    values = frame({"办结量": [20], "审批同意": [19]}, ["甲"], total=False)
    made = public(Table("表", values, parts={"审批同意": "办结量"}))
    assert list(made.tables["表"].loc["甲"]) == [20, 19]
    assert made.log.to_numpy().tolist() == [
        [
            "表",
            "甲",
            "办结量中审批同意以外的",
            "可由例外推算",
            "未印出,但可由例外公开的数推算出来",
            "",
        ]
    ]


def test_a_mean_of_few_is_hidden():
    values = frame({"承诺件": [4, 5]}, list("甲乙"), total=False).assign(平均=[2.5, 3.0])
    made = public(Table("表", values, derived=[Summary("平均", "承诺件")]))
    assert shown(made) == {"承诺件": ["*", 5], "平均": ["*", 3.0]}


def test_a_change_from_a_hidden_number_is_hidden():
    values = frame({"今年": [50, 9], "上年": [4, 8]}, list("甲乙"), total=False)
    values["增减"] = values["今年"] - values["上年"]
    made = public(Table("表", values, derived=[Computed("增减", ("今年", "上年"))]))
    assert shown(made) == {"今年": [50, 9], "上年": ["*", 8], "增减": ["*", 1]}


def test_counts_that_only_serve_a_rate_are_never_in_the_output():
    values = frame({"申请量": [100], "网上": [50]}, ["甲"], total=False)
    values["网上率"] = values["网上"] / values["申请量"]
    table = Table("表", values, derived=[Share("网上率", "网上", "申请量")], unprinted=["网上"])
    for audience in ("internal", "public"):
        made = protect([table], audience=audience)
        assert list(made.tables["表"]) == list(made.exports["表"]) == ["申请量", "网上率"]


# Several tables -------------------------------------------------------------------------------


def test_a_number_hidden_in_one_table_is_hidden_in_all():
    """甲's 6 go with 3 in the first table, and so in the second, where they have a short name."""
    first = Table("一", frame({"申请量": [6, 3, 50]}, list("甲乙丙")))
    second = Table(
        "二",
        frame({"申请": [6]}, ["甲"], total=False),
        meant={"申请": {"指标": "申请量"}},
    )
    made = public(first, second)
    assert shown(made, "一") == {"申请量": ["*", "*", 50, 59]}
    assert shown(made, "二") == {"申请": ["*"]}


def test_identities_between_figures_hold_across_tables():
    """全部 = 窗口 + 网上, each in its own table: 3 would be 10 − 7."""
    tables = [
        Table(name, frame({name: values}, list("甲乙"), total=False))
        for name, values in {"窗口": [3, 60], "网上": [7, 40], "全部": [10, 100]}.items()
    ]
    made = public(*tables, sums=[Sum("全部", ("窗口", "网上"))])
    assert [shown(made, name)[name] for name in ("窗口", "网上", "全部")] == [
        ["*", 60],
        ["*", 40],
        [10, 100],
    ]


def test_the_identities_of_the_accounts_are_those_of_the_flows():
    """期末待受理 = 年初待受理 + 申请 − 受理 − 不受理 − 受理前终结, and so on (domain.md 1.3)."""
    written = {each.total: (set(each.plus), set(each.minus)) for each in ACCOUNTING}
    assert written == {
        "办结量": ({"审批同意", "审批不同意", "其他办结"}, set()),
        "期末待受理": ({"年初待受理", "申请量"}, {"受理量", "不受理量", "受理前终结"}),
        "期末在办": ({"年初在办", "受理量"}, {"办结量", "删除"}),
    }


# Exemptions and the log -----------------------------------------------------------------------


def test_the_law_publishes_four_figures_of_district_and_departments_only():
    (law,) = MUST_PUBLISH

    def covered(**coordinates):
        return law.covers(frozenset(coordinates.items()))

    for term in ("受理量", "办结量", "审批同意", "审批不同意"):
        assert covered(指标=term)
        assert covered(指标=term, 部门="甲", 年度="2022")
        assert not covered(指标=term, 部门="甲", 月份="1月")
    assert not covered(指标="申请量")
    assert not covered(部门="甲")


def test_an_exemption_shows_and_says_who_decided():
    table = Table("表", frame({"申请量": [1, 2]}, list("甲乙"), total=False))
    decided = Exemption({"指标": ("申请量",), "部门": ("甲",)}, "本部门同意", "某局办公会")
    made = public(table, exemptions=[decided])
    assert shown(made) == {"申请量": [1, "*"]}
    assert made.log.to_numpy().tolist() == [
        ["表", "甲", "申请量", "例外公开", "本部门同意", "某局办公会"],
        ["表", "乙", "申请量", "主要抑制", "1 至 4", ""],
    ]


def test_nobody_stands_for_an_exemption_without_a_name():
    with pytest.raises(XukeError, match="决定人"):
        Exemption({"指标": ()}, "需要", " ")


def test_the_log_tells_what_was_hidden_first_and_the_page_does_not():
    made = public(Table("表", frame({"申请量": [3, 40, 6, 50]}, list("甲乙丙丁"))))
    assert made.log[["行", "处理"]].to_numpy().tolist() == [["甲", "主要抑制"], ["丙", "次要抑制"]]
    exported = made.exports["表"]
    assert exported["申请量"].isna().tolist() == [True, False, True, False, False]
    assert exported["申请量"].dtype == "Int64"
    assert list(exported["状态"]) == ["已抑制:申请量", "", "已抑制:申请量", "", ""]


# Audiences and mistakes -----------------------------------------------------------------------


def test_inside_nothing_changes():
    values = frame({"申请量": [1, 2]}, list("甲乙"))
    made = protect([Table("表", values)], audience="internal")
    pd.testing.assert_frame_equal(made.tables["表"], values)
    pd.testing.assert_frame_equal(made.exports["表"], values)
    assert made.log.empty


def test_the_department_table_goes_in_as_it_is():
    """3 cases of D1 approved, 2 of them by D2's side: 办结 and its outcomes are published."""
    closed = {"accepted_at": "2022-03-01", "closed_at": "2022-03-02", "accept_status": "accepted"}
    rows = [
        case("2022-03-01", dept_code=code, outcome=outcome, **closed)
        for code, outcome in [("D1", "approved"), ("D1", "refused"), ("D2", "approved")]
    ]
    rows.append(case("2022-03-01", dept_code="D2"))
    values = cases_by_department(Facts.of(year(rows, [item("A")], number=2022)))
    made = public(Table("各部门办件", values)).tables["各部门办件"]
    for term in ("受理量", "办结量", "审批同意", "审批不同意"):
        assert list(made[term]) == list(values[term])
    assert list(values["申请量"]) == [2, 2, 4]
    assert list(made["申请量"]) == ["*", "*", "*"]


def test_a_table_of_no_rows_is_still_a_table():
    empty = pd.DataFrame({"申请量": pd.Series([], dtype="int64")})
    assert public(Table("表", empty)).tables["表"].empty


@pytest.mark.parametrize(
    ("columns", "options", "said"),
    [
        ({"率": [0.5]}, {}, "不是计数的列"),
        ({"申请量": [-1]}, {}, "不是计数的列"),
        ({"申请量": [5]}, {"free": ["名称"]}, "没有“名称”列"),
        ({"申请量": [5], "率": [0.5]}, {"derived": [Summary("率", "率")]}, "不是计数"),
        ({"申请量": [5], "网上": [6]}, {"parts": {"网上": "申请量"}}, "不是其中的一部分"),
        ({"办结量": [5], "审批同意": [4], "审批不同意": [3]}, {}, "小于 0"),
        ({"窗口": [5], "合计": [6]}, {"columns": "渠道"}, "不等于各分项之和"),
    ],
)
def test_a_table_that_is_not_what_it_says_is_refused(columns, options, said):
    with pytest.raises(XukeError, match=said):
        public(Table("表", frame(columns, ["甲"], total=False), **options))


def test_numbers_that_contradict_each_other_are_refused():
    tables = [
        Table(name, frame({"申请量": [n]}, ["甲"], total=False))
        for name, n in (("一", 5), ("二", 6))
    ]
    with pytest.raises(XukeError, match="不符"):
        public(*tables)


def test_names_that_occur_twice_are_refused():
    values = frame({"申请量": [5, 6]}, ["甲", "甲"], total=False)
    with pytest.raises(XukeError, match="重复的行名"):
        Table("表", values)
    table = Table("表", frame({"申请量": [5]}, ["甲"]))
    with pytest.raises(XukeError, match="都叫“表”"):
        public(table, table)
    with pytest.raises(XukeError, match="读者"):
        protect([table], audience="所有人")
