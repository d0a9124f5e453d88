"""Parts 二 and 三 of the draft: problems as the findings show them, measures left to people."""

from collections.abc import Iterable, Sequence

from analysis.problems.finding import Finding, Verdict
from analysis.problems.findings import statement
from analysis.problems.topics import TOPICS, Topic
from analysis.report.draft.text import Blank, Evidence, Paragraph, Run, body, heading, subheading

SHOWN = (Verdict.EVIDENT, Verdict.SIGNS)
CHINESE = "一二三四五六七八九十"
CAUTION = "以上为数据反映的情况,尚不能据此认定原因。"


def resting_on(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that the text rests on: those that show something."""
    return tuple(found for found in findings if found.verdict in SHOWN)


def problems(findings: Sequence[Finding]) -> list[Paragraph]:
    """Return part 二: one heading for each problem that the findings show."""
    text = [heading("二、存在问题和困难")]
    told: set[str] = set()
    for topic in _of("二"):
        found = [each for each in _bearing(topic, findings) if each.question.id not in told]
        if found:
            told |= {each.question.id for each in found}
            text += [subheading(_numbered(text, topic.title)), *_told(found)]
    if not told:
        why = "数据没有反映出可供列举的问题" if findings else "本年度数据未能作出问题分析"
        text.append(body(Blank(f"存在问题和困难({why})")))
    return [*text, *_rest(findings)]


def measures(findings: Sequence[Finding]) -> list[Paragraph]:
    """Return part 三: one heading for each measure, and which findings speak for it."""
    text = [heading("三、下一步工作措施及有关建议")]
    for topic in _of("三"):
        text.append(subheading(_numbered(text, topic.title)))
        runs: list[Run] = []
        for each in _bearing(topic, findings):
            runs += ["、" if runs else "针对", _cited(each, each.question.term)]
        runs += ["等情况," if runs else "", Blank("拟采取的措施、责任单位和完成时限")]
        text.append(body(*(run for run in runs if run)))
    return text


def _of(part: str) -> list[Topic]:
    return [topic for topic in TOPICS if topic.part == part]


def _bearing(topic: Topic, findings: Iterable[Finding]) -> list[Finding]:
    """Return what findings show something about a topic, in the topic's order."""
    shown = resting_on(findings)
    return [each for name in topic.problems for each in shown if each.question.problem == name]


def _numbered(text: list[Paragraph], title: str) -> str:
    """Put the next number in front of a heading: text begins with the heading of the part."""
    before = sum(paragraph.kind is _SUBHEADING for paragraph in text)
    return f"({CHINESE[before]}){title}"


_SUBHEADING = subheading("").kind


def _told(found: Sequence[Finding]) -> list[Paragraph]:
    """Tell findings one by one, then what else could have made them."""
    said = []
    for each in found:
        compared = "".join(_closed(words) for words in each.answer.comparison)
        between = f"({_interval(each)})" if each.answer.interval else ""
        sentence = _closed(statement(each)).removesuffix("。")
        said.append(body(_cited(each, sentence), f"{between}。{compared}"))
    rivals = dict.fromkeys(words.rstrip("。;") for each in found for words in each.question.rivals)
    other = f"也可能另有原因:{';'.join(rivals)}。" if rivals else ""
    said.append(body(f"{other}{CAUTION}", Blank("具体情形、所涉系统和事项,由有关部门核实")))
    return said


def _cited(found: Finding, words: str) -> Evidence:
    return Evidence(found.question.id, words)


def _interval(found: Finding) -> str:
    interval, question = found.answer.interval, found.question
    assert interval
    low, high = (
        f"{end:.{question.decimals}f}{question.unit}" for end in (interval.low, interval.high)
    )
    return f"{interval.level:.0%}置信区间{low}至{high}"


def _closed(words: str) -> str:
    return words.rstrip("。") + "。"


def _rest(findings: Sequence[Finding]) -> list[Paragraph]:
    """Say what was looked at without a problem, and what could not be looked at."""
    said = []
    for verdict, words in (
        (Verdict.NONE, "按现有数据未见突出问题的:"),
        (Verdict.INSUFFICIENT, "因数据不足未能分析的:"),
    ):
        terms = [each.question.term for each in findings if each.verdict is verdict]
        if terms:
            said.append(body(words + "、".join(terms) + "。"))
    return said
