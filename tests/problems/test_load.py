"""Load and duration against planted slopes and statsmodels."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.problems.finding import Verdict
from analysis.problems.squeeze.durations import durations
from analysis.problems.squeeze.load import compared, last_month, relation
from tests.problems.asked import ask, year_of
from tests.tables.build import closed, heads


def test_load_is_compared_within_departments_only():
    """Busier departments are faster here, busier months slower: the slope is that of the months."""
    rows = [
        (f"D{d}", m, x := 1 + 0.05 * ((d * 5 + m * 3) % 7 - 3), 2 - 0.1 * d + 0.5 * x + 0.01 * m)
        for d in range(10)
        for m in range(8)
    ]
    table = pd.DataFrame(rows, columns=["dept_code", "month", "load", "taken"])
    found = relation(table)
    assert found is not None
    assert found.value == pytest.approx(0.5)
    assert relation(table[table["dept_code"] < "D7"]) is None


def started(cells):
    """Make courses of (department, item, month, mean days, cases)."""
    rows = pd.DataFrame(cells, columns=["dept_code", "item_code", "month", "days", "n"])
    return rows.assign(accepted_month=rows["month"])


def seasonal(slope, busiest=3):
    """Ten departments: a slow item makes most of the three busiest months, exactly as slow in them."""
    cells, loads = [], {}
    for d in range(10):
        load = np.roll([60, 70, 80, 90, 100, 110, 120, 130, 140, 100], 3 * d)
        loads[f"D{d}"] = load
        for month, n in enumerate(load, start=1):
            factor = 1 + slope * (n / load.mean() - 1)
            slow = n // 2 if n >= sorted(load)[-busiest] else 0
            cells += [
                (f"D{d}", "plain", month, 5 * factor, n - slow - 20),
                (f"D{d}", "other", month, 8 * factor, 20),
            ]
            cells += [(f"D{d}", "slow", month, 15 * factor, slow)] if slow else []
    keys = pd.MultiIndex.from_product([loads, range(1, 11)], names=["dept_code", "month"])
    return started(cells).drop(columns="month"), pd.Series(1.0, keys)


@pytest.mark.parametrize("slope", [0.0, 0.3, 1.0])
def test_an_item_of_busy_months_does_not_hide_the_load(slope):
    """The true slope, whichever items the busy months have."""
    found = relation(compared(*seasonal(slope), 10))
    assert found is not None
    assert found.value == pytest.approx(slope, abs=1e-6)


def test_durations_are_those_of_a_poisson_regression():
    """With item and month as effects and the cases as exposure, by statsmodels."""
    import statsmodels.api as sm

    rng = np.random.default_rng(3)
    cells = [
        ("D1", f"I{i}", month, rng.uniform(1, 20), int(rng.integers(1, 30)))
        for i in range(6)
        for month in range(1, 9)
        if rng.random() < 0.7
    ]
    rows = started(cells)
    effects = pd.get_dummies(rows[["item_code", "month"]].astype(str), dtype=float)
    effects = effects.drop(columns="month_1")
    model = sm.GLM(rows["days"] * rows["n"], effects, sm.families.Poisson(), exposure=rows["n"])
    fitted = np.exp(model.fit(tol=1e-12).params)
    found = durations(rows)["D1"]
    for month in range(2, 9):
        assert found[month] / found[1] == pytest.approx(fitted[f"month_{month}"], rel=1e-6)


def test_months_without_items_in_common_are_not_compared():
    """An item of its own each month tells nothing; of two groups of months the larger is kept."""
    own = [(f"D{d}", f"I{m}", m, 5.0, 100) for d in range(10) for m in range(1, 11)]
    present = seasonal(0.0)[1]
    table = compared(started(own).drop(columns="month"), present, 10)
    assert table.empty
    assert relation(table) is None
    halves = [("D1", "A" if m <= 4 else "B", m, 5.0 + m, 100) for m in range(1, 11)]
    assert durations(started(halves))["D1"].index.tolist() == [5, 6, 7, 8, 9, 10]


@pytest.mark.parametrize(
    ("cutoff", "last"),
    [
        ("2022-12-31", 10),
        ("2022-07-01", 4),
        ("2022-06-30", 4),
        ("2022-06-29", 3),
        ("2022-02-01", -1),
    ],
)
def test_months_that_ended_less_than_two_months_ago_do_not_count(cutoff, last):
    assert last_month(date.fromisoformat(cutoff)) == last


def test_a_year_that_has_hardly_begun_has_no_months_to_compare():
    staff = pd.DataFrame([heads("D1", "2022", "approval", 4, 4.0)])
    rows = [closed("2022-01-05", "2022-01-05", "2022-01-10") for _ in range(30)]
    early = year_of(rows, staff=staff, cutoff=date(2022, 2, 28))
    assert ask(early, "load_duration").verdict is Verdict.INSUFFICIENT
