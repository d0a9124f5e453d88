"""Publication of inspections (检查结果公示): whether results were published, and in time."""

from fractions import Fraction

from analysis.statistics.facts import CALENDAR, Facts
from analysis.statistics.figure import Certainty, Figure, Result
from analysis.statistics.needs import INSPECTIONS_NEED
from analysis.statistics.passes.inspected import PUBLICATION_LIMIT
from analysis.statistics.supervision.inspections import (
    NO_RULE,
    OPEN_RULE,
    PUBLISHED,
    RANDOM,
    TYPE,
    Values,
    inspection_share,
    inspections,
)


def _published(facts: Facts) -> Result:
    return Result(Fraction(inspections(facts, "published")), Fraction(inspections(facts)))


def _in_time(variant: str, term: str, needs: tuple[str, ...], **among: Values) -> Figure:
    def compute(facts: Facts) -> Result:
        done = inspections(facts, "published_in_time", **among)
        late = inspections(facts, "published_late", **among)
        return Result(Fraction(done), Fraction(done + late))

    return inspection_share(
        id="inspection_published_on_time",
        variant=variant,
        term=f"检查结果按时公示率({term})",
        english=f"results published in time, {variant}",
        numerator=f"检查后{PUBLICATION_LIMIT}个工作日内公示结果的检查(检查当日不计)",
        denominator="按时公示的,加逾期才公示和截止日已逾期仍未公示的;未到期又未公示的不计",
        source=NO_RULE,
        certainty=Certainty.UNPUBLISHED,
        needs=(CALENDAR, *INSPECTIONS_NEED, PUBLISHED, *needs),
        compute=compute,
    )


FIGURES = (
    inspection_share(
        id="inspection_published",
        term="检查结果公示率",
        english="share of results published",
        numerator="截止日前已公示结果的检查",
        source=OPEN_RULE,
        needs=(*INSPECTIONS_NEED, PUBLISHED),
        compute=_published,
    ),
    _in_time("random", "双随机", (TYPE,), inspect_type=RANDOM),
    _in_time("all", "各类检查", ()),
)
