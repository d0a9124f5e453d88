"""Verdicts (核验结论) on identities: what rounding allows for, and what it does not."""

from collections.abc import Mapping
from fractions import Fraction

from analysis.problems.integrity import sides
from analysis.problems.integrity.findings import AGREEING, Finding, Verdict, digits, equals
from analysis.problems.integrity.identities import Form
from analysis.problems.integrity.intervals import Interval
from analysis.problems.integrity.printed import Mode, Printed


def differences_of(
    form: Form, values: Mapping[str, Printed], *, coarse: bool
) -> dict[Mode, Interval]:
    """Return what left less right can be, for each way a report may round."""
    modes = list(Mode) if any(values[figure].steps for figure in form.figures) else [Mode.HALF_UP]
    found = {}
    for mode in modes:

        def read(figure: str, mode: Mode = mode) -> Interval:
            return values[figure].interval(mode, coarse=coarse)

        found[mode] = sides.interval(form.identity.left, read) - sides.interval(form.right, read)
    return found


def verdict_on(
    form: Form,
    residual: Fraction,
    differences: Mapping[Mode, Interval],
    values: Mapping[str, Printed],
) -> Verdict:
    """Return whether an identity holds, as printed or once rounding is allowed for."""
    identity = form.identity
    if identity.relation == "gap":
        return Verdict.GAP
    if identity.relation == "<=":
        if any(map(_can_be_at_most_nought, differences.values())):
            return Verdict.HOLDS if residual <= 0 else Verdict.ROUNDING
        return Verdict.EXCEEDS if identity.excess else Verdict.RESIDUAL
    if any(0 in difference for difference in differences.values()):
        return Verdict.HOLDS if residual == 0 else Verdict.ROUNDING
    explained = identity.gap_unless and not any(f in values for f in identity.gap_unless)
    return Verdict.GAP if explained else Verdict.RESIDUAL


def _can_be_at_most_nought(difference: Interval) -> bool:
    low = difference.low
    return low is None or low < 0 or (low == 0 and difference.has_low)


def rounded(form: Form, values: Mapping[str, Printed], check: str) -> Finding:
    """Compare a printed rate with the quotient that it should be, at the printed decimals."""
    (figure,) = sides.names(form.identity.left)
    printed = values[figure]
    exact = sides.value(form.right, values)
    per = 1 / printed.scale
    unit = Fraction(1, 10**printed.decimals)
    half_up = (exact * per / unit + Fraction(1, 2)) // 1 * unit
    cut = exact * per / unit // 1 * unit
    said = printed.value * per
    inputs_exact = all(values[other].exact for other in sides.names(form.right))
    if said == half_up:
        verdict, note = Verdict.HOLDS, ""
    elif said == cut:
        verdict, note = Verdict.ROUNDING, "按截断成立,按四舍五入不成立"
    else:
        differences = differences_of(form, values, coarse=True)
        possible = (not inputs_exact or printed.hedge) and any(
            0 in difference for difference in differences.values()
        )
        verdict = Verdict.ROUNDING if possible else Verdict.RESIDUAL
        note = "四舍五入、截断均不成立" if not possible else "分子分母取整所能容"
    percent = " × 100" if per == 100 else ""
    arithmetic = (
        f"{sides.shown(form.right, values)}{percent} {equals(exact * per)},"
        f"取{printed.decimals}位小数为 {digits(half_up, printed.decimals)};"
        f"{printed.text} − {digits(half_up, printed.decimals)} = {digits(said - half_up)}"
    )
    notes = [note, form.identity.note if verdict not in AGREEING else ""]
    return Finding(
        check=check,
        verdict=verdict,
        arithmetic=arithmetic,
        residual=said - half_up,
        note=";".join(filter(None, notes)),
        group=form.identity.subject,
        left=said,
        right=half_up,
    )
