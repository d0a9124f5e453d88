"""Completion (办结率): over the year's acceptances, or of those accepted."""

from analysis.statistics.figure import CASE, LICENCE_CASES, Certainty, Figure, Kind
from analysis.statistics.needs import COMPLETED_NEED
from analysis.statistics.ratios import ratio_of
from analysis.statistics.sections import LEAD

FIGURES = (
    Figure(
        id="completion_rate",
        variant="close_flow",
        term="办结率",
        english="completed over accepted",
        unit="%",
        kind=Kind.SHARE,
        grain=CASE,
        scope=LICENCE_CASES,
        numerator="年内办结量",
        denominator="年内受理量(流量之比,可以超过100%)",
        section=LEAD,
        source="办件统计系统通行做法",
        certainty=Certainty.PRACTICE,
        decimals=2,
        needs=COMPLETED_NEED,
        compute=ratio_of("completed", "accepted"),
    ),
    Figure(
        id="completion_rate",
        variant="close_cohort",
        term="办结率(同一批件)",
        english="of the cases accepted in the year, completed by the cut-off",
        unit="%",
        kind=Kind.SHARE,
        grain=CASE,
        scope=LICENCE_CASES,
        numerator="年内受理、截止日前办结的办件(不含删除件)",
        denominator="年内受理量(同一批件,不会超过100%)",
        section=LEAD,
        source="本项目建议;广东文件未见",
        certainty=Certainty.PRACTICE,
        decimals=2,
        needs=COMPLETED_NEED,
        compute=ratio_of("cohort_closed", "accepted"),
    ),
)
