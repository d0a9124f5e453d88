"""Standardised ratios against sums done by hand."""

import numpy as np
import pandas as pd
import pytest

from analysis.problems.departments.dispersion import unlikeness
from analysis.problems.departments.family import judged_together
from analysis.problems.departments.reference import against_others
from analysis.problems.departments.shrinkage import shrunk
from analysis.problems.departments.standardised import standardised
from analysis.problems.departments.strata import BROKEN, strata
from analysis.problems.finding import Answer, Finding, Verdict
from analysis.problems.findings import QUESTIONS
from analysis.problems.grounds import Grounds
from analysis.report import palette
from analysis.report.problems.drawings import drawn
from analysis.statistics.kept import kept_facts
from tests.problems.asked import ask, year_of
from tests.tables.build import accepted, closed, item


def counts(*rows):
    columns = ["dept_code", "item_code", "kind", "n", "events"]
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


def handled(department: int, n: int, late: int, item_of: int | None = None) -> list[dict]:
    """Cases of six working days; 2022-03-11 is the eighth after their acceptance, too late."""
    of = department if item_of is None else item_of
    return [
        closed(
            "2022-03-01 09:00",
            "2022-03-01 09:00",
            f"2022-03-{11 if k < late else 3:02d} 15:00",
            item_code=f"I{of}",
            dept_code=f"D{department}",
        )
        for k in range(n)
    ]


def items(n: int, **columns) -> list[dict]:
    return [item(f"I{k}", dept_code=f"D{k}", dept_name=f"局{k}", **columns) for k in range(n)]


def test_a_stray_case_elsewhere_takes_nobody_out_of_the_comparison():
    """D0 is late five times as often; one case of its item was booked under D1."""
    cases = [case for d in range(6) for case in handled(d, 400, 60 if d == 0 else 12)]
    of_item = ask(year_of(cases, items=items(6)), "departments_promises").answer
    stray = ask(
        year_of([*cases, *handled(1, 1, 0, item_of=0)], items=items(6)), "departments_promises"
    ).answer
    for answer in (of_item, stray):
        assert answer.number == 1
        assert dict(answer.counts)["比较的部门"] == 6
        first = answer.evidence.set_index("部门").loc["局0"]
        assert first["与其他部门相比"] == "高于"
        assert first["按事项结构应有"] == pytest.approx(12, abs=0.1)


def test_a_rate_of_few_cases_of_others_is_not_held_against_many():
    """D1 has 10,000 of A, D2 one: D1's are held against the kind (2 %), D2's against D1's."""
    rows = [("D1", "A", "k", 10_000, 200), ("D2", "A", "k", 1, 1)]
    rows += [(d, f"B{d}", "k", 3_000, 60) for d in ("D1", "D2", "D3", "D4")]
    table = standardised(counts(*rows))
    assert table.loc["D1", "expected"] == pytest.approx(13_000 * (1 + 3 * 60) / (1 + 9_000))
    used = against_others(counts(*rows), []).set_index(["dept_code", "item_code"])["stratum"]
    assert used["D1", "A"] == "kind|k"
    assert used["D2", "A"] == "item_code|A"
    assert (table["dispersion"] == 1).all()


def test_what_nobody_else_has_much_of_is_not_compared():
    rows = [(f"D{k}", f"I{k}", "k", 1_000, 30) for k in range(4)]
    table = standardised(
        counts(*rows, ("孤", "I9", "only", 1_000, 300), ("D0", "I8", "only", 29, 0))
    )
    assert sorted(table.index) == ["D0", "D1", "D2", "D3"]


def test_departments_left_out_are_named():
    cases = [case for d in range(4) for case in handled(d, 100, 10)]
    answer = ask(
        year_of([*cases, *handled(4, 1, 0)], items=items(5)), "departments_promises"
    ).answer
    assert dict(answer.counts)["比较的部门"] == 4
    assert any("1 个部门" in said and said.endswith("局4") for said in answer.comparison)


def test_who_alone_has_events_is_above_the_others():
    """50 of 1,000 against none of 3,000: were all alike, all 50 in one by (1/4)^50."""
    rows = [("独", "i", "k", 1_000, 50)]
    rows += [(f"D{k}", f"I{k}", "k", 1_000, 0) for k in range(3)]
    table = standardised(counts(*rows))
    assert table["verdict"].to_dict() == {"独": 1, "D0": 0, "D1": 0, "D2": 0}
    assert table.loc["独", "p_value"] == pytest.approx(0.25**50)
    assert np.isinf(table.loc["独", "ratio"])
    # Lower end: the share of the events whose 50th power is twice 2.5 %, as a ratio of rates.
    share = 0.05 ** (1 / 50)
    assert table.loc["独", "low"] == pytest.approx(3 * share / (1 - share))


def test_twenty_more_cases_do_not_cost_the_power():
    """Eight departments with one item of 3,000 cases at 3 %, one at 6 %; and a small item each."""
    for small in (20, 100):
        rng, seen = np.random.default_rng(7), 0
        for _ in range(20):
            rows = []
            for d in range(8):
                rate = 0.06 if d == 0 else 0.03
                rows.append((f"D{d}", f"I{d}", "k", 3_000, rng.binomial(3_000, rate)))
                rows.append((f"D{d}", f"J{d}", "k", small, rng.binomial(small, rate)))
            seen += standardised(counts(*rows)).loc["D0", "verdict"] == 1
        assert seen >= 0.9 * 20, small


def test_unlike_items_give_their_variance_and_tiny_ones_nothing():
    """Items of 100 expected with 60 and 140 events: 16 + 16 - 1, over 100 · 2 · (1 - 1/2)."""
    rows = []
    for d in range(2):
        rows += [(f"D{d}", f"{d}a", "k", 1_000, 60), (f"D{d}", f"{d}b", "k", 1_000, 140)]
    found = unlikeness(against_others(counts(*rows), []))
    assert found == pytest.approx((4 * 16 - 2) / (2 * 100))
    tiny = [(f"D{d}", f"{d}c", "k", 20, 2) for d in range(2)]
    with_tiny = unlikeness(against_others(counts(*rows, *tiny), []))
    assert with_tiny == pytest.approx(found)


def test_nobody_changes_sides_where_only_the_mix_differs():
    """Rates are the same in all departments; 5 % of years may have one that is said to differ."""
    rng, alarms = np.random.default_rng(3), 0
    for _ in range(60):
        rows = []
        for d in range(12):
            mix = rng.dirichlet([1, 1, 1])
            for k, rate in enumerate((0.01, 0.03, 0.08)):
                n = int(4_000 * mix[k])
                rows.append((f"D{d:02d}", f"I{d}{k}", f"k{k}", n, rng.binomial(n, rate)))
        judged = judged_together({"a": standardised(counts(*rows))}, "a")
        alarms += judged["a"]["turned"].any()
    assert alarms <= 7  # of 60, by chance at 5 %: more in 1 of 500


def test_who_has_hard_cases_and_handles_them_well_changes_sides():
    """Crude 4 % against 2.6 %; of hard cases 5 % against 10 %, of easy ones 0.4 % against 1 %."""
    rows = [("甲", "h", "hard", 2_000, 100), ("甲", "e", "easy", 500, 2)]
    for d in range(6):
        rows += [(f"D{d}", f"h{d}", "hard", 2_000, 200), (f"D{d}", f"e{d}", "easy", 9_000, 90)]
    table = judged_together({"a": standardised(counts(*rows))}, "a")["a"]
    assert table.index[table["turned"]].tolist() == ["甲"]
    assert table.loc["甲", "crude"] > 1 > table.loc["甲", "high"]


def test_all_aspects_are_one_family():
    """The fourth p value of four and of eight: Benjamini-Hochberg by hand."""
    one = pd.DataFrame(
        {"p_value": [0.01, 0.2, 0.3, 0.4], "turned_p": 1.0, "ratio": 2.0}, index=list("甲乙丙丁")
    )
    alone = judged_together({"a": one}, "b")["a"]
    assert alone.loc["甲", "adjusted_p"] == pytest.approx(0.04)
    assert alone.loc["甲", "verdict"] == 1
    both = judged_together({"a": one, "b": one.assign(p_value=0.9)}, "b")
    assert both["a"].loc["甲", "adjusted_p"] == pytest.approx(0.01 * 12)
    assert not both["a"]["verdict"].any()


def test_supplements_are_of_cases_accepted_and_say_so():
    cases = [
        accepted(
            "2022-03-01 09:00",
            "2022-03-02 10:00",
            item_code=f"I{d}",
            dept_code=f"D{d}",
            supp_rounds=int(k < (60 if d == 0 else 10)),
        )
        for d in range(4)
        for k in range(100)
    ]
    found = ask(year_of(cases, items=items(4)), "departments_supplements")
    assert dict(found.answer.counts)["有同类办件可比的办件"] == 400
    assert "年内受理" in found.question.scope
    assert "年内办结" not in found.question.scope


def test_limits_are_banded_in_working_days():
    """Six months are 125 working days, not six."""
    of = items(2, statutory_limit=6.0, statutory_unit="W")
    of[1]["statutory_unit"] = "M"
    cases = [case for d in range(2) for case in handled(d, 3, 1)]
    kinds = strata(Grounds(kept_facts(year_of(cases, items=of))), BROKEN)["kind"]
    assert kinds.str.split("|").str[1].tolist() == ["1", "3"]


def test_the_chart_sets_off_who_the_verdict_does():
    """Its lines are the table's intervals; one that leaves out 1 need not be outside."""
    table = pd.DataFrame(
        {
            "部门": ["甲", "乙", "丙"],
            "按事项结构应有": [100.0, 50.0, 0.0],
            "标准化比": [2.0, 1.3, np.nan],
            "区间下限": [1.6, 1.01, 0.4],
            "区间上限": [2.4, 1.6, np.nan],
            "与其他部门相比": ["高于", "未超出偶然", "未超出偶然"],
        }
    )
    question = QUESTIONS["departments_promises"]
    shown = drawn(Finding(question, Answer(1.0, evidence=table), Verdict.SIGNS))
    assert shown is not None
    ax, words = shown
    lines, inside, outside = ax.collections
    ends = [tuple(segment[:, 1]) for segment in lines.get_segments()]
    assert ends == [(1.6, 2.3), (1.01, 1.6)]  # the axis ends at 2.3
    assert outside.get_offsets().tolist() == [[100.0, 2.0]]
    assert inside.get_offsets().tolist() == [[50.0, 1.3]]
    assert palette.ACCENT != palette.SUBJECT
    assert "超出偶然的:甲。" in words.alt


def test_lateness_of_departments_names_the_traps_of_lateness():
    for question in ("departments_promises", "departments_reversed"):
        assert "bulk_entry" in QUESTIONS[question].traps
