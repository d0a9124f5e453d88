"""GRIM checks (可达性): can a printed share or mean come from integers over a denominator?

A share of counts, or a mean of integers, is k/N for some integer k. Printed to few decimals and
over a small N, most values cannot be reached. The convention throughout: N runs from 1, k from 0,
and a joint search rounds all rates in the same way; half up unless truncation is asked for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

from analysis.problems.integrity.findings import Finding, Sort, Verdict, digits
from analysis.problems.integrity.printed import Mode, Printed, rounded_interval

TESTABLE = ("share", "mean")  # never ratio_of_sums: its numerator is not a count
LIMIT = 3000  # largest denominator that a joint search tries


@dataclass(frozen=True)
class Reach:
    """What integers over one denominator can give.

    Attributes:
        counts: the integers k that give the printed value; empty if none does.
        below: the nearest k that gives less.
        above: the nearest k that gives more.
    """

    counts: range
    below: int
    above: int


def reach(rate: Printed, denominator: int, mode: Mode = Mode.HALF_UP) -> Reach:
    """Return which integers over ``denominator`` are printed as ``rate``."""
    between = rounded_interval(rate.value, _step(rate), mode)
    assert between.low is not None  # a rounded number has both bounds
    assert between.high is not None
    low, high = between.low * denominator, between.high * denominator
    first = ceil(low) if between.has_low else floor(low) + 1
    last = floor(high) if between.has_high else ceil(high) - 1
    first = max(first, 0)
    return Reach(range(first, last + 1), first - 1, max(last, first - 1) + 1)


def powerless(rate: Printed, denominator: int) -> bool:
    """Return whether every value printed to these decimals is reachable (无检验力)."""
    return _step(rate) * denominator >= 1


def fitting_denominators(
    rates: Sequence[Printed], *, limit: int = LIMIT, mode: Mode = Mode.HALF_UP
) -> dict[int, tuple[int, ...]]:
    """Return all denominators up to ``limit`` that can give all rates at once.

    With each denominator comes the smallest integer that gives each rate.
    """
    found = {}
    for denominator in range(1, limit + 1):
        counts = [reach(rate, denominator, mode).counts for rate in rates]
        if all(counts):
            found[denominator] = tuple(count[0] for count in counts)
    return found


def check_rate(
    rate: Printed, name: str, denominator: Printed, over: str, *, stated: bool = False
) -> Finding:
    """Check one printed rate over one denominator.

    Args:
        rate: the rate.
        name: its term.
        denominator: the denominator, a count.
        over: term of the denominator.
        stated: whether the report says that this is the denominator.
    """
    number = int(denominator.value)
    check = f"{name} {rate.shown} 能否是整数 ÷ {denominator.shown}({over})"
    group = f"rate:{name}:{over}"
    if not denominator.exact or number <= 0:
        note = "分母为0" if number <= 0 else "分母经过取整,不能逐一试除"
        return Finding(check, Verdict.NOT_APPLICABLE, note=note, sort=Sort.REACHABLE, group=group)
    if powerless(rate, number):
        arithmetic = f"{_written(_step(rate), rate)} × {denominator.shown} ≥ {_whole(rate)}"
        note = "分母足够大,任何印出值都能得到,检验不出对错"
        return Finding(
            check, Verdict.POWERLESS, arithmetic, note=note, sort=Sort.REACHABLE, group=group
        )
    half_up, cut = reach(rate, number), reach(rate, number, Mode.TRUNCATED)
    if half_up.counts or cut.counts:
        count = (half_up.counts or cut.counts)[0]
        note = "" if half_up.counts else "仅按截断可得"
        return Finding(
            check,
            Verdict.POSSIBLE,
            _quotient(count, number, rate),
            note=note,
            sort=Sort.REACHABLE,
            group=group,
        )
    nearest = [k for k in (half_up.below, half_up.above) if k >= 0]
    arithmetic = ";".join(_quotient(k, number, rate) for k in nearest)
    note = "四舍五入、截断都得不到" + ("" if stated else ";报告未说明分母,只排除这一个")
    gap = min((rate.value - Fraction(k, number) for k in nearest), key=abs)
    return Finding(
        check,
        Verdict.IMPOSSIBLE,
        arithmetic,
        residual=gap / rate.scale,
        note=note,
        sort=Sort.REACHABLE,
        group=group,
        stated=stated,
    )


def check_together(
    rates: Sequence[Printed], names: Iterable[str], *, limit: int = LIMIT
) -> Finding:
    """Say which denominators fit several rates that may share one."""
    terms = "、".join(f"{name} {rate.shown}" for name, rate in zip(names, rates, strict=True))
    fits = fitting_denominators(rates, limit=limit)
    cut = fitting_denominators(rates, limit=limit, mode=Mode.TRUNCATED)
    check = f"{terms} 能否同以一个不超过 {limit:,} 的整数为分母"
    if not fits and not cut:
        return Finding(check, Verdict.IMPOSSIBLE, note="四舍五入、截断都没有", sort=Sort.REACHABLE)
    first = next(iter(fits or cut))
    counts = (fits or cut)[first]
    arithmetic = ";".join(
        _quotient(count, first, rate) for count, rate in zip(counts, rates, strict=True)
    )
    few = "、".join(f"{number:,}" for number in list(fits)[:5])
    note = f"共 {len(fits)} 个(四舍五入):{few}{'……' if len(fits) > 5 else ''};截断 {len(cut)} 个"
    return Finding(check, Verdict.POSSIBLE, arithmetic, note=note, sort=Sort.REACHABLE)


def is_trivial(rate: Printed) -> bool:
    """Return whether any denominator gives the rate: 0 and 100 %."""
    return rate.value in (0, 1)


def declared_rates(declared: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the ``rate`` entries of ``identities.toml``."""
    return list(declared.get("rate", []))


def _step(rate: Printed) -> Fraction:
    return rate.scale / Fraction(10**rate.decimals)


def _quotient(count: int, denominator: int, rate: Printed) -> str:
    exact = Fraction(count, denominator)
    return f"{count:,} ÷ {denominator:,} ≈ {_written(exact, rate, more=2)}"


def _written(value: Fraction, rate: Printed, *, more: int = 0) -> str:
    sign = "%" if rate.scale == Fraction(1, 100) else "‰" if rate.is_ratio else ""
    return f"{digits(value / rate.scale, rate.decimals + more)}{sign}"


def _whole(rate: Printed) -> str:
    return _written(Fraction(1), rate)
