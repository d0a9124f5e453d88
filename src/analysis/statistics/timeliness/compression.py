"""Compression of time limits (时限压缩率), in five variants that differ by tens of points.

Nobody prints which one is meant: the ratio of sums over items is the default, the others stand
beside it. Test vector: domain research 2.1.
"""

from fractions import Fraction
from functools import partial

from analysis.statistics.facts import CALENDAR, Facts
from analysis.statistics.figure import (
    CASE,
    HANDLING,
    LICENCE_CASES,
    PLATFORM_HANDLING,
    Certainty,
    Figure,
    Kind,
    Result,
)
from analysis.statistics.limits import CONVERSION, LIMIT_NEEDS, limits
from analysis.statistics.needs import ACCEPTED_NEED, COMPLETED_NEED
from analysis.statistics.ratios import Compute
from analysis.statistics.scopes import PLATFORM_NEEDS, accepted_by_item, platform_handling
from analysis.statistics.sections import LEGAL

LIMITED = f"{PLATFORM_HANDLING},有法定时限的"
ITEM_NEEDS = (*PLATFORM_NEEDS, *LIMIT_NEEDS)


def _of_sums(facts: Facts) -> Result:
    days = limits(platform_handling(facts))
    statutory = Fraction(sum(days["statutory"]))
    return Result(statutory - sum(days["promised"]), statutory)


def _mean(facts: Facts) -> Result:
    days = limits(platform_handling(facts))
    saved = sum(1 - p / s for s, p in zip(days["statutory"], days["promised"], strict=True))
    return Result(Fraction(saved), Fraction(len(days)))


def _of_case_sums(facts: Facts) -> Result:
    items = platform_handling(facts)
    days = limits(items)
    cases = accepted_by_item(facts)
    n = [int(cases.get(code, 0)) for code in items.loc[days.index, "item_code"]]
    statutory, promised = (
        Fraction(sum(k * d for k, d in zip(n, days[name], strict=True)))
        for name in ("statutory", "promised")
    )
    return Result(statutory - promised, statutory)


def _actual(limit: str) -> Compute:
    """Return what cases completed in the year saved against the sum of a limit of theirs."""

    def compute(facts: Facts) -> Result:
        allowed = Fraction(facts.n(f"completed_{limit}_limit"))
        return Result(allowed - facts.n(f"completed_{limit}_taken"), allowed)

    return compute


def _mean_promised(facts: Facts) -> Result:
    days = limits(platform_handling(facts))
    return Result(Fraction(sum(days["promised"])), Fraction(len(days)))


_of_items = partial(
    Figure,
    grain=HANDLING,
    scope=LIMITED,
    section=LEGAL,
    certainty=Certainty.UNPUBLISHED,
    decimals=2,
    needs=ITEM_NEEDS,
)
_rate = partial(_of_items, id="time_compression_rate", unit="%", kind=Kind.RATIO_OF_SUMS)


def _actual_rate(variant: str, limit: str, word: str, source: str) -> Figure:
    return _rate(
        variant=variant,
        term=f"审批时限压缩率(实际用时比{word}时限)",
        english=f"working days taken against the {limit} limit",
        grain=CASE,
        scope=LICENCE_CASES,
        numerator=f"Σ{word}时限 − Σ自受理至办结的工作日(受理当日不计)",
        denominator=f"年内办结、有{word}时限的办件Σ{word}时限(工作日,不足一日的舍去)",
        source=source,
        needs=(CALENDAR, *COMPLETED_NEED, f"cases.{limit}_days"),
        compute=_actual(limit),
    )


FIGURES = (
    _rate(
        variant="item_sum",
        term="审批时限压缩率",
        english="compression of time limits",
        numerator="Σ法定办结时限 − Σ承诺办结时限(工作日)",
        denominator=f"Σ法定办结时限(工作日);{CONVERSION}",
        source="在线政务服务评估通行公式1 − Σp/ΣL;广东公式未见公布",
        compute=_of_sums,
    ),
    _rate(
        variant="item_mean",
        term="审批时限压缩率(逐项平均)",
        english="mean compression of time limits",
        kind=Kind.MEAN,
        numerator="Σ(1 − 承诺办结时限/法定办结时限)",
        denominator=f"业务办理项数;{CONVERSION}",
        source="“率”的另一种读法;未见来源",
        compute=_mean,
    ),
    _rate(
        variant="case_sum",
        term="审批时限压缩率(按办件加权)",
        english="compression weighted by cases",
        numerator="Σ受理量×(法定办结时限 − 承诺办结时限)(工作日)",
        denominator=f"Σ受理量×法定办结时限(工作日);{CONVERSION}",
        source="“率”的另一种读法;未见来源",
        needs=(*ACCEPTED_NEED, *ITEM_NEEDS),
        compute=_of_case_sums,
    ),
    _actual_rate("actual_vs_statutory", "statutory", "法定", "防城港2011年口径“实际提速”"),
    _actual_rate("actual_vs_promised", "promised", "承诺", "“提前率”的一种读法;未见来源"),
    _of_items(
        id="mean_promised_limit",
        term="承诺办结时限平均",
        english="mean promised limit",
        unit="工作日",
        kind=Kind.MEAN,
        numerator="Σ承诺办结时限(工作日)",
        denominator=f"业务办理项数;{CONVERSION}",
        source="2022年度报告“承诺办结期限”",
        compute=_mean_promised,
    ),
)
