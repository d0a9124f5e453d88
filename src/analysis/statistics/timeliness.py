"""Timeliness (办理时限): compression of limits, immediate handling, days taken, lateness."""

from fractions import Fraction

import pandas as pd

from analysis.statistics.facts import CALENDAR, Facts
from analysis.statistics.figure import (
    CASE,
    COMPLETED_NEED,
    HANDLING,
    LICENCE_CASES,
    LICENCE_CASES_NEED,
    PLATFORM_HANDLING,
    Certainty,
    Figure,
    Kind,
    Result,
)
from analysis.tables.clocks import PROMISED, STATUTORY, Clock
from analysis.tables.codes import COMMITMENT, IMMEDIATE, LICENCE

SECTION = "一/(一)依法实施情况"
# 劳社部发〔2008〕3号: 250 working days a year; a month is a twelfth of them.
WORKING_DAYS = {
    "W": Fraction(1),
    "N": Fraction(250, 365),
    "M": Fraction(250, 12),
    "Y": Fraction(250),
    "H": Fraction(1, 8),
}
CONVERSION = "非工作日单位按每年250个工作日、每日8小时折算(劳社部发〔2008〕3号)"
LIMITS = "有法定时限的"
PLATFORM_NEED = ("items.item_type", "items.item_status", "items.in_prov_system")
LIMITS_NEED = (
    *PLATFORM_NEED,
    "items.no_statutory_limit",
    "items.statutory_limit",
    "items.statutory_unit",
    "items.promised_limit",
    "items.promised_unit",
)


def platform_handling(facts: Facts) -> pd.DataFrame:
    """Return the licence items on the provincial system, in force, at their finest grain."""
    items = facts.in_force
    return items[(items["item_type"] == LICENCE) & items["in_prov_system"].fillna(False)]


def limits(items: pd.DataFrame) -> pd.DataFrame:
    """Return statutory and promised limits in working days, of items that have a statutory one.

    Returns:
        Columns ``statutory`` and ``promised``, exact fractions.
    """
    limited = items[
        ~items["no_statutory_limit"].fillna(False)
        & items["statutory_limit"].gt(0)
        & items["promised_limit"].notna()
    ]
    return pd.DataFrame(
        {
            name: [
                Fraction(value) * WORKING_DAYS[unit]
                for value, unit in zip(
                    limited[f"{name}_limit"], limited[f"{name}_unit"], strict=True
                )
            ]
            for name in ("statutory", "promised")
        },
        index=limited.index,
        dtype=object,
    )


def _compression_of_sums(facts: Facts) -> Result:
    days = limits(platform_handling(facts))
    statutory = Fraction(sum(days["statutory"]))
    return Result(statutory - sum(days["promised"]), statutory)


def _mean_compression(facts: Facts) -> Result:
    days = limits(platform_handling(facts))
    saved = sum(1 - p / s for s, p in zip(days["statutory"], days["promised"], strict=True))
    return Result(Fraction(saved), Fraction(len(days)))


def _immediate_items(facts: Facts) -> Result:
    items = platform_handling(facts)
    return Result(Fraction(int((items["case_type"] == IMMEDIATE).sum())), Fraction(len(items)))


def _immediate_cases(facts: Facts) -> Result:
    immediate = facts.n("accepted", case_type=IMMEDIATE)
    return Result(
        Fraction(immediate), Fraction(immediate + facts.n("accepted", case_type=COMMITMENT))
    )


def _mean_days(facts: Facts) -> Result:
    rows = facts.rows("completed_days", case_type=COMMITMENT)
    return Result(Fraction(int((rows["value"] * rows["n"]).sum())), Fraction(int(rows["n"].sum())))


def late(facts: Facts, clock: Clock) -> tuple[int, int, int]:
    """Return (closed late, open and late, closed with a limit) on a clock, in cases."""
    closed, still = facts.rows(f"{clock.name}_margin"), facts.rows(f"{clock.name}_margin_open")
    return (
        int(closed.loc[closed["value"] < 0, "n"].sum()),
        int(still.loc[still["value"] < 0, "n"].sum()),
        int(closed["n"].sum()),
    )


def _within_statutory(facts: Facts) -> Result:
    closed_late, open_late, closed = late(facts, STATUTORY)
    return Result(Fraction(closed - closed_late), Fraction(closed + open_late))


def _within_promised(facts: Facts) -> Result:
    closed_late, _, closed = late(facts, PROMISED)
    return Result(Fraction(closed - closed_late), Fraction(closed))


def _needs(clock: Clock) -> tuple[str, ...]:
    return (CALENDAR, *COMPLETED_NEED, *(f"cases.{column}" for column in clock.columns))


FIGURES = (
    Figure(
        id="time_compression_rate",
        variant="item_sum",
        term="审批时限压缩率",
        english="compression of time limits",
        unit="%",
        kind=Kind.RATIO_OF_SUMS,
        grain=HANDLING,
        scope=f"{PLATFORM_HANDLING},{LIMITS}",
        numerator="Σ法定办结时限 − Σ承诺办结时限(工作日)",
        denominator=f"Σ法定办结时限(工作日);{CONVERSION}",
        section=SECTION,
        source="在线政务服务评估通行公式1 − Σp/ΣL;广东公式未见公布",
        certainty=Certainty.UNPUBLISHED,
        decimals=2,
        needs=LIMITS_NEED,
        compute=_compression_of_sums,
    ),
    Figure(
        id="time_compression_rate",
        variant="item_mean",
        term="审批时限压缩率(逐项平均)",
        english="mean compression of time limits",
        unit="%",
        kind=Kind.MEAN,
        grain=HANDLING,
        scope=f"{PLATFORM_HANDLING},{LIMITS}",
        numerator="Σ(1 − 承诺办结时限/法定办结时限)",
        denominator=f"业务办理项数;{CONVERSION}",
        section=SECTION,
        source="“率”的另一种读法;未见来源",
        certainty=Certainty.UNPUBLISHED,
        decimals=2,
        needs=LIMITS_NEED,
        compute=_mean_compression,
    ),
    Figure(
        id="instant_rate",
        variant="item_flag",
        term="即办率",
        english="share of immediate items",
        unit="%",
        kind=Kind.SHARE,
        grain=HANDLING,
        scope=PLATFORM_HANDLING,
        numerator="办件类型为即办件的业务办理项",
        denominator="业务办理项数",
        section=SECTION,
        source="在线政务服务评估通行公式;广东公式未见公布",
        certainty=Certainty.UNPUBLISHED,
        decimals=2,
        needs=(*PLATFORM_NEED, "items.case_type"),
        compute=_immediate_items,
    ),
    Figure(
        id="instant_rate",
        variant="case_flag",
        term="即办率(按办件)",
        english="share of immediate cases",
        unit="%",
        kind=Kind.SHARE,
        grain=CASE,
        scope=LICENCE_CASES,
        numerator="年内受理的即办件",
        denominator="年内受理的即办件与承诺件",
        section=SECTION,
        source="办件统计系统通行做法",
        certainty=Certainty.PRACTICE,
        decimals=2,
        needs=(*LICENCE_CASES_NEED, "cases.accepted_at", "cases.case_type"),
        compute=_immediate_cases,
    ),
    Figure(
        id="mean_days",
        variant="commitment",
        term="承诺件实际平均办结时间",
        english="mean working days of commitment cases",
        unit="工作日",
        kind=Kind.MEAN,
        grain=CASE,
        scope=LICENCE_CASES,
        numerator="年内办结的承诺件自受理至办结的工作日之和(受理当日不计)",
        denominator="年内办结的承诺件",
        section=SECTION,
        source="行政许可法第82条(期限以工作日计)",
        certainty=Certainty.PRACTICE,
        decimals=2,
        needs=(CALENDAR, *COMPLETED_NEED, "cases.case_type"),
        compute=_mean_days,
    ),
    Figure(
        id="within_statutory_time",
        term="在法定期限内办结",
        english="within the statutory limit",
        unit="%",
        kind=Kind.SHARE,
        grain=CASE,
        scope=LICENCE_CASES,
        numerator="年内办结且未超法定时限的办件",
        denominator="年内办结、有法定时限的办件,加截止日在办且已超期的办件",
        section=SECTION,
        source="行政许可法第42、45、82条:自受理起算,受理当日不计,"
        "依法延长(不超过10日)和第45条的时间不计",
        certainty=Certainty.PRACTICE,
        decimals=2,
        needs=_needs(STATUTORY),
        compute=_within_statutory,
    ),
    Figure(
        id="on_time_rate",
        variant="promise",
        term="按承诺时限办结率",
        english="closed within the promised limit",
        unit="%",
        kind=Kind.SHARE,
        grain=CASE,
        scope=LICENCE_CASES,
        numerator="年内办结且未超承诺时限的办件",
        denominator="年内办结、有承诺时限的办件",
        section=SECTION,
        source="办件统计系统通行做法;延长和各类特别程序的时间不计",
        certainty=Certainty.PRACTICE,
        decimals=2,
        needs=_needs(PROMISED),
        compute=_within_promised,
    ),
)
