"""Printed against computed figures: one verdict each, and never a wrong 一致."""

from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest

from analysis.errors import XukeError
from analysis.statistics.facts import Facts
from analysis.statistics.figures import figures
from analysis.statistics.reconcile import FAILING, reconcile, with_verdicts
from analysis.tables.explanation import Explanation
from analysis.tables.year import Year
from tests.tables.build import PLACE, accepted, case, closed, frames, refused_acceptance, year

# 7 applications, 5 accepted, 1 not accepted, 3 completed: 2 approved, 1 withdrawn.
CASES = [
    closed("2022-03-01", "2022-03-02", "2022-03-03", apply_channel="pc"),
    closed("2022-03-01", "2022-03-02", "2022-03-04"),
    closed("2022-03-01", "2022-03-02", "2022-03-04", "withdrawn"),
    accepted("2022-12-20", "2022-12-21"),
    accepted("2022-12-20", "2022-12-22"),
    refused_acceptance("2022-04-01", "2022-04-02"),
    case("2022-12-30"),
]
PRINTED = {
    "applications": "7",
    "accepted": "5",
    "not_accepted": "1",
    "completed": "3",
    "approved": "2",
    "disapproved": "0",
}


def printed(values, **more):
    """A report that prints these values."""
    rows = [
        {
            "report": "r",
            "figure": key,
            "term": f"用语{key}",
            "value": value,
            "unit": "件",
            "rounding": "exact",
            "basis": "printed",
            "kind": "count",
            "section": "一",
            "note": "",
        }
        | more
        for key, value in values.items()
    ]
    return pd.DataFrame(rows)


@pytest.fixture(scope="module")
def facts():
    return Facts.of(year(CASES))


@pytest.fixture(scope="module")
def synthetic():
    return Facts.of(year(CASES, synthetic=True))


def compared(facts, values, explained=None, **more):
    return reconcile(facts, printed(values, **more), explained).set_index("id")


def test_equal_figures_agree(facts):
    table = compared(facts, PRINTED)
    assert set(table.loc[list(PRINTED), "verdict"]) == {"一致"}
    assert table.loc[list(PRINTED), "computed"].to_dict() == PRINTED
    assert set(table.loc[list(PRINTED), "difference"]) == {"0"}


def test_equal_figures_of_made_up_data_only_agree_by_calibration(synthetic):
    table = compared(synthetic, PRINTED)
    assert set(table.loc[list(PRINTED), "verdict"]) == {"校准一致"}
    assert "一致" not in set(table["verdict"])


@pytest.mark.parametrize("key", PRINTED)
@pytest.mark.parametrize("step", [1, -1])
def test_one_last_digit_changed_differs(facts, key, step):
    changed = str(int(PRINTED[key]) + step)
    table = compared(facts, PRINTED | {key: changed})
    assert table.loc[key, "verdict"] == "不一致"
    assert table.loc[key, "published"] == changed
    assert table.loc[key, "computed"] == PRINTED[key]
    assert table.loc[key, "difference"] == str(-step)
    others = [other for other in PRINTED if other != key]
    assert set(table.loc[others, "verdict"]) == {"一致"}


@pytest.mark.parametrize(
    ("value", "computed", "verdict"),
    [
        # 3 completed of 5 accepted are 60 %; 1 of 5 online is 20 %.
        ("60", "60", "一致"),
        ("60.0", "60.0", "一致"),
        ("60.00", "60.00", "一致"),
        ("60.01", "60.00", "不一致"),
        ("59.99", "60.00", "不一致"),
        ("61", "60", "不一致"),
    ],
)
def test_share_is_compared_at_the_printed_decimals(facts, value, computed, verdict):
    row = compared(facts, {"completion_rate": value}, unit="%").loc["completion_rate"]
    assert (row["computed"], row["verdict"]) == (computed, verdict)
    assert Decimal(row["difference"]) == Decimal(computed) - Decimal(value)


@pytest.mark.parametrize(
    ("value", "verdict"),
    [("67", "一致"), ("66.7", "一致"), ("66.67", "一致"), ("66.66", "不一致"), ("66", "不一致")],
)
def test_share_that_does_not_end_is_rounded_half_up(value, verdict):
    # 2 of 3 accepted are completed.
    rows = [closed("2022-03-01", "2022-03-02", "2022-03-03")] * 2
    rows = [row | {"case_id": str(n)} for n, row in enumerate(rows)]
    facts = Facts.of(year([*rows, accepted("2022-12-01", "2022-12-02")]))
    table = compared(facts, {"completion_rate": value})
    assert table.loc["completion_rate", "verdict"] == verdict


def test_residuals_stand_beside_what_the_cases_say(facts):
    table = compared(facts, PRINTED)
    # 7 - 5 - 1 = 1 pending more; 3 - 5 = -2 as 2 more are open; 3 - 2 - 0 = 1 withdrawn.
    for key, left in {
        "residual_acceptance": "1",
        "residual_completion": "-2",
        "residual_outcome": "1",
    }.items():
        row = table.loc[key]
        assert (row["published"], row["computed"], row["verdict"]) == (left, left, "差额")
        assert "报告没有说明" in row["note"]


def test_residual_that_the_cases_do_not_bear_out_differs(facts):
    table = compared(facts, PRINTED | {"applications": "8"})
    row = table.loc["residual_acceptance"]
    assert (row["published"], row["computed"]) == ("2", "1")
    assert (row["difference"], row["verdict"]) == ("-1", "不一致")
    assert table.loc["residual_completion", "verdict"] == "差额"


def test_residual_needs_all_its_parts_printed(facts):
    without = {key: value for key, value in PRINTED.items() if key != "disapproved"}
    assert set(compared(facts, without).index) == {
        *without,
        "residual_acceptance",
        "residual_completion",
    }


def test_residuals_of_the_2022_report():
    """The printed totals of 2022 leave 891, 20 and 540 over; here no case bears them out."""
    totals = {
        "applications": "1801779",
        "accepted": "1795742",
        "not_accepted": "5146",
        "completed": "1795762",
        "approved": "1792547",
        "disapproved": "2675",
    }
    table = compared(Facts.of(year(CASES)), totals)
    left = table.loc[["residual_acceptance", "residual_completion", "residual_outcome"]]
    assert left["published"].tolist() == ["891", "20", "540"]
    assert set(left["verdict"]) == {"不一致"}


def test_key_that_the_registry_does_not_know(facts):
    row = compared(facts, {"angels_on_a_pin": "3"}).loc["angels_on_a_pin"]
    assert (row["verdict"], row["published"]) == ("未登记", "3")
    assert (row["computed"], row["difference"]) == ("", "")


def test_figure_that_only_people_can_state(facts):
    row = compared(facts, {"service_circle_minutes": "30"}).loc["service_circle_minutes"]
    assert (row["verdict"], row["computed"]) == ("仅陈述", "")


def test_missing_column_cannot_be_computed():
    rows = pd.DataFrame(CASES).drop(columns="extended_days")
    facts = Facts.of(Year.from_frames(PLACE, 2022, frames(CASES, []) | {"cases": rows}))
    row = compared(facts, {"on_time_rate": "100"}, unit="%").loc["on_time_rate"]
    assert (row["verdict"], row["computed"]) == ("无法计算", "")
    assert "延长天数" in row["note"]


def test_share_of_nothing_cannot_be_computed():
    row = compared(Facts.of(year([])), {"completion_rate": "100"}).loc["completion_rate"]
    assert (row["verdict"], row["note"]) == ("无法计算", "数据不足:分母为0")


def test_what_fails_a_check():
    assert {verdict.value for verdict in FAILING} == {"不一致", "无法计算", "未登记"}


def test_value_that_is_not_a_number_is_refused(facts):
    with pytest.raises(XukeError, match=r"accepted.*约五"):
        compared(facts, {"accepted": "约五"})


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_value_that_is_no_finite_number_is_refused(facts, value):
    with pytest.raises(XukeError, match=r"accepted"):
        compared(facts, {"accepted": value})


def test_printed_decimals_of_a_count_do_not_matter(facts):
    assert (
        compared(facts, PRINTED | {"applications": "7.0"}).loc["applications", "verdict"] == "一致"
    )


def test_printed_decimals_of_a_count_do_not_matter_to_its_residual(facts):
    table = compared(facts, PRINTED | {"applications": "7.0"})
    assert table.loc["residual_acceptance", "verdict"] == "差额"


def counting(facts, measure, n, *, least=-99):
    """Return facts in which a measure counts so many cases where its value is at least that."""
    rows = facts.unfolded.copy()
    rows.loc[rows["measure"].eq(measure) & rows["value"].ge(least), "n"] = n
    return replace(facts, tally=rows)


@pytest.mark.parametrize(
    ("n", "rounding", "value"), [(22749, "0.1万", "23000"), (22749, "1万", "20000")]
)
def test_figure_printed_in_tens_of_thousands_is_compared_as_it_was_rounded(n, rounding, value):
    facts = counting(Facts.of(year([case("2022-03-01")])), "applications", n)
    row = compared(facts, {"applications": value}, rounding=rounding).loc["applications"]
    assert row["verdict"] == "一致"


# Explained differences ------------------------------------------------------------------------


def said(difference):
    return {"accepted": Explanation(Decimal(difference), "两件重复登记", "张科员", "2023-02-01")}


def test_explained_difference(facts):
    table = compared(facts, PRINTED | {"accepted": "7"}, said("-2"))
    row = table.loc["accepted"]
    assert (row["verdict"], row["difference"]) == ("已说明", "-2")
    for words in ("两件重复登记", "张科员", "2023-02-01"):
        assert words in row["note"]


@pytest.mark.parametrize("difference", ["2", "-1", "-3", "0", "-2.5"])
def test_explanation_covers_no_other_difference(facts, difference):
    row = compared(facts, PRINTED | {"accepted": "7"}, said(difference)).loc["accepted"]
    assert row["verdict"] == "不一致"
    assert "张科员" not in row["note"]


def test_explanation_of_one_figure_does_not_cover_another(facts):
    explained = {"approved": said("-2")["accepted"]}
    row = compared(facts, PRINTED | {"accepted": "7"}, explained).loc["accepted"]
    assert row["verdict"] == "不一致"


def test_explanation_changes_nothing_where_figures_agree(facts):
    row = compared(facts, PRINTED, said("0")).loc["accepted"]
    assert (row["verdict"], row["note"]) == ("一致", "")


def test_explained_residual(facts):
    """A figure whose difference is explained must not go on failing through its residual."""
    explained = said("-2") | {
        "residual_acceptance": Explanation(Decimal(2), "同上", "张科员", "2023-02-01"),
        "residual_completion": Explanation(Decimal(2), "同上", "张科员", "2023-02-01"),
    }
    table = compared(facts, PRINTED | {"accepted": "7"}, explained)
    failing = {verdict.value for verdict in FAILING}
    assert table.loc["residual_acceptance", "difference"] == "2"  # 1 against 7 - 7 - 1
    assert not set(table["verdict"]) & failing


# “所有…在法定期限内”: words are taken exactly ---------------------------------------------------

WITHIN = "within_statutory_time"


def timely(n, late=0, still_open_late=0):
    """That many cases within 20 working days, some closed late, some open and past their limit."""
    rows = [closed("2022-03-01", "2022-03-01", "2022-03-29") for _ in range(n)]
    rows += [closed("2022-03-01", "2022-03-01", "2022-03-30") for _ in range(late)]
    rows += [accepted("2022-03-01", "2022-03-01") for _ in range(still_open_late)]
    return Facts.of(year(rows))


def in_words(facts, **more):
    return compared(facts, {WITHIN: "100"}, unit="%", **{"basis": "words", **more}).loc[WITHIN]


def test_all_in_time_agrees_in_words():
    row = in_words(timely(50))
    assert (row["verdict"], row["computed"], row["difference"]) == ("一致", "100", "0")


@pytest.mark.parametrize("late", [{"late": 1}, {"still_open_late": 1}], ids=["closed", "open"])
def test_a_single_late_case_among_very_many_breaks_the_words(late):
    row = in_words(timely(3000, **late))
    assert row["verdict"] == "不一致"
    # 3000 / 3001 = 99.9666…; it must not be shown as 100 with difference 0.
    assert row["computed"].startswith("99.966")
    assert Decimal(row["difference"]) < 0


def test_the_same_late_case_is_lost_in_a_printed_round_number():
    row = in_words(timely(3000, late=1), basis="printed")
    assert (row["verdict"], row["computed"]) == ("一致", "100")


def test_a_single_late_case_among_a_hundred_million_breaks_the_words():
    """So rare that no rounding to a few decimals would show it."""
    facts = counting(timely(1, late=1), "statutory_margin", 10**8, least=0)
    row = in_words(facts)
    assert row["verdict"] == "不一致"
    assert Decimal(row["difference"]) < 0


# Beside the computed figures ------------------------------------------------------------------


def test_with_verdicts_stands_on_the_first_variant_only(facts):
    both = with_verdicts(figures(facts), reconcile(facts, printed({"instant_rate": "1.00"})))
    rates = both[both["id"] == "instant_rate"]
    assert rates["variant"].tolist() == ["item_flag", "item_1day", "case_flag", "case_sameday"]
    assert rates["published"].tolist() == ["1.00", "", "", ""]
    assert rates["verdict"].tolist() == ["不一致", "", "", ""]


def test_with_verdicts_keeps_every_computed_figure(facts):
    computed = figures(facts)
    both = with_verdicts(computed, reconcile(facts, printed(PRINTED)))
    pd.testing.assert_frame_equal(both[computed.columns], computed)
    table = both.set_index("id")
    assert table.loc["accepted", "verdict"] == "一致"
    assert table.loc["deleted", "verdict"] == ""
    assert not both[["published", "difference", "verdict"]].isna().any().any()
