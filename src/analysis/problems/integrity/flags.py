"""Flags (合理性): what is legal but asks for a second look, and what two printings disagree on."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations

from analysis.problems.integrity.findings import Finding, Sort, Verdict, digits, equals
from analysis.problems.integrity.intervals import Interval
from analysis.problems.integrity.printed import Mode, Printed
from analysis.problems.integrity.terms import Report
from analysis.problems.integrity.vocabulary import CHANGE, PREVIOUS

NAME = Callable[[str], str]

# With none late among n, up to 3/n late in truth are compatible at 95 % (rule of three).
RULE_OF_THREE = 3
MANY = 1_000  # below it, not one late case surprises nobody
JUMP_UP, JUMP_DOWN = Fraction(2), Fraction(1, 2)  # a level that doubles, or halves, in a year
ALL_PUNCTUAL = ("within_statutory_time", "on_time_rate")
NONE_LATE = ("overdue_completed", "overdue_rate")


def flags(report: Report, name: NAME) -> list[Finding]:
    """Return what asks for a second look in one report."""
    figures = report.figures
    return [
        *printed_twice(report, name),
        *over_whole(report, name),
        *zero_lateness(figures, name),
        *changes(figures, name),
    ]


def printed_twice(report: Report, name: NAME) -> Iterator[Finding]:
    """Compare each figure that is printed in several places of one report."""
    for (figure, one), (other, two) in combinations(report.printed, 2):
        if figure == other:
            yield same_figure(name(figure), one, two, f"{one.section or one.term}", two.section)


def same_figure(term: str, one: Printed, two: Printed, here: str, there: str) -> Finding:
    """Compare two printings of the same figure: equal, equal within rounding, or different."""
    residual = one.value - two.value
    places = f"({here} / {there})" if there and here != there else ""
    agrees = any(
        0 in one.interval(mode, coarse=True) - two.interval(mode, coarse=True) for mode in Mode
    )
    verdict = Verdict.ROUNDING if agrees else Verdict.RESIDUAL
    return Finding(
        check=f"“{term}”两处印出的数相同{places}",
        verdict=Verdict.HOLDS if residual == 0 else verdict,
        arithmetic=f"{one.shown} − {two.shown} {_difference(residual, one)}",
        residual=residual / _per(one),
        sort=Sort.FLAG,
        group=f"twice:{term}:{one.shown}:{two.shown}:{places}",
        left=one.value,
        right=two.value,
    )


def over_whole(report: Report, name: NAME) -> Iterator[Finding]:
    """Name the shares above 100 % that are parts of a whole: only ratios of flows may exceed it."""
    for figure, share in report.figures.items():
        part = report.kinds.get(figure) == "share" and figure not in report.may_exceed
        low = share.interval(coarse=True).low
        if part and low is not None and low > 1:
            yield Finding(
                check=f"{name(figure)} ≤ 100%",
                verdict=Verdict.RESIDUAL,
                arithmetic=f"{share.shown} − 100% = {digits((share.value - 1) * 100)}个百分点",
                residual=(share.value - 1) * 100,
                sort=Sort.FLAG,
                group=f"over:{figure}",
            )


def zero_lateness(figures: Mapping[str, Printed], name: NAME) -> Iterator[Finding]:
    """Say how little lateness is compatible with none at all among so many cases."""
    claims = [f for f in ALL_PUNCTUAL if f in figures and figures[f].value == 1]
    claims += [f for f in NONE_LATE if f in figures and figures[f].value == 0]
    if any(f in figures and figures[f].value for f in NONE_LATE):
        return  # 100 % and some late: another check says so
    cases = figures.get("completed") or figures.get("on_time_completed")
    if not claims or cases is None or cases.value < MANY:
        return
    claim = claims[0]
    bound = Fraction(RULE_OF_THREE) / cases.value * 100
    decimals = 2
    while bound * 10**decimals < 1:
        decimals += 1
    yield Finding(
        check=f"{cases.shown}件中无一超期({name(claim)} {figures[claim].shown})是否合乎常理",
        verdict=Verdict.NOTED,
        arithmetic=f"{RULE_OF_THREE} ÷ {cases.shown} × 100 ≈ {digits(bound, decimals + 1)}%",
        note=f"无一超期,意味着真实超期率(95%上限)不超过{digits(bound, decimals + 1)}%;"
        "请核对超期按哪个时限(法定或承诺)、是否扣除特别程序、是否只统计部分办件",
        sort=Sort.FLAG,
        group="zero_lateness",
    )


def changes(figures: Mapping[str, Printed], name: NAME) -> Iterator[Finding]:
    """Compare printed changes on last year (同比) with the printed levels."""
    for figure, change in figures.items():
        level = figures.get(figure.removesuffix(CHANGE))
        if not figure.endswith(CHANGE) or level is None:
            continue
        before = figures.get(figure.removesuffix(CHANGE) + PREVIOUS)
        yield (
            _implied(name(figure), level, change)
            if before is None
            else _change(name(figure), level, before, change)
        )
    for figure, before in figures.items():
        level = figures.get(figure.removesuffix(PREVIOUS))
        if figure.endswith(PREVIOUS) and level is not None:
            found = jump(name(figure.removesuffix(PREVIOUS)), level, before)
            if found is not None:
                yield found


def jump(term: str, level: Printed, before: Printed, where: str = "") -> Finding | None:
    """Return a finding if a level at least doubles or halves in a year."""
    if before.value <= 0 or JUMP_DOWN < level.value / before.value < JUMP_UP:
        return None
    change = (level.value / before.value - 1) * 100
    return Finding(
        check=f"“{term}”与上年相比{where}",
        verdict=Verdict.NOTED,
        arithmetic=f"({level.shown} − {before.shown}) ÷ {before.shown} × 100 ≈ {digits(change, 2)}%",
        residual=level.value - before.value,
        note="一年内成倍增减;请核对两年口径、范围是否相同",
        sort=Sort.FLAG,
        group=f"jump:{term}{where}",
    )


def _change(term: str, level: Printed, before: Printed, change: Printed) -> Finding:
    if change.in_points:
        return _change_in_points(term, level, before, change)
    if before.value == 0:
        return _not_tested(term, f"{term} {change.shown}", "上年数为0")
    exact = level.value / before.value - 1
    agrees = any(
        _overlap(
            level.interval(mode, coarse=True) / before.interval(mode, coarse=True),
            change.interval(mode) + Interval.point(Fraction(1)),
        )
        for mode in Mode
    )
    residual = change.value - exact
    return Finding(
        check=f"{term} = 本年 ÷ 上年 − 1",
        verdict=(Verdict.HOLDS if residual == 0 else Verdict.ROUNDING)
        if agrees
        else Verdict.RESIDUAL,
        arithmetic=f"({level.shown} − {before.shown}) ÷ {before.shown} × 100 "
        f"{equals(exact * 100)}%,印 {change.shown}",
        residual=residual * 100,
        sort=Sort.FLAG,
        group=f"change:{term}",
        left=change.value,
        right=exact,
    )


def _change_in_points(term: str, level: Printed, before: Printed, change: Printed) -> Finding:
    """Compare a change in percentage points (百分点) with the difference of two rates."""
    exact = level.value - before.value
    agrees = any(
        _overlap(
            level.interval(mode, coarse=True) - before.interval(mode, coarse=True),
            change.interval(mode),
        )
        for mode in Mode
    )
    residual = change.value - exact
    holds = Verdict.HOLDS if residual == 0 else Verdict.ROUNDING
    return Finding(
        check=f"{term} = 本年 − 上年",
        verdict=holds if agrees else Verdict.RESIDUAL,
        arithmetic=f"{level.shown} − {before.shown} {equals(exact * 100)}个百分点,印 {change.shown}",
        residual=residual * 100,
        sort=Sort.FLAG,
        group=f"change:{term}",
        left=change.value,
        right=exact,
    )


def _not_tested(term: str, check: str, note: str) -> Finding:
    return Finding(check, Verdict.NOT_APPLICABLE, note=note, sort=Sort.FLAG, group=f"change:{term}")


def _implied(term: str, level: Printed, change: Printed) -> Finding:
    """Say which integers of last year fit a printed change and this year's count."""
    check = f"{term} {change.shown} 能否由整数的上年数得到(本年 {level.shown})"
    factor = change.interval() + Interval.point(Fraction(1))
    if change.in_points or level.value == 0:
        return _not_tested(term, check, "上年数未印出")
    if not level.exact or factor.low is None or factor.low <= 0 or factor.high is None:
        return _not_tested(term, check, "上年数未印出,本年数或同比经取整,检验不出")
    fits = [
        (
            Interval.point(level.value) / (change.interval(mode) + Interval.point(Fraction(1)))
        ).whole()
        for mode in Mode
    ]
    found = [(f.low, f.high) for f in fits if f.low is not None and f.high is not None]
    possible = [(low, high) for low, high in found if low <= high]
    if not possible:
        return Finding(
            check,
            Verdict.RESIDUAL,
            f"{level.shown} ÷ (1 + {change.shown}) {equals(level.value / (1 + change.value))}",
            note="没有整数的上年数能得到印出的同比",
            sort=Sort.FLAG,
            group=f"change:{term}",
        )
    low, high = possible[0]
    years = digits(low) if low == high else f"{digits(low)} 至 {digits(high)}"
    return Finding(
        check,
        Verdict.POSSIBLE,
        f"{level.shown} ÷ {digits(low)} − 1 ≈ {digits((level.value / low - 1) * 100, 4)}%",
        note=f"上年数应为 {years};报告未印上年数",
        sort=Sort.FLAG,
        group=f"change:{term}",
    )


def _overlap(one: Interval, two: Interval) -> bool:
    return 0 in one - two


def _per(printed: Printed) -> Fraction:
    return printed.scale if printed.is_ratio else Fraction(1)


def _difference(residual: Fraction, printed: Printed) -> str:
    return equals(residual / _per(printed)) + ("个百分点" if printed.unit == "%" else "")
