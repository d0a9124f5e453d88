"""Sections (章节): data quality, the problems of part 二, the measures of part 三; each finding once."""

from collections.abc import Mapping, Sequence

from analysis.problems.finding import SEEN, Finding
from analysis.problems.findings import answered, with_before
from analysis.problems.grounds import Grounds
from analysis.problems.topics import PROBLEMS, TOPICS
from analysis.report.draft.evidence import measures, problems
from analysis.report.draft.page import shown
from analysis.report.html import Html, note
from analysis.report.problems.one import finding
from analysis.report.problems.said import QUALITY, badge
from analysis.statistics.facts import department_names

PROBLEM = Html('<p class="problem">{}</p>')
ELSEWHERE = Html('<ul class="elsewhere">{}</ul>')
TEXT = Html('<details class="fold"><summary>第二、三部分的文字</summary>{}</details>')
SAME = "与报告文稿(Word)第二、三部分文字相同;“附件2”即上面各项发现。"
REFERENCE = Html('<li>{} <a href="#f-{}">{}</a></li>')


class Page:
    """The findings of a year as they are shown: in full where they first bear on something."""

    def __init__(self, grounds: Grounds):
        """Answer all questions."""
        self.grounds = grounds
        self.found: Sequence[Finding] = with_before(answered(grounds), grounds)
        self._by_id: Mapping[str, Finding] = {each.question.id: each for each in self.found}
        self._told: set[str] = set()

    @property
    def title(self) -> str:
        """Title of the page; names the department if it is about one."""
        code = self.grounds.department
        names = department_names(self.grounds.year.items)
        return f"问题分析({names.get(code, code)})" if code else "问题分析"

    def quality(self) -> Html:
        """Return the traps of the data."""
        return self._problem(QUALITY)

    def topic(self, part: str, at: int) -> Html:
        """Return what bears on the topic of a part of the report, counted from 1, in its order."""
        of = [topic for topic in TOPICS if topic.part == part][at - 1]
        return Html().join(self._problem(problem) for problem in of.problems)

    def report_text(self) -> Html:
        """Return parts 二 and 三 of the draft (报告文稿), folded: the same paragraphs as in Word."""
        paragraphs = shown([*problems(self.found), *measures(self.found)])
        return note("{}", SAME) + TEXT.format(paragraphs)

    def _problem(self, problem: str) -> Html:
        found = [each for each in self.found if each.question.problem == problem]
        if not found:
            return Html()
        head = PROBLEM.format(PROBLEMS[problem]) if problem != QUALITY else Html()
        if problem in self._told:
            return head + _references(found)
        self._told.add(problem)
        return head + Html().join(finding(each, self._by_id, self.grounds) for each in found)


def _references(found: Sequence[Finding]) -> Html:
    """Return links to findings that are shown in full above, those that show nothing as a number."""
    seen = [each for each in found if each.verdict in SEEN]
    items = [
        REFERENCE.format(badge(each.verdict), each.question.id, each.question.term) for each in seen
    ]
    if rest := len(found) - len(seen):
        items.append(Html("<li>其余 {} 项未见或数据不足,见上文。</li>").format(rest))
    return ELSEWHERE.format(Html().join(items))
