"""Listed services (清单事项): services with a feature, and the departments they are of."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pandas as pd

from analysis.statistics.facts import Facts
from analysis.statistics.figure import DEPARTMENT, SERVICE, SERVICES, Certainty, Figure, Result
from analysis.statistics.makers import count
from analysis.statistics.scopes import DATE_NEEDS, SERVICE_NEEDS
from analysis.statistics.sections import INNOVATION

BEFORE = "上年末有效的依申请政务服务事项(各事项类型)"

Select = Callable[[pd.DataFrame], pd.DataFrame]
# A service has a code of its own; departments are counted by theirs.
COUNTED = {SERVICE: ("impl_code", "项"), DEPARTMENT: ("dept_code", "个")}


def listed(
    *,
    select: Select,
    needs: tuple[str, ...] = (),
    grain: str = SERVICE,
    before: bool = False,
    **declared: Any,
) -> Figure:
    """Return a count of distinct services that are selected, or of the departments that have them.

    Args:
        select: keeps the services counted, of a catalogue in force.
        needs: the columns that ``select`` reads beside those of its scope.
        grain: ``SERVICE`` or ``DEPARTMENT``.
        before: whether those at the end of the year before are counted.
        declared: the words of the figure: ``id``, ``term``, ``english``, ``numerator``, ``source``.
    """
    column, unit = COUNTED[grain]

    def compute(facts: Facts) -> Result:
        rows = select(facts.in_force_before if before else facts.in_force)
        return Result(Fraction(rows[column].nunique()))

    return count(
        unit=unit,
        grain=grain,
        scope=BEFORE if before else SERVICES,
        section=INNOVATION,
        certainty=Certainty.PRACTICE,
        needs=(*SERVICE_NEEDS, f"items.{column}", *needs, *(DATE_NEEDS if before else ())),
        compute=compute,
        **declared,
    )
