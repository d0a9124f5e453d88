"""Delegated items: who is compared with whom, and changes worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from analysis.problems.delegation.changes import (
    DURATION,
    VOLUME,
    around,
    change,
    monthly,
    slope_before,
)
from analysis.problems.delegation.effects import Stacked, effect, event_study, trend_before
from analysis.problems.delegation.items import stacks
from analysis.problems.delegation.panel import number_of

JANUARY, OCTOBER = number_of(2022, 1), number_of(2022, 10)


def items(*rows):
    table = pd.DataFrame(rows, columns=["item_code", "dept_code", "since", "delegated"])
    return table.assign(since=pd.to_datetime(table["since"])).set_index("item_code")


def test_controls_are_never_delegated_items_of_the_same_department():
    found = stacks(
        items(
            ("new", "D1", "2022-05-01", True),
            ("midway", "D1", "2022-05-02", True),  # its first whole month is June
            ("late", "D1", "2022-09-01", True),  # two months after it are too few
            ("undated", "D1", None, True),
            ("own", "D1", None, False),
            ("alone", "D2", "2022-05-01", True),  # nothing beside it
            ("elsewhere", "D3", None, False),
        ),
        JANUARY,
        OCTOBER,
        3,
    )
    rows = set(found[["item_code", "wave", "treated"]].itertuples(index=False, name=None))
    assert rows == {
        ("new", number_of(2022, 5), True),
        ("midway", number_of(2022, 6), True),
        ("own", number_of(2022, 5), False),
        ("own", number_of(2022, 6), False),
    }


def world(factor):
    """Eight items of two departments; from May on the delegated ones take ``factor`` times as long."""
    rows, panel = [], []
    for place in range(16):
        treated = place % 2 == 0
        name, usual = f"I{place:02d}", 4 + place % 3
        rows.append((name, f"D{place % 4 // 2}", number_of(2022, 5), treated))
        for month in range(JANUARY, OCTOBER + 1):
            n = 20 + place
            drift = 1 + 0.01 * ((place * 7 + month * 3) % 5 - 2)
            longer = factor if treated and month >= number_of(2022, 5) else 1.0
            panel.append((name, month, n, n, n * usual * drift * longer, 0, 0))
    columns = ["item_code", "month", "accepted", "closed", "days", "supplemented", "late"]
    stacked = pd.DataFrame(rows, columns=["item_code", "dept_code", "wave", "treated"])
    near = around(stacked, pd.DataFrame(panel, columns=columns))
    return Stacked(stacked, near, (JANUARY, OCTOBER))


def test_difference_in_differences_is_that_of_the_means():
    """Departments are alike in size here, so the coefficient is a plain difference of means."""
    of = world(1.3)
    near = of.near
    sums = near.groupby(["row", near["k"] >= 0])[["days", "closed"]].sum()
    level = np.log(sums["days"] / sums["closed"]).unstack()
    moved = (level[True] - level[False]).to_numpy()
    treated = of.rows["treated"].to_numpy()
    found = effect(of, DURATION)
    assert found.estimate.value == pytest.approx(moved[treated].mean() - moved[~treated].mean())
    assert found.estimate.low < np.log(1.3) < found.estimate.high
    assert found.estimate.p_above < 0.001
    assert (found.treated, found.controls) == (8, 8)
    assert effect(of, VOLUME).estimate.value == pytest.approx(0.0)
    assert trend_before(of, DURATION).estimate.p_value > 0.05
    events = event_study(of, DURATION).set_index("k")["value"]
    assert (events[events.index >= 0] > 0.2).all()
    assert (events[events.index < 0].abs() < 0.05).all()


def test_volume_is_per_month_of_the_data():
    of = world(1.0)
    assert change(of.near, VOLUME, of.span).abs().max() == pytest.approx(0.0)


def test_slope_before_is_that_of_a_straight_line():
    of = world(1.0)
    months = monthly(of.near, DURATION)
    early = [k for k in months.columns if k < 0]
    expected = np.polyfit(early, months[early].to_numpy().T, 1)[0]
    assert slope_before(months).to_numpy() == pytest.approx(expected)


def test_few_items_say_nothing():
    of = world(1.3)
    few = Stacked(of.rows.iloc[:6], of.near[of.near["row"] < 6], of.span)
    assert effect(few, DURATION) is None
