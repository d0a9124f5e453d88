"""Listed services (清单事项): services with a feature, the departments they are of, cases making use of it."""

from collections.abc import Callable
from fractions import Fraction

import pandas as pd

from analysis.statistics.facts import Facts
from analysis.statistics.figure import (
    CASE,
    DEPARTMENT,
    LICENCE_CASES,
    SERVICE,
    SERVICES,
    Certainty,
    Figure,
    Kind,
    Result,
)
from analysis.statistics.ratios import Compute
from analysis.statistics.scopes import SERVICE_NEEDS
from analysis.statistics.sections import INNOVATION

BEFORE = "上年末有效的依申请政务服务事项(各事项类型)"
DATES = ("items.valid_from", "items.valid_to")

Select = Callable[[pd.DataFrame], pd.DataFrame]


def listed(
    figure_id: str,
    term: str,
    english: str,
    numerator: str,
    source: str,
    select: Select,
    needs: tuple[str, ...],
    *,
    grain: str = SERVICE,
    before: bool = False,
) -> Figure:
    """Return a count of distinct services that are selected, or of the departments that have them.

    Args:
        figure_id: its id.
        term: Chinese term.
        english: English term.
        numerator: what is counted, in Chinese.
        source: where the definition comes from.
        select: keeps the services counted, of a catalogue in force.
        needs: the columns that ``select`` reads beside those of its scope.
        grain: ``SERVICE`` or ``DEPARTMENT``.
        before: whether those at the end of the year before are counted.
    """
    column = "dept_code" if grain == DEPARTMENT else "impl_code"

    def compute(facts: Facts) -> Result:
        rows = select(facts.in_force_before if before else facts.in_force)
        return Result(Fraction(rows[column].nunique()))

    return Figure(
        id=figure_id,
        term=term,
        english=english,
        unit="项" if grain == SERVICE else "个",
        kind=Kind.COUNT,
        grain=grain,
        scope=BEFORE if before else SERVICES,
        numerator=numerator,
        section=INNOVATION,
        source=source,
        certainty=Certainty.PRACTICE,
        needs=(*SERVICE_NEEDS, f"items.{column}", *needs, *(DATES if before else ())),
        compute=compute,
    )


def use_of_list(
    figure_id: str,
    term: str,
    english: str,
    numerator: str,
    source: str,
    compute: Compute,
    needs: tuple[str, ...],
    denominator: str = "",
) -> Figure:
    """Return a count of cases, or a share of them where there is a denominator."""
    return Figure(
        id=figure_id,
        term=term,
        english=english,
        unit="%" if denominator else "件",
        kind=Kind.SHARE if denominator else Kind.COUNT,
        grain=CASE,
        scope=LICENCE_CASES,
        numerator=numerator,
        denominator=denominator,
        section=INNOVATION,
        source=source,
        certainty=Certainty.PRACTICE,
        decimals=2 if denominator else 0,
        needs=needs,
        compute=compute,
    )
