"""Residuals (差额): what printed figures leave over, and what the rows say it is."""

from fractions import Fraction

from analysis.statistics.facts import Facts
from analysis.statistics.figure import CASE, LICENCE_CASES, Certainty, Figure, Kind, Result
from analysis.statistics.sections import LEAD
from analysis.statistics.volume.cases import (
    DELETED,
    FLOWS,
    OTHER_ENDINGS,
    OTHERS,
    PENDING,
    count,
)


def _residual(
    figure_id: str,
    term: str,
    english: str,
    numerator: str,
    signs: dict[str, int],
    needs: tuple[str, ...],
    **parts: int,
) -> Figure:
    """Return a residual: what printed figures leave over, and what the rows say it is."""

    def compute(facts: Facts) -> Result:
        return Result(Fraction(sum(sign * facts.n(name) for name, sign in parts.items())))

    return Figure(
        id=figure_id,
        term=term,
        english=english,
        unit="件",
        kind=Kind.RESIDUAL,
        grain=CASE,
        scope=LICENCE_CASES,
        numerator=numerator,
        section=LEAD,
        source=FLOWS,
        certainty=Certainty.PRACTICE,
        needs=needs,
        printed_as=tuple(signs.items()),
        compute=compute,
        dated=False,
    )


def _other_endings(facts: Facts) -> Result:
    return count(facts, measure="completed", outcomes=OTHER_ENDINGS)


FIGURES = (
    _residual(
        "residual_acceptance",
        "申请 − 受理 − 不受理",
        "applications less accepted less not accepted",
        "待受理存量的净增(期末 − 年初)加受理前终结",
        {"applications": 1, "accepted": -1, "not_accepted": -1},
        PENDING,
        pending_at_end=1,
        pending_at_start=-1,
        ended_before=1,
    ),
    _residual(
        "residual_completion",
        "办结 − 受理",
        "completed less accepted",
        "在办存量的净减(年初 − 期末)减删除件",
        {"completed": 1, "accepted": -1},
        DELETED,
        open_at_start=1,
        open_at_end=-1,
        deleted=-1,
    ),
    Figure(
        id="residual_outcome",
        term="办结 − 同意 − 不同意",
        english="completed less approved less refused",
        unit="件",
        kind=Kind.RESIDUAL,
        grain=CASE,
        scope=LICENCE_CASES,
        numerator="办结量中撤回、补正不来、转报、终止和其他的办件",
        section=LEAD,
        source=FLOWS,
        certainty=Certainty.PRACTICE,
        needs=OTHERS,
        printed_as=(("completed", 1), ("approved", -1), ("disapproved", -1)),
        compute=_other_endings,
    ),
)
