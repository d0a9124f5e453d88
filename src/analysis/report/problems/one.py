"""One finding (一项发现) in full: sentence and verdict, then everything that a reader may doubt."""

from collections.abc import Mapping, Sequence
from functools import partial

from analysis.problems.finding import ANY, SEEN, Finding, Threshold, Verdict
from analysis.problems.findings import between, statement, with_unit
from analysis.problems.grounds import Grounds
from analysis.problems.judging import p_texts
from analysis.report.figure import show
from analysis.report.html import Html, text
from analysis.report.numbers import as_printed, decimals, number
from analysis.report.problems.drawings import drawn
from analysis.report.problems.said import badge
from analysis.report.tabular import table

FINDING = Html(
    '<details class="fold finding{quiet}" id="f-{id}"{open}><summary>{badge} {said}</summary>'
    '<dl class="def">{facts}</dl>{chart}{evidence}{method}</details>'
)
METHOD = Html(
    '<details class="fold method"><summary>定义、判定线和出处</summary>'
    '<dl class="def">{}</dl></details>'
)
FACT = Html("<div><dt>{}</dt>{}</div>")
LINE = Html("<dd>{}</dd>")
# Paper shows the first rows of a table; page.css holds the same number.
IN_PRINT = 5
MORE = Html('<p class="note paper">打印只列前 {} 行,其余 {} 行见网页。</p>')
CENSUS = "全量统计,没有抽样误差。"


def finding(found: Finding, all_of: Mapping[str, Finding], grounds: Grounds) -> Html:
    """Return a finding as a fold: open where it is evident, its chart where there is something.

    In it the numbers and what else may explain them lie open; the table of evidence and the method
    are folds of their own. Paper shows both.

    Args:
        found: the finding.
        all_of: all findings by id, for the traps that would imitate this one.
        grounds: whose finding it is.
    """
    question, answer = found.question, found.answer
    facts: dict[str, Sequence[str]] = {
        "依据": [f"{term} {as_printed(str(n))}" for term, n in answer.counts],
        "区间": _interval(found),
        "比较": [*_before(found, grounds), *answer.comparison],
        "另外的解释": list(question.rivals),
    }
    method: dict[str, Sequence[str]] = {
        "指标": [f"{question.term}({question.english})"],
        "定义": [question.definition],
        "范围": [question.scope],
        "判定线": [_line(question.threshold, question.unit)],
        "会造成假象的缺陷": _traps([all_of[trap] for trap in question.traps if trap in all_of]),
        "出处": [question.source],
    }
    return FINDING.format(
        id=question.id,
        quiet="" if found.verdict in SEEN else " quiet",
        open=Html(" open") if found.verdict is Verdict.EVIDENT else "",
        badge=badge(found.verdict),
        said=statement(found),
        facts=_facts(facts),
        chart=_chart(found),
        evidence=_evidence(found),
        method=METHOD.format(_facts(method)),
    )


def _facts(facts: Mapping[str, Sequence[str]]) -> Html:
    return Html().join(
        FACT.format(term, Html().join(map(LINE.format, lines)))
        for term, lines in facts.items()
        if lines
    )


def _interval(found: Finding) -> list[str]:
    interval, question = found.answer.interval, found.question
    if found.answer.number is None:
        return []
    said = [CENSUS]
    if interval is not None:
        said = [
            f"{interval.level:.0%}区间 {between(interval, question)}",
            f"估计的是:{interval.estimand}",
            f"会变的是:{interval.varies}",
        ]
    if found.adjusted_p is not None:
        said.append(
            f"偶然造成的可能(同一问题的各项一并校正后的 p 值):{p_texts([found.adjusted_p])[0]}"
        )
    return said


def _before(found: Finding, grounds: Grounds) -> list[str]:
    if not found.question.compared:
        return []
    if found.before is None:
        return [] if grounds.before else ["没有上年数据,不作比较。"]
    return [f"上年为 {with_unit(found.before, found.question)}。"]


def _line(threshold: Threshold, unit: str) -> str:
    signs = "大于0" if threshold.signs == ANY else f"{threshold.signs:,g}{unit}起"
    return f"{threshold.evident:,g}{unit}起为明显,{signs}为有迹象({threshold.source})"


def _traps(traps: Sequence[Finding]) -> list[Html]:
    """Return the traps that the data hold, and the names of those that they do not, or do not tell."""
    lines = [
        text("{} {}", _trap(each), badge(each.verdict)) for each in traps if each.verdict in SEEN
    ]
    for verdict in (Verdict.NONE, Verdict.INSUFFICIENT):
        terms = "、".join(each.question.term for each in traps if each.verdict is verdict)
        if terms:
            lines.append(text("{}:{}", verdict.value, terms))
    return lines


def _trap(trap: Finding) -> Html:
    link = Html('<a href="#f-{}">{}</a>').format(trap.question.id, trap.question.term)
    value = trap.answer.number
    return link if value is None else link + f" {with_unit(value, trap.question)}"


def _chart(found: Finding) -> Html:
    drawing = drawn(found) if found.verdict in SEEN else None
    if drawing is None:
        return Html()
    ax, words = drawing
    return show(ax, caption=words.caption, alt=words.alt)


def _evidence(found: Finding) -> Html:
    evidence = found.answer.evidence
    if evidence.empty:
        return Html()
    numbers = evidence.select_dtypes("float")
    formats = {str(name): partial(number, places=decimals(numbers[name])) for name in numbers}
    caption = f"{found.question.term}:依据"
    made = table(evidence, caption=caption, formats=formats, fold_after=0)
    rest = len(evidence) - IN_PRINT
    return made + (MORE.format(IN_PRINT, rest) if rest > 0 else Html())
