"""The figures that look at the catalogue, some of them with the cases of its items."""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from facts import RULES, UNITS

COUNTS = (
    "licence_items_total", "licence_items_on_platform", "handling_items", "licence_main_items",
    "licence_basic_items", "departments_with_licence_items", "licence_items_previous_year",
    "licence_items_added", "licence_items_removed", "licence_items_delegated", "promises_shortened",
    "items_made_immediate", "tolerant_items_before", "tolerant_departments_before", "tolerant_items",
    "tolerant_departments", "commitment_items", "commitment_departments", "one_thing_packages",
    "package_items", "package_items_repeated", "package_departments", "service_items_on_application",
    "service_items_material_reduced", "service_items_step_reduced", "uncatalogued",
)  # fmt: skip
SHARES_OF_ITEMS = {
    "instant_rate item_flag": "items_immediate",
    "instant_rate item_1day": "items_within_a_day",
    "avg_trips item_mean": "items_visits",
    "visits_zero_share ": "items_without_visit",
    "at_most_one_trip_rate visits_le1_share": "items_with_one_visit",
    "online_full_process_rate online_full_item": "items_online_full",
    "online_available_rate online_item": "items_online",
}


class Limit(NamedTuple):
    """How many items have these limits, and how many cases of them were accepted in the year."""

    statutory: float
    statutory_unit: str
    promised: float
    promised_unit: str
    items: int
    accepted: int


def figures_of_catalogue(n: Mapping[str, Fraction], limits: list[Limit]) -> dict[str, object]:
    """Return the figures by ``id variant``; the arguments are those of ``Counted``."""
    return {
        **{f"{name} ": n[name] for name in COUNTS},
        **{figure: (n[name], n["handling_items"]) for figure, name in SHARES_OF_ITEMS.items()},
        **_compression(limits),
        **_services(n),
        **_rules(n),
        "avg_trips case_mean": (n["weighted_visits"], n["weighted_by"]),
        "tolerant_items_used ": (n["tolerant_licences_used"], n["tolerant_licences"]),
        "elements_complete_share ": (n["elements_complete"], n["catalogue_rows"]),
    }


def _compression(limits: list[Limit]) -> dict[str, object]:
    items = [limit.items for limit in limits]
    cases = [limit.accepted for limit in limits]
    statutory = [Fraction(limit.statutory) * UNITS[limit.statutory_unit] for limit in limits]
    promised = [Fraction(limit.promised) * UNITS[limit.promised_unit] for limit in limits]

    def total(weights: list[int], values: list[Fraction]) -> Fraction:
        return sum((w * v for w, v in zip(weights, values, strict=True)), Fraction(0))

    saved = [s - p for s, p in zip(statutory, promised, strict=True)]
    ratios = [s / by for s, by in zip(saved, statutory, strict=True)]
    return {
        "time_compression_rate item_sum": (total(items, saved), total(items, statutory)),
        "time_compression_rate item_mean": (total(items, ratios), sum(items)),
        "time_compression_rate case_sum": (total(cases, saved), total(cases, statutory)),
        "mean_promised_limit ": (total(items, promised), sum(items)),
    }


def _services(n: Mapping[str, Fraction]) -> dict[str, object]:
    services, packages = n["service_items_on_application"], n["one_thing_packages"]
    return {
        "items_per_package ": (n["package_items_repeated"], packages),
        "departments_per_package ": (n["package_departments_repeated"], packages),
        "material_reduced_share ": (n["service_items_material_reduced"], services),
        "step_reduced_share ": (n["service_items_step_reduced"], services),
        "materials_saved_rate ": (n["materials_saved"], n["materials_before"]),
        "steps_saved_rate ": (n["steps_saved"], n["steps_before"]),
    }


def _rules(n: Mapping[str, Fraction]) -> dict[str, object]:
    applied = sum((n[f"{rule}_applies"] for rule in RULES), Fraction(0))
    broken = {rule: n[f"{rule}_broken"] for rule in RULES}
    return {
        "catalogue_rules_kept ": (applied - sum(broken.values()), applied),
        **{f"catalogue_rule_broken {rule}": k for rule, k in broken.items()},
    }
