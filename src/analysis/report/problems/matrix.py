"""Matrices (证据矩阵): findings by problem, by topic of the report and by department; and the gaps."""

from collections.abc import Sequence

import pandas as pd

from analysis.problems.finding import SEEN, Finding, Verdict
from analysis.problems.findings import QUESTIONS, answered
from analysis.problems.grounds import Grounds
from analysis.problems.topics import PROBLEMS, TOPICS
from analysis.report.html import Html, note
from analysis.report.numbers import number
from analysis.report.problems.said import badge
from analysis.report.tabular import table
from analysis.statistics.facts import department_names
from analysis.statistics.needs import INSUFFICIENT

LINK = Html('<a href="#f-{}">{}</a>')
LARGEST = 15  # departments: in small ones a single case decides a share
WORST = (Verdict.EVIDENT, Verdict.SIGNS, Verdict.NONE, Verdict.INSUFFICIENT)


def by_problem(found: Sequence[Finding]) -> Html:
    """Return how many findings of each problem have which verdict, and which are evident."""
    rows = [
        {"问题": PROBLEMS[problem], **_counts(of), "明显的": _terms(of)}
        for problem in PROBLEMS
        if (of := [each for each in found if each.question.problem == problem])
    ]
    return table(
        pd.DataFrame(rows, dtype=object), caption="证据矩阵:问题和结论", unit="项", compact=True
    )


def by_topic(found: Sequence[Finding]) -> Html:
    """Return what bears on each problem of part 二 and each measure of part 三."""
    rows = []
    for topic in TOPICS:
        of = [each for each in found if each.question.problem in topic.problems]
        heads = {"议题": topic.title, "部分": topic.part}
        rows.append({**heads, **_counts(of), "明显的": _terms(of)})
    return table(
        pd.DataFrame(rows, dtype=object),
        caption="证据矩阵:报告的问题和措施",
        unit="项",
        note="一项发现可以与几个议题有关,各行不能相加。",
        compact=True,
    )


def by_department(grounds: Grounds) -> Html:
    """Return for the largest departments the worst verdict on each problem, and on how many counts."""
    if grounds.department:
        return note("只看一个部门,不作部门比较。")
    completed = grounds.facts.rows("completed").groupby("dept_code")["n"].sum()
    largest = completed.sort_values(ascending=False, kind="stable").head(LARGEST)
    names = department_names(grounds.year.items)
    asked = [question for question in QUESTIONS.values() if question.divisible]
    problems = list(dict.fromkeys(question.problem for question in asked))
    rows = []
    for code, n in largest.items():
        found = answered(grounds.of(str(code)), [question.id for question in asked])
        cells = {
            PROBLEMS[problem]: _worst([f for f in found if f.question.problem == problem])
            for problem in problems
        }
        rows.append({"部门": str(names.get(code, code)), "办结量(件)": number(n), **cells})
    return table(
        pd.DataFrame(rows, dtype=object),
        caption="证据矩阵:部门和问题",
        note=f"只列办结量前 {LARGEST} 个部门、不必另作逐件计算的指标;格内是该问题各项中最重的结论和项数。事项结构不同,部门之间不能直接排名。",
    )


def not_computed(found: Sequence[Finding]) -> Html:
    """Return what could not be computed, by the reason why."""
    missing = [each for each in found if each.verdict is Verdict.INSUFFICIENT]
    if not missing:
        return note("登记的指标全部算出。")
    reasons = dict.fromkeys(each.answer.reason for each in missing)
    rows = [
        {
            "原因": reason.removeprefix(INSUFFICIENT),
            "没有算出的指标": _links([each for each in missing if each.answer.reason == reason]),
        }
        for reason in reasons
    ]
    return table(
        pd.DataFrame(rows, dtype=object), caption=f"没有算出的 {len(missing)} 项", compact=True
    )


def _counts(found: Sequence[Finding]) -> dict[str, object]:
    return {verdict.value: sum(each.verdict is verdict for each in found) for verdict in Verdict}


def _terms(found: Sequence[Finding]) -> Html:
    return _links([each for each in found if each.verdict is Verdict.EVIDENT])


def _links(found: Sequence[Finding]) -> Html:
    return Html("、").join(LINK.format(each.question.id, each.question.term) for each in found)


def _worst(found: Sequence[Finding]) -> Html:
    """Return the worst verdict among findings, with how many there are of it."""
    worst = next(verdict for verdict in WORST if any(each.verdict is verdict for each in found))
    n = sum(each.verdict is worst for each in found)
    return badge(worst) + (f" {n}" if worst in SEEN else "")
