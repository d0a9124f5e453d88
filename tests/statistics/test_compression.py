"""The compression of time limits (审批时限压缩率) and the other ratios over handling items."""

from fractions import Fraction

import pytest

from analysis.statistics.facts import Facts
from analysis.statistics.figure import rounded
from analysis.statistics.passes.tally import tally
from analysis.statistics.registry import REGISTRY
from tests.tables.build import accepted, day, item, year

# Domain research, 2.1: L = (20, 5, 60, 20), p = (1, 5, 30, 0).
VECTOR = [(20.0, 1.0), (5.0, 5.0), (60.0, 30.0), (20.0, 0.0)]
SUM, MEAN = ("time_compression_rate", "item_sum"), ("time_compression_rate", "item_mean")


def limited(code, statutory, promised, unit="W", promised_unit=None, **values):
    return item(
        code,
        statutory_limit=statutory,
        statutory_unit=unit,
        promised_limit=promised,
        promised_unit=promised_unit or unit,
        **values,
    )


NO_CASES = tally(year([]))


def result(key, items):
    made = year([], items)
    return REGISTRY[key].result(Facts(made, NO_CASES, made.items))


def share(key, items):
    found = result(key, items)
    return found.numerator / found.denominator


VECTOR_ITEMS = [limited(f"I{n}", *pair) for n, pair in enumerate(VECTOR)]


def test_vector_ratio_of_sums():
    # (105 - 36) / 105 = 69 / 105 = 0.657142857…
    assert share(SUM, VECTOR_ITEMS) == Fraction(69, 105)
    assert round(float(share(SUM, VECTOR_ITEMS)), 6) == 0.657143


def test_vector_mean_of_ratios():
    # (0.95 + 0 + 0.5 + 1) / 4 = 0.6125
    assert share(MEAN, VECTOR_ITEMS) == Fraction(6125, 10000)


def test_vector_is_printed_as_percent():
    figure = REGISTRY[SUM]
    assert round(float(figure.value(result(SUM, VECTOR_ITEMS))), 4) == 65.7143
    assert figure.unit == "%"


@pytest.mark.parametrize(
    ("unit", "number", "days"),
    [
        # 250 working days a year, 8 hours a day.
        ("W", 1.0, Fraction(1)),
        ("N", 365.0, Fraction(250)),
        ("N", 73.0, Fraction(50)),
        ("M", 12.0, Fraction(250)),
        ("M", 3.0, Fraction(125, 2)),
        ("Y", 1.0, Fraction(250)),
        ("Y", 0.5, Fraction(125)),
        ("H", 8.0, Fraction(1)),
        ("H", 2.0, Fraction(1, 4)),
    ],
)
def test_units_are_converted_to_working_days(unit, number, days):
    # Statutory: the number in its unit. Promised: nothing, so the sum saved is the whole.
    found = result(SUM, [limited("A", number, 0.0, unit, "W")])
    assert (found.numerator, found.denominator) == (days, days)


def test_limit_and_promise_may_have_different_units():
    # One year against 25 working days; two calendar months against 125/12 … = 1/4.
    assert share(SUM, [limited("A", 1.0, 25.0, "Y", "W")]) == Fraction(9, 10)
    assert share(SUM, [limited("A", 4.0, 1.0, "M")]) == Fraction(3, 4)
    assert share(SUM, [limited("A", 5.0, 4.0, "W", "H")]) == Fraction(9, 10)


WITHOUT_LIMIT = {
    "null": limited("B", None, 10.0),
    "declared": limited("B", 20.0, 10.0, no_statutory_limit=True),
    "zero": limited("B", 0.0, 0.0),
    "no promise": limited("B", 20.0, None),
    "other type": limited("B", 20.0, 20.0, item_type="07"),
    "not on the platform": limited("B", 20.0, 20.0, in_prov_system=False),
    "suspended": limited("B", 20.0, 20.0, item_status="2"),
    "ended": limited("B", 20.0, 20.0, valid_to=day("2022-12-30")),
    "not begun": limited("B", 20.0, 20.0, valid_from=day("2023-01-01")),
}


@pytest.mark.parametrize("why", WITHOUT_LIMIT)
@pytest.mark.parametrize("key", [SUM, MEAN], ids=["sum", "mean"])
def test_left_out(why, key):
    with_other = [limited("A", 20.0, 5.0), WITHOUT_LIMIT[why]]
    assert share(key, with_other) == Fraction(3, 4)


@pytest.mark.parametrize("key", [SUM, MEAN], ids=["sum", "mean"])
def test_nothing_with_a_limit_cannot_be_computed(key):
    found = result(key, [limited("A", None, 5.0, no_statutory_limit=True)])
    assert found.numerator is None
    assert found.reason == "数据不足:分母为0"


def test_promise_longer_than_the_law_shows_as_negative():
    assert share(SUM, [limited("A", 10.0, 15.0)]) == Fraction(-1, 2)


def test_handling_items_count_one_by_one_even_of_one_service():
    items = [limited("A", 20.0, 0.0, impl_code="S"), limited("B", 20.0, 20.0, impl_code="S")]
    assert share(SUM, items) == Fraction(1, 2)
    assert share(MEAN, items) == Fraction(1, 2)


@pytest.mark.parametrize(
    ("key", "printed"), [(("instant_rate", "item_flag"), "90.25"), (("avg_trips", "item_mean"), "0.0024")]
)  # fmt: skip
def test_831_handling_items_reach_both_printed_rates(key, printed):
    """Domain research, 2.3: 831 items, 750 immediate, 2 visits."""
    items = [
        item(f"I{n}", case_type="1" if n < 750 else "2", site_visits=int(n < 2)) for n in range(831)
    ]
    figure = REGISTRY[key]
    assert str(rounded(figure.value(result(key, items)), figure.decimals)) == printed


COMPRESSION = [
    ("time_compression_rate", variant) for variant in ("item_sum", "item_mean", "case_sum")
]


@pytest.mark.parametrize("key", [*COMPRESSION, ("mean_promised_limit", "")])
def test_a_catalogue_without_any_limit_has_no_compression(key):
    """It ended in an error of the program."""
    assert result(key, [limited("A", None, None)]).numerator is None


@pytest.mark.parametrize("missing", ["statutory_unit", "promised_unit"])
def test_a_limit_without_its_unit_is_not_known(missing):
    whole, without = limited("A", 20.0, 5.0), limited("B", 20.0, 10.0) | {missing: None}
    assert share(SUM, [whole, without]) == Fraction(15, 20)


def test_a_promise_without_its_unit_is_not_within_a_day():
    items = [limited("A", 20.0, 1.0), limited("B", 20.0, 1.0) | {"promised_unit": None}]
    assert share(("instant_rate", "item_1day"), items) == Fraction(1, 2)


def test_vector_weighted_by_cases():
    """Domain research, 2.1: n = (1000, 10, 5, 3000) gives 0.985065."""
    rows = [
        accepted("2022-03-01", "2022-03-01", item_code=f"I{n}")
        for n, cases in enumerate((1000, 10, 5, 3000))
        for _ in range(cases)
    ]
    found = REGISTRY["time_compression_rate", "case_sum"].result(Facts.of(year(rows, VECTOR_ITEMS)))
    assert round(float(found.numerator / found.denominator), 6) == 0.985065


def test_a_tenth_of_a_day_is_a_tenth():
    # (0.5 − 0.1) / 0.5: as binary numbers neither is what it says.
    assert share(SUM, [limited("A", 0.5, 0.1)]) == Fraction(4, 5)
