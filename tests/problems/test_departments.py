"""Standardised ratios against sums done by hand."""

import numpy as np
import pandas as pd
import pytest

from analysis.problems.departments.shrinkage import shrunk
from analysis.problems.departments.standardised import standardised
from tests.problems.asked import ask, year_of
from tests.tables.build import closed


def counts(*rows):
    columns = ["dept_code", "item_code", "stratum", "n", "events"]
    return pd.DataFrame(rows, columns=columns)


def test_ratio_is_to_what_the_others_rates_would_bring():
    """甲 has 100 easy and 300 hard cases; the others' rates are 1 % and 10 %: 31 are expected."""
    table = standardised(
        counts(
            ("甲", "a1", "easy", 100, 2),
            ("甲", "a2", "hard", 300, 29),
            ("乙", "b1", "easy", 900, 9),
            ("乙", "b2", "hard", 50, 5),
            ("丙", "c1", "easy", 300, 3),
            ("丙", "c2", "hard", 50, 5),
            ("丁", "d1", "only", 70, 60),  # nobody to compare with
        )
    )
    assert sorted(table.index) == sorted(["甲", "乙", "丙"])
    mine = table.loc["甲"]
    assert (mine["n"], mine["events"]) == (400, 31)
    assert mine["expected"] == pytest.approx(100 * 12 / 1200 + 300 * 10 / 100)
    assert mine["ratio"] == pytest.approx(1.0)
    assert mine["low"] < 1 < mine["high"]
    assert not table["verdict"].any()
    assert mine["crude"] == pytest.approx((31 / 400) / (22 / 1300))  # its cases are hard ones


def test_who_is_far_off_is_found_and_does_not_move_the_others():
    rows = [
        (f"D{k}", f"D{k}{i}", "s", 20_000, 100 + (k + i) % 3) for k in range(6) for i in range(4)
    ]
    rows += [("坏", f"坏{i}", "s", 20_000, 300) for i in range(4)]
    table = standardised(counts(*rows))
    assert table["verdict"].to_dict() == {f"D{k}": 0 for k in range(6)} | {"坏": 1}
    assert table.index[~table["reference"]].tolist() == ["坏"]
    expected = 4 * sum(100 + (k + i) % 3 for k in range(6) for i in range(4)) / 24
    assert table.loc["坏", "expected"] == pytest.approx(expected)


def test_items_that_differ_widen_the_interval():
    alike = [(f"D{k}", f"D{k}{i}", "s", 10_000, 100) for k in range(5) for i in range(6)]
    unlike = [(d, i, s, n, 10 if int(i[2:]) % 2 else 190) for d, i, s, n, _ in alike]
    narrow, wide = (standardised(counts(*rows)) for rows in (alike, unlike))
    assert (narrow["dispersion"] == 1).all()
    assert (wide["dispersion"] > 10).all()
    assert (wide["high"] - wide["low"] > 3 * (narrow["high"] - narrow["low"])).all()


def test_small_departments_are_drawn_to_the_others():
    table = pd.DataFrame(
        {"events": [0, 130, 90, 100], "expected": [1.0, 100.0, 100.0, 100.0], "dispersion": 1.0},
        index=["小", "甲", "乙", "丙"],
    )
    found = shrunk(table)
    ratio = table["events"] / table["expected"]
    mean = table["events"].sum() / table["expected"].sum()
    toward = (mean - found) / (mean - ratio)
    assert (toward.between(0, 1)).all()
    assert toward["小"] < toward["甲"]
    assert np.isfinite(found).all()


def test_departments_outside_are_named_and_shown_first():
    """The smallest department is late in 40 % of its cases, six others in 2 % of theirs."""
    late, in_time = ("2022-03-15 09:00", "2022-03-14 17:00")  # promised: five working days
    cases = [
        closed("2022-03-07", "2022-03-07", late if n < bad else in_time, dept_code=dept)
        for dept, of, bad in [*((f"D{k}", 200, 4) for k in range(6)), ("D9", 100, 40)]
        for n in range(of)
    ]
    answer = ask(year_of(cases), "departments_promises").answer
    assert answer.number == 1
    assert answer.comparison[0] == "高于其他部门的:D9"
    assert answer.evidence["部门"].iloc[0] == "D9"
    assert answer.evidence["校正后的p值"].iloc[0] == "不到0.001"
    assert (answer.evidence["与其他部门相比"] == "高于").tolist() == [True] + [False] * 6
