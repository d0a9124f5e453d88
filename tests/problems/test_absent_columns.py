"""What is not there skips exactly the questions that need it; all others keep their numbers."""

import pandas as pd
import pytest

from analysis.problems.finding import Finding, Verdict
from analysis.problems.findings import QUESTIONS, answered, grounds_of
from analysis.problems.findings import needs as all_needs
from analysis.problems.topics import PROBLEMS, TOPICS
from analysis.tables import TABLES
from analysis.tables.year import Year
from tests.problems.whole import YEAR, whole_frames
from tests.tables.build import PLACE

WHY = "源系统没有"
FRAMES = whole_frames()
# Without dates of validity the catalogue's status alone says what is in force (tables.md).
OF_NO_QUESTION = {"items.valid_from", "items.valid_to"}
# They identify and group: without them there is nothing to lay side by side.
KEYS = {f"{name}.{key}" for name in FRAMES for key in TABLES[name].key}
COLUMNS = [
    f"{name}.{column}"
    for name, frame in FRAMES.items()
    for column in frame
    if f"{name}.{column}" not in OF_NO_QUESTION | KEYS
]
WANTED = {
    name: {need.partition("=")[0] for need in all_needs(question)}
    for name, question in QUESTIONS.items()
}
NEEDED = set().union(*WANTED.values())
# Where they are there, they tell re-submissions and projects apart; most systems have neither.
REFINING = {"cases.original_case_id", "cases.project_code"}
OTHERS = [name for name in FRAMES if name not in ("cases", "items")]


def year_without(*lost: str) -> Year:
    """Make the year without some columns (``table.column``) or tables."""
    frames = {name: frame for name, frame in FRAMES.items() if name not in lost}
    columns = [name for name in lost if "." in name]
    for name, _, column in (each.partition(".") for each in columns):
        frames[name] = frames[name].drop(columns=column)
    return Year.from_frames(PLACE, YEAR, frames, absent=dict.fromkeys(columns, WHY))


@pytest.fixture(scope="module")
def whole() -> dict[str, Finding]:
    return {each.question.id: each for each in answered(grounds_of(year_without()))}


def needs(question: str, name: str) -> bool:
    wanted = WANTED[question]
    return name in wanted or any(need.startswith(f"{name}.") for need in wanted)


def term(lost: str) -> str:
    table, _, column = lost.partition(".")
    return TABLES[table][column].term if column else TABLES[table].term


def test_the_whole_year_answers_what_it_can(whole):
    """Growth needs a year before; workload and delegation need more cases than there are here."""
    without = {each.question.id: each for each in whole.values() if each.answer.number is None}
    small = {"squeeze", "delegation", "departments"}
    assert {name for name, each in without.items() if each.question.problem not in small} <= {
        "visits_growth",
        "blind_to_risk",
    }


def test_rows_of_evidence_have_no_heading_of_their_own(whole):
    """Else a table would show how the rows were numbered somewhere before."""
    for name, each in whole.items():
        assert each.answer.evidence.index.equals(pd.RangeIndex(len(each.answer.evidence))), name


def test_what_no_question_needs_may_all_be_gone(whole):
    unneeded = [column for column in COLUMNS if column not in NEEDED | REFINING]
    assert len(unneeded) > 40
    for each in answered(grounds_of(year_without(*unneeded))):
        assert each.answer.number == whole[each.question.id].answer.number, each.question.id


def together() -> list[tuple[str, ...]]:
    """Return what is lost at once: columns that the same questions need, or none of the same.

    Each year takes a while, and what one column takes along shows in the questions of no other.
    """
    found: list[tuple[set[str], list[str]]] = []
    for lost in (column for column in COLUMNS if column in NEEDED):
        skipped = {name for name in QUESTIONS if needs(name, lost)}
        for others, columns in found:
            if skipped == others or not skipped & others:
                others |= skipped
                columns.append(lost)
                break
        else:
            found.append((skipped, [lost]))
    return [*(tuple(lost) for _, lost in found), *((table,) for table in OTHERS)]


@pytest.mark.parametrize("lost", together())
def test_exactly_what_needs_it_is_skipped(whole, lost):
    for each in answered(grounds_of(year_without(*lost))):
        name, answer = each.question.id, each.answer
        if any(needs(name, one) for one in lost):
            assert each.verdict is Verdict.INSUFFICIENT, name
            assert answer.reason.startswith("数据不足:缺少"), answer.reason
            assert all(
                term(one) in answer.reason for one in lost if "." in one and needs(name, one)
            )
        else:
            assert answer.number == whole[name].answer.number, name
            assert answer.interval == whole[name].answer.interval, name


@pytest.mark.parametrize(
    ("code", "asked", "said"),
    [
        ("cases.outcome=refused", {"departments_refusals"}, "分不出“不予许可”"),
        ("events.activity=return", {"sent_back"}, "分不出“退回”"),
    ],
)
def test_a_code_that_cannot_be_told_apart_skips_what_counts_it(whole, code, asked, said):
    """There the columns are, but none of the refused would not say that nobody was refused."""
    for each in answered(grounds_of(Year.from_frames(PLACE, YEAR, FRAMES, absent={code: WHY}))):
        name, answer = each.question.id, each.answer
        if name in asked:
            assert said in answer.reason
            assert WHY in answer.reason
        else:
            assert answer.number == whole[name].answer.number, name


def test_every_question_is_of_a_problem_that_the_page_shows():
    shown = {"quality"} | {problem for topic in TOPICS for problem in topic.problems}
    assert shown == set(PROBLEMS)
    assert {question.problem for question in QUESTIONS.values()} <= set(PROBLEMS)


def test_traps_are_questions_on_data_quality():
    for question in QUESTIONS.values():
        assert {QUESTIONS[trap].problem for trap in question.traps} <= {"quality"}


def test_every_question_says_what_a_reader_may_doubt():
    for question in QUESTIONS.values():
        assert "{number}" in question.statement
        assert question.rivals, question.id
        assert question.threshold.signs <= question.threshold.evident
        assert pd.Series([question.definition, question.scope, question.source]).str.len().min() > 3
