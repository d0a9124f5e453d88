"""Every figure that is computed is worked out a second time, case by case, in some random test."""

import importlib
import inspect
from datetime import date

from analysis.statistics.figures import REGISTRY
from tests.statistics import (
    test_random_catalogues,
    test_random_clocks,
    test_random_supervision,
    test_random_years,
)

# Worked out by hand on rows made for them, where random rows would say little more.
BY_HAND = {
    ("survival_median_days", "commitment"): "test_figures",
    ("time_compression_rate", "item_sum"): "test_compression",
    ("time_compression_rate", "item_mean"): "test_compression",
    ("time_compression_rate", "case_sum"): "test_figures",
    ("mean_promised_limit", ""): "test_figures",
    ("instant_rate", "item_flag"): "test_figures",
    ("instant_rate", "item_1day"): "test_figures",
    ("licence_items_on_platform", ""): "test_figures",
    ("handling_items", ""): "test_figures",
    ("promises_shortened", ""): "test_catalogue",
    ("items_made_immediate", ""): "test_catalogue",
    ("catalogue_rules_kept", ""): "test_random_catalogues",
}


def recomputed():
    end = date(test_random_years.YEAR, 12, 31)
    names = test_random_years.plain([], test_random_years.YEAR, end)
    of_years = {
        (name, test_random_years.VARIANTS.get(name, "")) for name in names if name != "case_flag"
    } | {("instant_rate", "case_flag")}
    catalogue = {*test_random_catalogues.access([], [], []), *test_random_catalogues.counts([])}
    clocks = set(test_random_clocks.Plain([], end).figures())
    rows = {"cases": [], "inspections": [], "evaluations": [], "staff": []}
    supervision = set(test_random_supervision.Plain(rows, end).shares())
    rules = {key for key in REGISTRY if key[0] == "catalogue_rule_broken"}  # by loops, rule by rule
    return of_years | catalogue | clocks | supervision | rules


def test_every_figure_is_covered():
    computed = {key for key, figure in REGISTRY.items() if figure.compute}
    assert computed - recomputed() - set(BY_HAND) == set()
    assert set(BY_HAND) <= computed


def test_what_is_covered_by_hand_is_named_there():
    for (figure, _), module in BY_HAND.items():
        source = inspect.getsource(importlib.import_module(f"tests.statistics.{module}"))
        assert figure in source, (figure, module)
