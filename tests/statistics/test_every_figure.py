"""Every figure that is computed is worked out a second time, case by case, in some random test."""

from datetime import date

from analysis.statistics.registry import REGISTRY
from tests.statistics import (
    test_random_catalogues,
    test_random_clocks,
    test_random_supervision,
    test_random_years,
)


def recomputed():
    end = date(test_random_years.YEAR, 12, 31)
    names = test_random_years.plain([], test_random_years.YEAR, end)
    of_years = {
        (name, test_random_years.VARIANTS.get(name, "")) for name in names if name != "case_flag"
    } | {("instant_rate", "case_flag")}
    of_items = test_random_catalogues
    catalogue = {*of_items.access([], [], []), *of_items.counts([]), *of_items.limits([], [], [])}
    clocks = set(test_random_clocks.Plain([], end).figures())
    rows = {"cases": [], "inspections": [], "evaluations": [], "staff": []}
    supervision = set(test_random_supervision.Plain(rows, end).shares())
    # By loops, rule by rule.
    rules = {key for key in REGISTRY if key[0] in ("catalogue_rule_broken", "catalogue_rules_kept")}
    return of_years | catalogue | clocks | supervision | rules


def test_every_figure_is_covered():
    computed = {key for key, figure in REGISTRY.items() if figure.compute}
    assert computed <= recomputed()
