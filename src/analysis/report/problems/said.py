"""What is said first (首屏): how many findings of which verdict, and the most evident in sentences."""

from collections import Counter
from collections.abc import Sequence

from analysis.problems.finding import SEEN, Finding, Verdict
from analysis.problems.findings import statement, with_unit
from analysis.problems.shares import LEAST
from analysis.problems.topics import PROBLEMS
from analysis.report.html import Html, note, paragraph
from analysis.report.numbers import number
from analysis.report.parts import Card
from analysis.report.tabular import Verdict as Badge
from analysis.tables.year import Year

BADGES: dict[str, Badge] = {
    Verdict.EVIDENT: "bad",
    Verdict.SIGNS: "res",
    Verdict.NONE: "ok",
    Verdict.INSUFFICIENT: "st",
}
QUALITY = "quality"
FIRST = 5  # findings told on the first screen
TOP = Html('<ol class="top">{}</ol>')
TOLD = Html('<li>{} <a href="#f-{}">{}</a>{}</li>')
BEFORE = Html(" <small>上年 {}</small>")
LEAD = "就 {} 个问题查了 {} 项指标:{}。{}"
NOTHING = "没有明显的发现。"


HOW_TO_READ = (
    "“明显”“有迹象”按各项写明的判定线,须排除偶然的先作检验(同一问题的各项按 Benjamini-Hochberg 法一并校正,5%)。"
    f"有区间的,区间下限达到判定线才算;分母不足{LEAST}的不计占比。"
    "数字说明有多少,不说明为什么:每项都列出另外的解释。"
)
ON_PAPER = Html(
    '<p class="note paper">打印时未见和数据不足的各项只印结论;定义、另外的解释和全部依据见网页。</p>'
)


def badge(verdict: Verdict) -> Html:
    """Return a verdict as a badge."""
    return Html('<span class="v {}">{}</span>').format(BADGES[verdict], verdict.value)


def lead(found: Sequence[Finding]) -> str:
    """Return the paragraph that already says everything."""
    counts = Counter(each.verdict for each in found)
    said = "、".join(f"{verdict.value} {counts[verdict]} 项" for verdict in Verdict)
    problems = {each.question.problem for each in found}
    return LEAD.format(len(problems), len(found), said, _quality(found))


def key_figures(found: Sequence[Finding]) -> list[Card]:
    """Return how many findings there are of each verdict, and of which problems."""
    return [
        Card(
            verdict.value,
            number(len(of)),
            "项",
            "、".join(dict.fromkeys(PROBLEMS[each.question.problem] for each in of)),
        )
        for verdict in Verdict
        for of in [[each for each in found if each.verdict is verdict]]
    ]


def most_evident(found: Sequence[Finding]) -> list[Finding]:
    """Return the evident findings to be told first, ``FIRST`` at most, data quality left out.

    Numbers of different questions cannot be ranked. So the first of each problem, in the order of
    the registry, then the second of each.
    """
    evident = [
        each
        for each in found
        if each.verdict is Verdict.EVIDENT and each.question.problem != QUALITY
    ]
    nth, met = [], Counter[str]()
    for at, each in enumerate(evident):
        nth.append((met[each.question.problem], at))
        met[each.question.problem] += 1
    first = sorted(nth)[:FIRST]
    return [evident[at] for _, at in first]


def first_screen(found: Sequence[Finding]) -> Html:
    """Return the most evident findings as sentences that link to them, with the year before."""
    shown = most_evident(found)
    if not shown:
        return paragraph(NOTHING)
    items = (
        TOLD.format(badge(each.verdict), each.question.id, statement(each), _before(each))
        for each in shown
    )
    return TOP.format(Html().join(items))


def _before(found: Finding) -> Html:
    """Return the number of the year before, without which nobody knows where things are going."""
    if found.before is None:
        return Html()
    return BEFORE.format(with_unit(found.before, found.question))


def how_to_read(year: Year) -> Html:
    """Return what verdicts mean, and what the place's numbers rest on."""
    said = HOW_TO_READ + "".join(f"{each}。" for each in year.place.assumptions)
    return note("{}", said) + ON_PAPER


def _quality(found: Sequence[Finding]) -> str:
    """Say whether the data can be trusted."""
    traps = [each for each in found if each.question.problem == QUALITY]
    seen = [each.question.term for each in traps if each.verdict in SEEN]
    if seen:
        return f"数据本身有缺陷({'、'.join(seen)}),下列发现须对照着看。"
    return "数据质量检查没有发现会造成假象的缺陷。" if traps else ""
