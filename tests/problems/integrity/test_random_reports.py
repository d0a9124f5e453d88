"""Random reports: consistent ones are never flagged, one large enough error always is."""

from fractions import Fraction
from math import floor

import pandas as pd
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.problems.integrity.audit import audit_report, failing
from analysis.problems.integrity.printed import Mode

counts = st.integers(0, 3_000_000)
TERMS = {
    "applications": ("申请量", "接收申请", "行政许可申请量"),
    "accepted": ("受理", "受理量"),
    "not_accepted": ("不受理", "不受理量"),
    "refused_acceptance": ("不予受理",),
    "completed": ("办结", "行政许可办结量"),
    "approved": ("准予许可", "审批同意", "许可数量"),
    "disapproved": ("不予许可", "不予批准", "审批不同意量"),
    "withdrawn": ("撤回", "企业申请撤回"),
    "forwarded": ("转报",),
    "terminated": ("终止",),
    "revoked": ("撤销",),
}


def to_place(value, step, mode):
    """Round to a multiple of step, in plain integer arithmetic."""
    half = Fraction(step, 2) if mode is Mode.HALF_UP else 0
    return floor((Fraction(value) + half) / step) * step


def printed(value, step, mode, *, drop_nought):
    """How a report prints a count: (text, unit)."""
    if step == 1:
        return f"{value:,}", "件"
    decimals = {100: 2, 1000: 1, 10_000: 0}[step]
    text = f"{to_place(value, step, mode) / 10_000:.{decimals}f}"
    if drop_nought and decimals == 1:
        text = text.removesuffix(".0")
    return text, "万件"


@st.composite
def consistent(draw):
    """True figures of a report that adds up, and how it prints each."""
    true = {"accepted": draw(counts), "approved": draw(counts), "disapproved": draw(counts)}
    chosen = draw(st.sets(st.sampled_from(["withdrawn", "forwarded", "terminated", "revoked"])))
    true |= {name: draw(counts) for name in sorted(chosen)}
    parts = [name for name in true if name != "accepted"]
    if "revoked" in parts and draw(st.booleans()):
        parts.remove("revoked")  # licences revoked later are not among the year's outcomes
    true["completed"] = sum(true[name] for name in parts)
    refused = draw(st.sets(st.sampled_from(["not_accepted", "refused_acceptance"]), min_size=1))
    true |= {name: draw(st.integers(0, 9_999)) for name in sorted(refused)}
    true["applications"] = true["accepted"] + sum(true[name] for name in refused)
    steps = {name: draw(st.sampled_from([1, 1, 100, 1000, 10_000])) for name in true}
    return true, steps, draw(st.sampled_from(list(Mode))), draw(st.booleans())


def report(draw, true, steps, mode, drop_nought):
    rows = []
    for name, value in true.items():
        text, unit = printed(value, steps[name], mode, drop_nought=drop_nought)
        rows.append((draw(st.sampled_from(TERMS[name])), text, unit))
    return pd.DataFrame(rows, columns=["指标", "数值", "单位"])


@settings(deadline=None, max_examples=80)
@given(st.data())
def test_consistent_reports_are_never_flagged(data):
    true, steps, mode, drop_nought = data.draw(consistent())
    checks = audit_report(report(data.draw, true, steps, mode, drop_nought))
    assert "待确认" not in set(checks["结论"])
    wrong = failing(checks)
    assert wrong.empty, wrong[["检查", "算式", "说明"]].to_string()


@settings(deadline=None, max_examples=80)
@given(st.data())
def test_an_error_larger_than_rounding_can_hide_is_flagged(data):
    true, steps, mode, drop_nought = data.draw(consistent())
    assume("revoked" not in true)  # its two readings may hide an error of its own size
    # A figure is at most two of its last places from what any reading makes of it.
    hidden = 2 * sum(max(step, 10_000 if step == 1000 else 1) for step in steps.values())
    changed = data.draw(st.sampled_from(sorted(true)))
    error = data.draw(st.integers(hidden + 1, hidden + 1_000_000)) * data.draw(
        st.sampled_from([1, -1])
    )
    assume(true[changed] + error >= 0)
    true[changed] += error
    # 撤回, 转报, 终止 may be counted in or not: where the total closes without them, nothing is wrong.
    without = true["completed"] - true["approved"] - true["disapproved"]
    assume(abs(without) > hidden or not {"withdrawn", "forwarded", "terminated"} & set(true))
    checks = audit_report(report(data.draw, true, steps, mode, drop_nought))
    wrong = failing(checks)
    assert not wrong.empty
    assert wrong["算式"].str.len().gt(0).all()


@settings(deadline=None, max_examples=80)
@given(counts, counts, st.integers(-400, 400), st.sampled_from(list(Mode)))
def test_the_limit_of_what_rounding_hides_is_exact(approved, disapproved, error, mode):
    """Two figures rounded to 0.01万 and an exact sum: flagged just where no integers fit."""
    completed = approved + disapproved + error
    assume(completed >= 0)
    rows = [("办结", f"{completed}", "件")]
    ranges = {Mode.HALF_UP: [0, 0], Mode.TRUNCATED: [0, 0]}
    for term, value in (("同意", approved), ("不同意", disapproved)):
        shown = to_place(value, 100, mode)
        rows.append((term, f"{shown / 10_000:.2f}", "万件"))
        for reading, ends in ranges.items():
            fits = [
                n
                for n in range(max(shown - 101, 0), shown + 102)
                if to_place(n, 100, reading) == shown
            ]
            ends[0] += fits[0]
            ends[1] += fits[-1]
    possible = any(low <= completed <= high for low, high in ranges.values())
    wrong = failing(audit_report(pd.DataFrame(rows, columns=["指标", "数值", "单位"])))
    assert wrong.empty == possible


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 3_000_000), st.integers(0, 3_000_000), st.sampled_from(list(Mode)))
def test_a_consistent_rate_is_never_flagged(accepted, completed, mode):
    rate = to_place(Fraction(completed * 10_000, accepted), 1, mode)
    rows = [
        ("受理", str(accepted), "件"),
        ("办结", str(completed), "件"),
        ("办结率", f"{rate / 100:.2f}", "%"),
    ]
    checks = audit_report(pd.DataFrame(rows, columns=["指标", "数值", "单位"]))
    assert failing(checks).empty
