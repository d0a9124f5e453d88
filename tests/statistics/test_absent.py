"""What a source cannot carry: each figure keeps its value or says 数据不足, never another number."""

import pandas as pd
import pytest

from analysis.errors import XukeError
from analysis.statistics import breakdowns
from analysis.statistics.facts import Facts
from analysis.statistics.figures import figures
from analysis.statistics.needs import insufficient
from analysis.statistics.registry import REGISTRY
from analysis.tables import TABLES
from analysis.tables.year import Year
from tests.statistics.test_figures import CASES, CUTOFF, ITEMS
from tests.tables.build import PLACE

ROWS = {"cases": CASES, "items": ITEMS}
# Without dates of validity the catalogue's status alone says what is in force (tables.md).
BY_STATUS = {("items", "valid_from"), ("items", "valid_to")}
COLUMNS = [
    (table, column)
    for table, rows in ROWS.items()
    for column in rows[0]
    if (table, column) not in BY_STATUS
]
WHY = "源系统没有"


def year_without(*names: str, keep: bool = False) -> Year:
    """A year that lacks columns or codes; with ``keep`` the column is there all the same."""
    tables = {name: pd.DataFrame(rows) for name, rows in ROWS.items()}
    for name in names:
        table, _, column = name.partition(".")
        if not keep and "=" not in name:
            tables[table] = tables[table].drop(columns=column)
    return Year.from_frames(PLACE, 2022, tables, cutoff=CUTOFF, absent=dict.fromkeys(names, WHY))


@pytest.fixture(scope="module")
def whole() -> pd.Series:
    return values(year_without())


def values(year: Year) -> pd.Series:
    table = figures(year).set_index(["id", "variant"])
    return table["value"].where(~table["reason"].str.startswith("数据不足"), table["reason"])


@pytest.mark.parametrize(("table", "column"), COLUMNS)
@pytest.mark.parametrize("keep", [False, True])
def test_no_figure_is_computed_from_what_is_not_there(whole, table, column, keep):
    found = values(year_without(f"{table}.{column}", keep=keep))
    changed = found[found != whole]
    assert changed.str.startswith("数据不足").all(), changed.to_dict()
    assert changed.str.contains(WHY).all()
    assert changed.str.contains(TABLES[table][column].term, regex=False).all()


def test_every_column_that_matters_is_needed_by_some_figure():
    needed = {need.partition("=")[0] for f in REGISTRY.values() for need in f.needs}
    required = {f"{t}.{c}" for t in ROWS for c in TABLES[t].required}
    # These identify and group; no figure counts them.
    assert required - needed == {"items.grain", "cases.case_id", "cases.dept_code"}


def test_refusals_that_cannot_be_told_apart_are_not_counted(whole):
    found = values(year_without("cases.outcome=refused"))
    changed = found[found != whole]
    assert {figure for figure, _ in changed.index} == {
        "disapproved",
        "other_endings",
        "residual_outcome",
    }
    assert set(changed) == {f"数据不足:办件表的“办结结果”分不出“不予许可”({WHY})"}


def test_system_without_deletions_still_counts_completions(whole):
    found = values(year_without("cases.outcome=deleted"))
    changed = {figure for figure, _ in found[found != whole].index}
    assert changed == {"deleted", "residual_completion"}


def test_not_accepted_that_cannot_be_told_apart(whole):
    found = values(year_without("cases.accept_status=rejected"))
    changed = {figure for figure, _ in found[found != whole].index}
    assert changed == {
        "not_accepted",
        "ended_before",
        "pending_at_start",
        "pending_at_end",
        "residual_acceptance",
    }


def test_absent_column_is_there_but_empty_and_not_had():
    year = year_without("cases.closed_at")
    assert year.cases["closed_at"].isna().all()
    assert not year.has("cases", "closed_at")
    assert year.has("cases", "accepted_at")


@pytest.mark.parametrize(
    "made",
    [
        breakdowns.cases_by_department,
        breakdowns.cases_by_month,
        breakdowns.stocks_and_flows,
        breakdowns.completed_days,
        breakdowns.days_by_department,
    ],
)
def test_no_table_is_made_from_what_is_not_there(made):
    with pytest.raises(XukeError, match=f"数据不足:.*“办结时间”.*{WHY}"):
        made(Facts.of(year_without("cases.closed_at")))


def test_no_table_of_channels_or_services_either():
    with pytest.raises(XukeError, match="申报来源"):
        breakdowns.accepted_by_channel(Facts.of(year_without("cases.apply_channel")))
    with pytest.raises(XukeError, match="容缺受理"):
        breakdowns.services_by_department(Facts.of(year_without("items.tolerance_ok")))


def test_without_times_of_refused_acceptance_other_stocks_and_columns_stay():
    whole, less = Facts.of(year_without()), Facts.of(year_without("cases.not_accepted_at"))
    stocks = breakdowns.stocks_and_flows(less)
    assert list(stocks.index) == ["在办"]
    assert stocks.loc["在办"].equals(breakdowns.stocks_and_flows(whole).loc["在办"])
    undeleted = breakdowns.stocks_and_flows(Facts.of(year_without("cases.outcome=deleted")))
    assert "删除" in stocks.loc["在办", "流出的构成"]
    assert "删除" not in undeleted.loc["在办", "流出的构成"]
    departments = breakdowns.cases_by_department(less)
    empty = set(departments.columns[departments.isna().all()])
    assert empty == {"不受理量", "年初待受理", "期末待受理", "受理前终结"}
    same = breakdowns.cases_by_department(whole).drop(columns=list(empty))
    assert departments.drop(columns=list(empty)).astype("int64").equals(same.astype("int64"))


def test_what_is_lacking_of_a_table_for_one_reason_is_said_in_one_breath():
    facts = Facts.of(year_without("items.statutory_limit", "items.promised_limit"))
    needs = ["items.statutory_limit", "inspections.result", "items.promised_limit", "events.seq"]
    assert insufficient(facts, needs) == (
        f"数据不足:缺少事项目录表的“法定办结时限”“承诺办结时限”列({WHY})、"
        "缺少事中事后监管表、缺少办理环节表"
    )


def test_where_extensions_are_not_recorded_nobody_is_said_to_have_kept_the_promise():
    """Else a table of departments would show 0 late beside a rate that cannot be computed."""
    whole, less = (
        breakdowns.days_by_department(Facts.of(year_without(*lost)))
        for lost in ((), ("cases.extended_days",))
    )
    assert whole[breakdowns.LATE].sum() > 0
    assert less[breakdowns.LATE].isna().all()
    assert less.drop(columns=breakdowns.LATE).equals(whole.drop(columns=breakdowns.LATE))
