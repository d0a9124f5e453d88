"""Evaluation (核验) of identities on the figures that one report prints."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from analysis.problems.integrity import sides
from analysis.problems.integrity.findings import AGREEING, Finding, Verdict, digits, equals
from analysis.problems.integrity.identities import Form, Identity, forms
from analysis.problems.integrity.intervals import Interval
from analysis.problems.integrity.printed import HEDGE_READ, Mode, Printed

SYMBOLS = {"=": "=", "<=": "≤", "rounded": "="}
PERCENT_DECIMALS = 4
NAME = Callable[[str], str]


def evaluate(
    identities: Iterable[Identity],
    figures: Mapping[str, Printed],
    *,
    name: NAME,
    days: int | None = None,
) -> list[Finding]:
    """Check a report's figures against identities, in their order.

    Args:
        identities: the identities.
        figures: what the report prints, by figure.
        name: gives the project's term for a figure.
        days: calendar days of the report's period, if known.
    """
    values = dict(figures)
    if days is not None:
        values["days"] = Printed(str(days), Fraction(days), "天", Fraction(1), term="天数")

    def named(figure: str) -> str:
        return "天数" if figure == "days" else name(figure)

    return [finding for identity in identities for finding in _identity(identity, values, named)]


def _identity(identity: Identity, values: Mapping[str, Printed], name: NAME) -> list[Finding]:
    obstacle = _obstacle(identity, values, name)
    if obstacle is None:
        found = []
        for form in forms(identity, frozenset(values)):
            for coarse in _grains(form, values):
                found.append(_finding(form, values, name, coarse=coarse))
        return found
    if not obstacle or identity.relation == "gap":
        return []
    plain = Form(identity, identity.right)
    return [
        Finding(
            _statement(plain, name), Verdict.NOT_APPLICABLE, note=obstacle, group=_group(identity)
        )
    ]


def _obstacle(identity: Identity, values: Mapping[str, Printed], name: NAME) -> str | None:
    """Return why an identity cannot be tried: None if it can, empty if it is beside the point."""
    missing = [figure for figure in identity.required if figure not in values]
    none_of_some = bool(identity.some) and not any(figure in values for figure in identity.some)
    instead = [figure for figure in identity.absent if figure in values]
    if not any(figure in values for figure in identity.trigger or sides.names(identity.left)):
        return ""
    if missing:
        return f"缺少“{'”“'.join(map(name, missing))}”"
    if none_of_some:
        return f"缺少“{'”或“'.join(map(name, identity.some))}”"
    if instead and identity.relation == "<=":
        return ""
    if instead:
        return f"“{'”“'.join(map(name, instead))}”已印出,改用别的式子"
    if sides.divides_by_nought(identity.right, values) or sides.divides_by_nought(
        identity.left, values
    ):
        return "分母为0"
    return None


def _grains(form: Form, values: Mapping[str, Printed]) -> tuple[bool, ...]:
    """Return the readings of 227万 to try: to 0.1万, then to 1万; one if nothing is ambiguous."""
    tried = form.identity.relation != "gap" and _ambiguous(form, values)
    return (False, True) if tried else (False,)


def _ambiguous(form: Form, values: Mapping[str, Printed]) -> list[Printed]:
    return [values[figure] for figure in _names(form) if values[figure].ambiguous]


def _names(form: Form) -> tuple[str, ...]:
    return (*sides.names(form.identity.left), *sides.names(form.right))


def _finding(form: Form, values: Mapping[str, Printed], name: NAME, *, coarse: bool) -> Finding:
    identity = form.identity
    left = sides.value(identity.left, values)
    right = sides.value(form.right, values)
    if identity.relation == "rounded":
        return _rounded(form, values, _statement(form, name))
    differences = _differences(form, values, coarse=coarse)
    verdict = _verdict(form, left - right, differences, values)
    check = _statement(form, name, gap=verdict is Verdict.GAP)
    notes = [_range(differences)] if verdict is not Verdict.GAP else []
    if verdict is Verdict.EXCEEDS:
        share = f"{digits(left / right * 100, PERCENT_DECIMALS)}%;" if right else ""
        notes.append(share + identity.excess)
    elif verdict is not Verdict.HOLDS and identity.note:
        notes.append(identity.note)
    notes.append(_wording(form, values))
    if ambiguous := _ambiguous(form, values) if identity.relation != "gap" else []:
        check += f"(若{_grain(ambiguous, coarse=coarse)})"
    return Finding(
        check=check,
        verdict=verdict,
        arithmetic=_arithmetic(form, values, left - right),
        residual=left - right,
        note=";".join(note for note in notes if note),
        group=_group(identity),
        left=left,
        right=right,
    )


def _differences(
    form: Form, values: Mapping[str, Printed], *, coarse: bool
) -> dict[Mode, Interval]:
    """Return what left less right can be, for each way a report may round."""
    modes = list(Mode) if any(values[figure].steps for figure in _names(form)) else [Mode.HALF_UP]
    found = {}
    for mode in modes:

        def read(figure: str, mode: Mode = mode) -> Interval:
            return values[figure].interval(mode, coarse=coarse)

        found[mode] = sides.interval(form.identity.left, read) - sides.interval(form.right, read)
    return found


def _verdict(
    form: Form,
    residual: Fraction,
    differences: Mapping[Mode, Interval],
    values: Mapping[str, Printed],
) -> Verdict:
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


def _rounded(form: Form, values: Mapping[str, Printed], check: str) -> Finding:
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
        differences = _differences(form, values, coarse=True)
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
        group=_group(form.identity),
        left=said,
        right=half_up,
    )


def _group(identity: Identity) -> str:
    return identity.group or identity.id


def _statement(form: Form, name: NAME, *, gap: bool = False) -> str:
    """Return what is claimed; where nothing is, the difference that is listed."""
    left, right = sides.stated(form.identity.left, name), sides.stated(form.right, name)
    if gap or form.identity.relation == "gap":
        return f"{left} − {sides.bracketed(form.right, right)}"
    return f"{left} {SYMBOLS[form.identity.relation]} {right}"


def _arithmetic(form: Form, values: Mapping[str, Printed], residual: Fraction) -> str:
    left = sides.shown(form.identity.left, values)
    right = sides.bracketed(form.right, sides.shown(form.right, values))
    return f"{left} − {right} {equals(residual)}"


def _range(differences: Mapping[Mode, Interval]) -> str:
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


def _grain(ambiguous: Iterable[Printed], *, coarse: bool) -> str:
    said = []
    for printed in ambiguous:
        step = float(printed.steps[-1 if coarse else 0]) / 10_000
        said.append(f"{printed.shown_in_print}{'取整到' if coarse else '精确到'}{step:g}万")
    return "、".join(said)


def _wording(form: Form, values: Mapping[str, Printed]) -> str:
    """Say how hedged figures were read."""
    hedges = {values[figure].hedge for figure in _names(form)} - {""}
    return ";".join(HEDGE_READ[hedge] for hedge in sorted(hedges))
