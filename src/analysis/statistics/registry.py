"""The registry (指标登记表): every figure, in the report's order.

Page, workbook, check and draft read this registry and nothing else.
"""

from analysis.statistics import stated
from analysis.statistics.access import commitment, online, packages, reductions, tolerance, visits
from analysis.statistics.catalogue import elements, items, movements, standards
from analysis.statistics.figure import Figure
from analysis.statistics.sections import SECTIONS
from analysis.statistics.supervision import (
    bad_ratings,
    inspections,
    publication,
    rating_cover,
    reach,
    satisfaction,
    staff,
)
from analysis.statistics.timeliness import (
    compression,
    durations,
    duties,
    immediate,
    lateness,
    on_time,
    one_pass,
)
from analysis.statistics.volume import cases, completion, residuals

DECLARED = tuple(
    figure
    for topic in (
        items,
        movements,
        cases,
        residuals,
        completion,
        compression,
        immediate,
        durations,
        on_time,
        lateness,
        duties,
        inspections,
        publication,
        reach,
        satisfaction,
        bad_ratings,
        rating_cover,
        staff,
        one_pass,
        visits,
        tolerance,
        commitment,
        packages,
        reductions,
        online,
        elements,
        standards,
        stated,
    )
    for figure in topic.FIGURES
)
REGISTRY: dict[tuple[str, str], Figure] = {
    (figure.id, figure.variant): figure
    for figure in sorted(DECLARED, key=lambda figure: SECTIONS.index(figure.section))
}
