"""The figures that a view shows, from the registry: what they mean is written there and nowhere else."""

import pandas as pd

from analysis.explore.choices import Choices
from analysis.statistics.dimensions import DIMENSIONS
from analysis.statistics.facts import Facts
from analysis.statistics.figure import Figure, rounded
from analysis.statistics.registry import REGISTRY

SECTIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "办件量": (
        ("applications", ""),
        ("accepted", ""),
        ("completed", ""),
        ("approved", ""),
        ("other_endings", ""),
        ("online_accept_share", ""),
        ("completion_rate", "close_cohort"),
    ),
    "时效": (
        ("mean_days", "commitment"),
        ("median_days", "commitment"),
        ("on_time_rate", "promise"),
        ("on_time_rate", "statutory"),
        ("late_closed", "promised"),
        ("late_closed", "statutory"),
        ("time_compression_rate", "actual_vs_promised"),
        ("delivery_late", ""),
    ),
    "排队": (
        ("pending_at_start", ""),
        ("pending_at_end", ""),
        ("open_at_start", ""),
        ("open_at_end", ""),
        ("late_open", "promised"),
        ("late_open", "statutory"),
    ),
    "不予受理和许可": (
        ("not_accepted", ""),
        ("ended_before", ""),
        ("disapproved", ""),
        ("one_pass_case", ""),
        ("notice_late", ""),
    ),
}
COLUMNS = ("section", "id", "variant", "term", "value", "unit", "formula", "reason")


def figures_of(facts: Facts, choices: Choices, section: str) -> pd.DataFrame:
    """Compute the figures of one section for the chosen part.

    Args:
        facts: the facts of the chosen part.
        choices: what is chosen: not every figure means something for a month.
        section: a key of ``SECTIONS``.

    Returns:
        One row per figure: ``section``, ``id``, ``variant``, ``term``, ``value`` (text, rounded as
        printed; empty without one), ``unit``, ``formula`` and ``reason`` why there is none.
    """
    rows = [_row(REGISTRY[key], facts, choices, section) for key in SECTIONS[section]]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _row(figure: Figure, facts: Facts, choices: Choices, section: str) -> tuple[str, ...]:
    value, reason = _computed(figure, facts, choices)
    formula = figure.numerator + (f" ÷ {figure.denominator}" if figure.denominator else "")
    said = (section, figure.id, figure.variant, figure.term)
    return (*said, value, figure.unit, formula, reason)


def _computed(figure: Figure, facts: Facts, choices: Choices) -> tuple[str, str]:
    for name in choices.dimensions:
        if not DIMENSIONS[name].allows(figure):
            return "", f"不能按{DIMENSIONS[name].term}分"
    result = figure.result(facts)
    exact = figure.value(result)
    return ("" if exact is None else str(rounded(exact, figure.decimals))), result.reason
