"""Time stamps (时间戳) that imitate findings: midnight, days off, wrong order, pushed again."""

from collections.abc import Callable
from dataclasses import replace

from analysis.problems.endings import endings
from analysis.problems.finding import ANY, Answer, Question, Threshold
from analysis.problems.grounds import Grounds
from analysis.problems.shares import by_department, share
from analysis.statistics.facts import CALENDAR
from analysis.statistics.figure import LICENCE_CASES
from analysis.statistics.needs import COMPLETED_NEED
from analysis.tables.codes.catalogue import COMMITMENT
from analysis.tables.kept_out import kept_out

COMPLETED = "年内办结的办件"
OWN_REASON = "本软件设定:{}"
REVERSED = "closed_at_before_accepted_at"  # the rule by which an import keeps such cases out


def _share_of(column: str, term: str) -> Callable[[Grounds], Answer]:
    def answer(grounds: Grounds) -> Answer:
        found = grounds.once(endings)
        by = found.groupby("dept_code")
        columns = {term: by[column].sum(), COMPLETED: by["n"].sum()}
        return share(
            int(found[column].sum()),
            int(found["n"].sum()),
            (term, COMPLETED),
            evidence=by_department(grounds, columns, term, COMPLETED),
        )

    return answer


def _reversed(grounds: Grounds) -> Answer:
    """Return the share of cases closed before acceptance, with those that the import kept out for it.

    An import lets none of them in: without these there would be none where there are thousands.
    """
    term = "办结早于受理的办件"
    found = _share_of("reversed", term)(grounds)
    _, out = kept_out(grounds.year, "cases").get(REVERSED, ("", 0))
    if not out or grounds.department:
        return found
    by = grounds.once(endings)[["reversed", "n"]].sum()
    return replace(
        share(
            int(by["reversed"]) + out,
            int(by["n"]) + out,
            (term, COMPLETED),
            counts=(("其中导入时隔离的", out),),
        ),
        evidence=found.evidence,
    )


def _closed_on_days_off(grounds: Grounds) -> Answer:
    calendar = grounds.year.place.calendar
    assert calendar is not None
    calendar.require(grounds.year.year)
    found = grounds.once(endings)
    days = calendar.frame()
    off = found["closed_on"].isin(days.loc[~days["is_workday"], "date"])
    commitment = found["case_type"] == COMMITMENT
    term, whole = "非工作日办结的承诺件", "年内办结的承诺件"
    columns = {
        name: found[kept].groupby("dept_code")["n"].sum()
        for name, kept in ((term, commitment & off), (whole, commitment))
    }
    return share(
        int(found.loc[commitment & off, "n"].sum()),
        int(found.loc[commitment, "n"].sum()),
        (term, whole),
        counts=(
            ("非工作日办结的其他办件(多为网上即办)", int(found.loc[~commitment & off, "n"].sum())),
        ),
        evidence=by_department(grounds, columns, term, whole),
    )


QUESTIONS = (
    Question(
        id="midnight_stamps",
        problem="quality",
        term="零点时间戳占比",
        english="share of cases accepted or closed at exactly 00:00:00",
        unit="%",
        decimals=2,
        statement="{number} 的办结件受理或办结时间恰为零点,只有日期、没有时刻。",
        definition="受理时间或办结时间恰为 00:00:00 的办件 ÷ 年内办结的办件",
        scope=LICENCE_CASES,
        threshold=Threshold(
            1, 0.05, OWN_REASON.format("真实时刻恰为零点的机会约为八万分之一,万分之五以上不是偶然")
        ),
        rivals=("该部门的系统只登记日期。", "由旧系统迁移时丢失了时刻。"),
        source="GB/T 39046—2020 的时间项要求到秒;各地导出文件的常见缺陷",
        needs=(*COMPLETED_NEED, "cases.case_type"),
        answer=_share_of("midnight", "受理或办结在零点的办件"),
    ),
    Question(
        id="days_off",
        problem="quality",
        term="非工作日办结占比",
        english="share of commitment cases closed on days off",
        unit="%",
        decimals=2,
        statement="{number} 的承诺件在非工作日办结。",
        definition="办结日为非工作日(含法定节假日,不含调休上班日)的承诺件 ÷ 年内办结的承诺件",
        scope=f"{LICENCE_CASES},承诺件",
        threshold=Threshold(5, 0.5, OWN_REASON.format("个别加班属正常,成百分点地出现多为集中补录")),
        rivals=("值班或延时服务当日办结。", "系统在夜间或周末自动归档,办结时间是归档时间。"),
        source="行政许可法第82条(期限以工作日计)",
        needs=(CALENDAR, *COMPLETED_NEED, "cases.case_type"),
        answer=_closed_on_days_off,
    ),
    Question(
        id="reversed_times",
        problem="quality",
        term="办结早于受理占比",
        english="share of cases closed before acceptance",
        unit="%",
        decimals=4,
        statement="{number} 的办结件办结时间早于受理时间,办理用时算不出来。",
        definition="办结时间早于受理时间的办件(同日而时刻为零点的不计) ÷ 年内办结的办件;"
        "导入时因此隔离的也计入(分子、分母都加;不分部门)",
        scope=LICENCE_CASES,
        threshold=Threshold(0.1, ANY, "时间先后不可颠倒,一件也是差错;千分之一以上为本软件设定"),
        rivals=("先办后录:纸质办结后才补录受理。", "两个系统时钟不一致。"),
        source="数据校验规则(办结时间早于受理时间),见 docs/import.md",
        needs=(*COMPLETED_NEED, "cases.case_type"),
        answer=_reversed,
    ),
    Question(
        id="pushed_again",
        problem="quality",
        term="重复推送占比",
        english="share of cases whose record was sent again",
        unit="%",
        decimals=2,
        statement="{number} 的办结件被再次推送过,现有时间可能不是首次登记的时间。",
        definition="数据版本大于1的办件 ÷ 年内办结的办件",
        scope=LICENCE_CASES,
        threshold=Threshold(5, 0.5, OWN_REASON.format("更正属正常;成批重推会改写时间,须先核实")),
        rivals=("更正差错后的正常重报。", "接口升级后的全量重推,内容没有变。"),
        source="广东省数据交换表的 VERSION 字段(重报为2、3……)",
        needs=(*COMPLETED_NEED, "cases.case_type", "cases.data_version"),
        answer=_share_of("pushed", "版本大于1的办件"),
    ),
)
