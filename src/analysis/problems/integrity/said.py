"""What the evaluation of an identity says (核验的表述): claim, arithmetic, range, readings."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from analysis.problems.integrity import sides
from analysis.problems.integrity.findings import digits, equals
from analysis.problems.integrity.identities import Form
from analysis.problems.integrity.intervals import Interval
from analysis.problems.integrity.printed import HEDGE_READ, Mode, Printed

SYMBOLS = {"=": "=", "<=": "≤", "rounded": "="}
Name = Callable[[str], str]


def statement(form: Form, name: Name, *, gap: bool = False) -> str:
    """Return what is claimed; where nothing is, the difference that is listed."""
    left, right = sides.stated(form.identity.left, name), sides.stated(form.right, name)
    if gap or form.identity.relation == "gap":
        return f"{left} − {sides.bracketed(form.right, right)}"
    return f"{left} {SYMBOLS[form.identity.relation]} {right}"


def arithmetic(form: Form, values: Mapping[str, Printed], residual: Fraction) -> str:
    """Return the subtraction of the two sides, written out."""
    left = sides.shown(form.identity.left, values)
    right = sides.bracketed(form.right, sides.shown(form.right, values))
    return f"{left} − {right} {equals(residual)}"


def range_of(differences: Mapping[Mode, Interval]) -> str:
    """Say between what the residual can be once rounding is allowed for."""
    said = [
        f"差额{_between(difference)}({mode.value})"
        for mode, difference in differences.items()
        if not difference.is_point
    ]
    return f"计入取整,{','.join(said)}" if said else ""


def _between(difference: Interval) -> str:
    low, high = difference.low, difference.high
    if low is None or high is None:
        bounds = [(low, "不小于"), (high, "不大于")]
        return "".join(f"{word} {digits(bound)}" for bound, word in bounds if bound is not None)
    return f"在 {digits(low)} 至 {digits(high)} 之间"


def readings(ambiguous: Iterable[Printed], *, coarse: bool) -> str:
    """Say to which place the figures are taken to be rounded: 227万取整到1万."""
    said = []
    for printed in ambiguous:
        step = float(printed.steps[-1 if coarse else 0]) / 10_000
        said.append(f"{printed.shown_in_print}{'取整到' if coarse else '精确到'}{step:g}万")
    return "、".join(said)


def hedges_read(form: Form, values: Mapping[str, Printed]) -> str:
    """Say how hedged figures were read."""
    hedges = {values[figure].hedge for figure in form.figures} - {""}
    return ";".join(HEDGE_READ[hedge] for hedge in sorted(hedges))
