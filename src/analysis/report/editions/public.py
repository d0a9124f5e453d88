"""The public edition (公开版) of the statistics page: protected numbers, and no others.

What it shows of cases and persons comes from the release of the place; the page itself keeps only the
catalogue, which counts neither. It shows less than the internal edition, and says so in each place.
"""

import pandas as pd

from analysis.report import beside, wording
from analysis.report.editions import protected_sections as sections
from analysis.report.editions.catalogue import catalogue_only, four_reductions
from analysis.report.editions.protected import HIDDEN, Protected
from analysis.report.editions.subject import Subject
from analysis.report.html import Html, note, paragraph
from analysis.report.numbers import MASK
from analysis.report.parts import definitions, headline, masthead
from analysis.report.reconciled import provenance, reconciliation
from analysis.report.released import released
from analysis.report.released import tables as names
from analysis.report.released.figures import department_figures
from analysis.report.sections import items
from analysis.report.tabular import table
from analysis.statistics.facts import Facts
from analysis.statistics.figures import figures
from analysis.tables.year import Year

AUDIENCE = "public"


class Public:
    """The page's sections, as ``Internal`` has them."""

    def __init__(self, year: Year, department: str = ""):
        """Take the place's release, and nothing else of the cases."""
        subject = Subject.of(year, department)
        self.year, self.release, self.source = year, released(year), subject.source
        self.department, self.name, self.above = subject.department, subject.name, subject.above
        self.tables = Protected(self.release, year.year, self.name if self.department else "")
        self.catalogue = catalogue_only(subject.facts)
        self.numbers = self._numbers(self.catalogue)
        self.book = wording.Book(self.numbers)
        self.book_before = (
            wording.Book(self._numbers(catalogue_only(before)))
            if (before := _whole_year(subject))
            else None
        )

    def masthead(self) -> Html:
        """Return the head of the page with its lead, and how to read it."""
        lead = wording.lead(self.year, self.book, self.name)
        head = masthead(self.year, wording.TITLE, lead, above=self.above, audience=AUDIENCE)
        return head + note("公开版只列经过披露控制的数,比内部版少。{}", HIDDEN)

    def headline(self) -> Html:
        """Return the key figures."""
        return headline(wording.key_figures(self.book, self.book_before))

    def assumptions(self) -> Html:
        """Return what is assumed of the place."""
        return wording.assumptions(self.year)

    def reconciliation(self) -> Html:
        """Return printed beside computed figures, as far as these are shown."""
        if self.department:
            return note("公开报告的数是全区的,不与一个部门的数核对。")
        if self.source is None:
            return paragraph(wording.NO_REPORT, self.year.title)
        return reconciliation(self.release.compared[self.year.year], self.source)

    def stocks_and_flows(self) -> Html:
        """Return stocks and flows, where all that they are made of is shown."""
        return sections.stocks_and_flows(self.tables)

    def departments_chart(self) -> Html:
        """Return the largest departments."""
        return sections.departments_chart(self.tables)

    def departments_table(self) -> Html:
        """Return cases by department."""
        return sections.departments_table(self.tables)

    def against_last_year(self) -> Html:
        """Return this year beside the last, of figures that both editions show."""
        if self.book_before is None:
            return note("没有上年数据,不作比较。")
        frame = beside.printed_years(self.book, self.book_before, wording.YEAR_ON_YEAR)
        return table(frame, caption="与上年相比", note="按印出的数相减;比率的增减为百分点。")

    def implementation(self) -> Html:
        """Return the paragraph on lawful implementation."""
        return wording.implementation(self.book, self.book_before)

    def months_chart(self) -> Html:
        """Return accepted cases by month."""
        return sections.months_chart(self.tables)

    def days(self) -> Html:
        """Return how long commitment cases took, in classes, and the late ones by department."""
        return sections.days(self.tables)

    def clocks(self) -> Html:
        """Return early, in time and late by the promised clock."""
        return sections.clocks(self.tables)

    def variants(self) -> Html:
        """Return figures under those of their definitions that are shown."""
        there = self.numbers[~self.numbers["value"].isin(["", MASK])]
        return table(
            beside.variants(there), caption="同一指标的不同口径", note="未列的口径公开版不列出。"
        )

    def claims(self) -> Html:
        """Return whether what is claimed to have improved has, by the printed numbers."""
        if self.book_before is None:
            return note("没有上年数据,不能核对“较往年提升”。")
        frame = beside.printed_claims(self.book, self.book_before)
        return table(frame, caption="“较往年提升”逐项核对", note="按印出的数,只核对方向。")

    def published_elements(self) -> Html:
        """Return which published elements the catalogue has."""
        return items.published_elements(self.catalogue)

    def inspections(self) -> Html:
        """Return inspections by type and by department."""
        return sections.inspections(self.tables)

    def ratings(self) -> Html:
        """Return ratings by level and by department."""
        return sections.ratings(self.tables)

    def channels_chart(self) -> Html:
        """Return accepted cases by channel."""
        return sections.channels_chart(self.tables)

    def online_depth(self) -> Html:
        """Return how deep items can be handled online."""
        return items.online_depth(self.catalogue)

    def innovation(self) -> Html:
        """Return the paragraph on new ways of working."""
        return wording.innovation(self.book)

    def tolerant_chart(self) -> Html:
        """Return tolerance items by department."""
        if self.department:
            return note("本页只有一个部门,不列容缺受理事项在各部门的分布。")
        return items.tolerant_chart(self.catalogue)

    def four_reductions(self) -> Html:
        """Return the four reductions, as far as they are of the catalogue."""
        return four_reductions(self.catalogue)

    def one_thing_packages(self) -> Html:
        """Return packages."""
        return items.one_thing_packages(self.catalogue)

    def services_table(self) -> Html:
        """Return services by department."""
        return items.services_table(self.catalogue)

    def rules(self) -> Html:
        """Return how the catalogue keeps its rules."""
        return items.rules(self.catalogue)

    def revised(self) -> Html:
        """Return what changed in the catalogue."""
        return items.revised(self.catalogue)

    def report_text(self) -> Html:
        """Say that a draft with blanks is for nobody outside."""
        return note("报告文稿供内部起草,不列入公开版。")

    def definitions(self) -> Html:
        """Return the definition of each figure, with its numbers where they are shown."""
        return definitions(wording.definitions_of(self.numbers))

    def provenance(self) -> Html:
        """Return where the numbers come from."""
        return provenance(self.year, self.source, audience=AUDIENCE)

    def _numbers(self, catalogue: Facts) -> pd.DataFrame:
        """Return the figures of a year: those of the release, or what it says of the department."""
        year = catalogue.year.year
        if not self.department:
            return self.release.figures[year]
        return department_figures(figures(catalogue), self.tables.rows(names.DEPARTMENTS, year))


def _whole_year(subject: Subject) -> Facts | None:
    """Return the facts of the year before where all of it is compared: only that is released."""
    before = subject.before
    whole = before and before.year.cutoff == before.year.default_cutoff
    return before if whole else None
