"""Completion (办结率): over the year's acceptances, or of those accepted."""

from functools import partial

from analysis.statistics.figure import Certainty
from analysis.statistics.makers import case_share
from analysis.statistics.needs import COMPLETED_NEED
from analysis.statistics.ratios import ratio_of
from analysis.statistics.sections import LEAD

_rate = partial(
    case_share,
    id="completion_rate",
    section=LEAD,
    certainty=Certainty.PRACTICE,
    needs=COMPLETED_NEED,
)

FIGURES = (
    _rate(
        variant="close_flow",
        term="办结率",
        english="completed over accepted",
        numerator="年内办结量",
        denominator="年内受理量(流量之比,可以超过100%)",
        source="办件统计系统通行做法",
        compute=ratio_of("completed", "accepted"),
    ),
    _rate(
        variant="close_cohort",
        term="办结率(同一批件)",
        english="of the cases accepted in the year, completed by the cut-off",
        numerator="年内受理、截止日前办结的办件(不含删除件)",
        denominator="年内受理量(同一批件,不会超过100%)",
        source="本项目建议;广东文件未见",
        compute=ratio_of("cohort_closed", "accepted"),
    ),
)
