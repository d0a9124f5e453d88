"""Parts 二 and 三 of the draft: problems as the findings show them, measures left to people."""

from collections import Counter
from collections.abc import Iterable, Sequence

from analysis.problems.finding import SEEN, Finding, Verdict
from analysis.problems.findings import between, statement, text, with_unit
from analysis.problems.topics import PROBLEMS, TOPICS
from analysis.report.draft.text import Blank, Evidence, Paragraph, Run, body, heading, subheading

QUALITY = "quality"  # traps of the data, no problem of licensing
CHINESE = "一二三四五六七八九十"
MOST = 3  # findings that the text tells of one problem; the annex has all
CAUTION = "上述情况也可能另有原因(见附件2),尚不能据此认定。"
NOTHING = "数据没有反映出可供列举的问题"
NOT_ANALYSED = "本年度数据未能作出问题分析"


def resting_on(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that the text rests on: those that show something."""
    return tuple(found for found in findings if found.verdict in SEEN)


def problems(findings: Sequence[Finding]) -> list[Paragraph]:
    """Return part 二: one heading for each kind of problem that the findings show."""
    said = [heading("二、存在问题和困难")]
    kinds = [(kind, _of(findings, kind)) for kind in PROBLEMS if kind != QUALITY]
    shown = [(kind, found) for kind, found in kinds if found]
    for at, (kind, found) in enumerate(shown):
        said += [subheading(f"({CHINESE[at]}){PROBLEMS[kind]}方面"), *_told(found)]
    if not shown:
        said.append(body(Blank(f"存在问题和困难({NOTHING if findings else NOT_ANALYSED})")))
    return [*said, *_rest(findings)]


def measures(findings: Sequence[Finding]) -> list[Paragraph]:
    """Return part 三: one heading for each measure, and which findings speak for it."""
    said = [heading("三、下一步工作措施及有关建议")]
    topics = [topic for topic in TOPICS if topic.part == "三"]
    for at, topic in enumerate(topics):
        said.append(subheading(f"({CHINESE[at]}){topic.title}"))
        found = [each for kind in topic.problems for each in _of(findings, kind)]
        said.append(body(*_speaking(found), Blank("拟采取的措施、责任单位和完成时限")))
    return said


def _of(findings: Iterable[Finding], kind: str) -> list[Finding]:
    """Return what shows something about a kind of problem, the evident first."""
    mine = [each for each in resting_on(findings) if each.question.problem == kind]
    return sorted(mine, key=lambda each: SEEN.index(each.verdict))


def _told(found: Sequence[Finding]) -> list[Paragraph]:
    """Tell the first findings of a problem, and that what they mean is open."""
    first = [each for each in found if _prints(each)][:MOST]
    told = {each.question.id for each in first}
    more = Counter(each.verdict.value for each in found if each.question.id not in told)
    rest = "、".join(f"{n}项{verdict}" for verdict, n in more.items())
    rest = f"另有{rest}的情况见附件2。" if more else ""
    asked = Blank("具体情形、所涉系统和事项,由有关部门核实")
    return [*(body(*_sentence(each)) for each in first), body(rest + CAUTION, asked)]


def _prints(found: Finding) -> bool:
    """Return whether the number is not 0 at its decimals."""
    return float(text(found.answer.number, found.question)) != 0


def _sentence(found: Finding) -> list[Run]:
    """Say a finding, how sure it is, and what it is compared with."""
    question, interval = found.question, found.answer.interval
    beside = []
    if interval:
        beside.append(
            f"{interval.level:.0%}置信区间{between(interval, question)}".replace(" 至 ", "至")
        )
    if found.before is not None:
        beside.append(f"上年{with_unit(found.before, question)}")
    words = statement(found).rstrip("。")
    compared = "".join(f"{each.rstrip('。')}。" for each in found.answer.comparison)
    said = f"({';'.join(beside)})" if beside else ""
    return [Evidence(question.id, words), f"{said}。{compared}"]


def _speaking(found: Sequence[Finding]) -> list[Run]:
    """Name the first findings that speak for a measure."""
    runs: list[Run] = []
    for each in found[:MOST]:
        runs += ["、" if runs else "针对", Evidence(each.question.id, each.question.term)]
    return [*runs, f"等{len(found)}项情况," if len(found) > MOST else "情况,"] if runs else []


def _rest(findings: Sequence[Finding]) -> list[Paragraph]:
    """Say what was looked at without a problem, what could not be, and what traps the data hold."""
    said = []
    traps = [run for each in _of(findings, QUALITY) for run in _sentence(each)]
    if traps:
        said.append(body("数据质量方面:", *traps, "上述各数应结合这些情况阅读。"))
    for verdict, words in (
        (Verdict.NONE, "按现有数据未见突出问题的:"),
        (Verdict.INSUFFICIENT, "因数据不足未能分析的:"),
    ):
        terms = [each.question.term for each in findings if each.verdict is verdict]
        if terms:
            said.append(body(words + "、".join(terms) + "。"))
    return said
