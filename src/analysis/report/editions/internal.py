"""The internal edition (内部版) of the statistics page: every number that the data give."""

from collections.abc import Callable
from functools import cached_property

import pandas as pd

from analysis.check import compare
from analysis.report import wording
from analysis.report.draft.basics import basics
from analysis.report.draft.ledger import Ledger
from analysis.report.draft.page import shown
from analysis.report.edition import Edition
from analysis.report.editions.subject import Subject
from analysis.report.html import Html, note, paragraph
from analysis.report.parts import definitions, headline, masthead
from analysis.report.reconciled import printed_report, provenance, reconciliation
from analysis.report.sections import cases, items, oversight
from analysis.sources.reductions import four_reductions
from analysis.statistics.figures import figures
from analysis.tables.year import Year

AUDIENCE = "internal"
ONE_DEPARTMENT = "本页只有一个部门,不列{}。"
REST = "与报告文稿(Word)第一部分文字相同;第二、三部分见问题分析页的“报告文稿”。"


class Internal:
    """The page's sections. All are there for one department, too, or say why they are not."""

    def __init__(self, year: Year, department: str = ""):
        """Compute the year's figures, and those of the year before where there is one."""
        self.year, self.subject = year, Subject.of(year, department)
        self.facts, self.before = self.subject.facts, self.subject.before

    @cached_property
    def numbers(self) -> pd.DataFrame:
        """The figures, as ``figures`` returns them."""
        return figures(self.facts)

    @cached_property
    def book(self) -> wording.Book:
        """The figures by id."""
        return wording.Book(self.numbers)

    @cached_property
    def book_before(self) -> wording.Book | None:
        """The figures of the year before."""
        return wording.Book(figures(self.before)) if self.before else None

    @property
    def source(self) -> dict[str, str] | None:
        """The printed report; None where none is known."""
        return printed_report(self.year)

    def masthead(self) -> Html:
        """Return the head of the page (页首) with its lead."""
        lead = wording.lead(self.year, self.book, self.subject.name)
        return masthead(self.year, wording.TITLE, lead, above=self.subject.above, audience=AUDIENCE)

    def headline(self) -> Html:
        """Return the key figures (关键指标)."""
        return headline(wording.key_figures(self.book, self.book_before))

    def assumptions(self) -> Html:
        """Return what is assumed of the place (假设)."""
        return wording.assumptions(self.year)

    def reconciliation(self) -> Html:
        """Return printed beside computed figures (数据核对)."""
        if self.subject.department:
            return note("公开报告的数是全区的,不与一个部门的数核对;核对见全区页面。")
        if self.source is None:
            return paragraph(wording.NO_REPORT, self.year.title)
        return reconciliation(compare(self.facts), self.source)

    def stocks_and_flows(self) -> Html:
        """Return stocks and flows (存量与流量)."""
        return cases.stocks_and_flows(self.facts)

    def departments_chart(self) -> Html:
        """Return the largest departments (各部门受理量)."""
        return self._of_all(cases.departments_chart, "各部门受理量的比较")

    def departments_table(self) -> Html:
        """Return cases by department (各部门办件)."""
        return cases.departments_table(self.facts)

    def against_last_year(self) -> Html:
        """Return this year beside the last (与上年相比)."""
        return cases.against_last_year(self.facts, self.before)

    def implementation(self) -> Html:
        """Return the paragraph on lawful implementation (依法实施)."""
        return wording.implementation(self.book, self.book_before)

    def months_chart(self) -> Html:
        """Return accepted cases by month (各月受理量)."""
        return cases.months_chart([each for each in (self.before, self.facts) if each])

    def days(self) -> Html:
        """Return how long commitment cases took (办理用时), in all and by department."""
        return cases.days_chart(self.facts) + cases.days_table(self.facts)

    def clocks(self) -> Html:
        """Return early, in time and late by each clock (各时限)."""
        return cases.clocks(self.facts)

    def variants(self) -> Html:
        """Return figures under each of their definitions (不同口径)."""
        return cases.variants(self.numbers)

    def claims(self) -> Html:
        """Return whether what is claimed to have improved has (提升与否)."""
        return cases.claims(self.facts, self.before)

    def published_elements(self) -> Html:
        """Return which published elements the catalogue has (公开要素)."""
        return items.published_elements(self.facts)

    def inspections(self) -> Html:
        """Return inspections (监管检查)."""
        return oversight.inspections(self.facts)

    def ratings(self) -> Html:
        """Return ratings (好差评)."""
        return oversight.ratings(self.facts)

    def channels_chart(self) -> Html:
        """Return accepted cases by channel (申报来源)."""
        return cases.channels_chart([each for each in (self.before, self.facts) if each])

    def online_depth(self) -> Html:
        """Return how deep items can be handled online (网办深度)."""
        return items.online_depth(self.facts)

    def innovation(self) -> Html:
        """Return the paragraph on new ways of working (创新方式)."""
        return wording.innovation(self.book)

    def tolerant_chart(self) -> Html:
        """Return tolerance items by department (容缺受理事项)."""
        return self._of_all(items.tolerant_chart, "容缺受理事项在各部门的分布")

    def four_reductions(self) -> Html:
        """Return the four reductions (四减)."""
        return items.four_reductions(self.facts, four_reductions(self.year.place.slug))

    def one_thing_packages(self) -> Html:
        """Return packages (一件事)."""
        return items.one_thing_packages(self.facts)

    def services_table(self) -> Html:
        """Return services by department (各部门事项)."""
        return items.services_table(self.facts)

    def rules(self) -> Html:
        """Return how the catalogue keeps its rules (规则核对)."""
        return items.rules(self.facts)

    def revised(self) -> Html:
        """Return what changed in the catalogue (目录变化)."""
        return items.revised(self.facts)

    def report_text(self) -> Html:
        """Return part 一 of the draft (报告文稿): the same paragraphs as in Word."""
        name = self.subject.name if self.subject.department else ""
        before = figures(self.before) if self.before else None
        text = basics(Ledger(Edition(self.year, self.numbers, before, department=name)))
        return note("{}", REST) + shown(text)

    def definitions(self) -> Html:
        """Return the definition of each figure (口径与定义)."""
        return definitions(wording.definitions_of(self.numbers))

    def provenance(self) -> Html:
        """Return where the numbers come from (数据来源与版本)."""
        return provenance(self.year, self.source, audience=AUDIENCE)

    def _of_all(self, make: Callable[..., Html], what: str) -> Html:
        """Return a section that compares departments, or why a page of one has none."""
        return note(ONE_DEPARTMENT, what) if self.subject.department else make(self.facts)
