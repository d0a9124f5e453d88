"""Residuals (差额): what printed figures leave over, and what the rows say it is."""

from fractions import Fraction
from functools import partial

from analysis.statistics.facts import Facts
from analysis.statistics.figure import CASE, LICENCE_CASES, Certainty, Figure, Kind, Result
from analysis.statistics.ratios import Compute, count_of
from analysis.statistics.sections import LEAD
from analysis.statistics.volume.cases import DELETED, FLOWS, OTHER_ENDINGS, OTHERS, PENDING


def _sum_of(**signs: int) -> Compute:
    """Return what adds up measures with their signs."""

    def compute(facts: Facts) -> Result:
        return Result(Fraction(sum(sign * facts.n(measure) for measure, sign in signs.items())))

    return compute


_residual = partial(
    Figure,
    unit="件",
    kind=Kind.RESIDUAL,
    grain=CASE,
    scope=LICENCE_CASES,
    section=LEAD,
    source=FLOWS,
    certainty=Certainty.PRACTICE,
)

FIGURES = (
    _residual(
        id="residual_acceptance",
        term="申请 − 受理 − 不受理",
        english="applications less accepted less not accepted",
        numerator="待受理存量的净增(期末 − 年初)加受理前终结",
        printed_as=(("applications", 1), ("accepted", -1), ("not_accepted", -1)),
        needs=PENDING,
        compute=_sum_of(pending_at_end=1, pending_at_start=-1, ended_before=1),
        dated=False,
    ),
    _residual(
        id="residual_completion",
        term="办结 − 受理",
        english="completed less accepted",
        numerator="在办存量的净减(年初 − 期末)减删除件",
        printed_as=(("completed", 1), ("accepted", -1)),
        needs=DELETED,
        compute=_sum_of(open_at_start=1, open_at_end=-1, deleted=-1),
        dated=False,
    ),
    _residual(
        id="residual_outcome",
        term="办结 − 同意 − 不同意",
        english="completed less approved less refused",
        numerator="办结量中撤回、补正不来、转报、终止和其他的办件",
        printed_as=(("completed", 1), ("approved", -1), ("disapproved", -1)),
        needs=OTHERS,
        compute=count_of("completed", outcome=OTHER_ENDINGS),
    ),
)
