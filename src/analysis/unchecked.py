"""What a check leaves out (没有核对的), and why: silence would pass for agreement."""

from collections.abc import Iterator

from analysis.statistics.facts import Facts
from analysis.statistics.needs import INSUFFICIENT, insufficient
from analysis.statistics.volume.cases import OPEN, PENDING
from analysis.statistics.volume.flows import STOCKS, TERMS
from analysis.tables import TABLES
from analysis.tables.contradictions import RULES

NEEDS = {"pending": PENDING, "open": OPEN}


def uncomputable(facts: Facts) -> dict[str, str]:
    """Return the stocks that the rows of a year cannot tell, and why not."""
    reasons = {stock: insufficient(facts, NEEDS[stock]) for stock in STOCKS}
    return {stock: why.removeprefix(INSUFFICIENT) for stock, why in reasons.items() if why}


def unchecked(facts: Facts, before: Facts | None) -> Iterator[str]:
    """Yield what was not checked in a year, one Chinese sentence each.

    Args:
        facts: of the year.
        before: of the year before; None where it has no data.
    """
    for stock, why in uncomputable(facts).items():
        yield f"“{TERMS[f'{stock}_at_end']}”与流量是否相符没有核对:{why}"
    if before is None:
        yield f"年初存量与上年末是否衔接没有核对:没有 {facts.year.year - 1} 年的数据"
    else:
        for stock, why in (uncomputable(before) | uncomputable(facts)).items():
            yield f"“{TERMS[f'{stock}_at_start']}”与上年末是否衔接没有核对:{why}"
    yield from _rules(facts)


def _rules(facts: Facts) -> Iterator[str]:
    """Yield the rules across columns that need a required column which is not there."""
    for name, rules in RULES.items():
        if not facts.year.has(name):
            continue
        lacking = [c for c in TABLES[name].required if not facts.year.has(name, c)]
        left = [rule for rule in rules if set(rule.columns) & set(lacking)]
        if left:
            used = {column for rule in left for column in rule.columns}
            terms = "".join(f"“{TABLES[name][c].term}”" for c in lacking if c in used)
            yield (
                f"{TABLES[name].term}表的 {len(left)} 条跨列规则没有核对(如“{left[0].said}”):"
                f"没有{terms}列"
            )
