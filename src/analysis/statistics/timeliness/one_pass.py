"""One pass (一次性告知): accepted cases that never had to be supplemented.

Not to be confused with 一次办 (one visit).
"""

from analysis.statistics.figure import Certainty
from analysis.statistics.makers import case_share
from analysis.statistics.ratios import ratio_of
from analysis.statistics.sections import LEGAL

FIGURES = (
    case_share(
        id="one_pass_case",
        term="一次办结率(未经补正)",
        english="share accepted without supplement",
        numerator="年内受理、补正次数为0的办件",
        denominator="年内受理、补正次数已知的办件",
        section=LEGAL,
        source="行政许可法第32条第1款第4项;优化营商环境条例第36条",
        certainty=Certainty.PRACTICE,
        needs=("cases.supp_rounds", "cases.accepted_at"),
        compute=ratio_of("accepted_one_pass", "accepted_supp_known"),
    ),
)
