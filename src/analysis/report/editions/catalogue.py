"""The catalogue alone (只看目录): what the public edition shows of it, without any case or person."""

from dataclasses import replace

from analysis.report.editions.protected_sections import ABSENT
from analysis.report.html import Html, note
from analysis.report.released.figures import is_free
from analysis.report.sections import items
from analysis.sources.reductions import four_reductions as declared_reductions
from analysis.statistics.facts import Facts
from analysis.statistics.registry import REGISTRY
from analysis.tables.reduction import Reduction


def catalogue_only(facts: Facts) -> Facts:
    """Return facts without anything that counts cases or persons."""
    nothing = {name: rows.iloc[:0] for name, rows in facts.oversight.items()}
    return replace(facts, tally=facts.tally.iloc[:0], oversight=nothing)


def four_reductions(catalogue: Facts) -> Html:
    """Return the four reductions (四减), as far as they are of the catalogue."""
    declared = declared_reductions(catalogue.year.place.slug)
    listed = tuple(each for each in declared.reductions if not _counts_cases(each))
    made = items.four_reductions(catalogue, replace(declared, reductions=listed))
    gone = "、".join(each.term for each in declared.reductions if _counts_cases(each))
    return made + (note(ABSENT, f"以办件计的{gone}") if gone else Html())


def _counts_cases(reduction: Reduction) -> bool:
    figure = REGISTRY.get((reduction.figure, reduction.variant))
    return figure is not None and not is_free(figure)
