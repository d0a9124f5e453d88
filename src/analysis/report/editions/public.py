"""The public edition (公开版) of the statistics page: protected numbers, and no others.

What it shows of cases and persons comes from the release of the place; the page itself keeps only the
catalogue, which counts neither. It shows less than the internal edition, and says so in each place.
"""

from dataclasses import replace

import pandas as pd

from analysis.report import beside, captions, charts, wording
from analysis.report.editions.protected import (
    HIDDEN,
    Protected,
    masked,
    nothing,
    stocks_and_flows,
)
from analysis.report.editions.subject import Subject
from analysis.report.figure import show
from analysis.report.html import Html, note, paragraph
from analysis.report.numbers import MASK, percent
from analysis.report.parts import definitions, headline, masthead
from analysis.report.reconciled import provenance, reconciliation
from analysis.report.released import released
from analysis.report.released import tables as names
from analysis.report.released.figures import department_figures, is_free
from analysis.report.sections import items
from analysis.report.sections.cases import LARGEST, months_figure
from analysis.report.tabular import table
from analysis.sources.published import published_source
from analysis.sources.reductions import four_reductions
from analysis.statistics import breakdowns
from analysis.statistics.breakdowns import TOTAL
from analysis.statistics.facts import Facts
from analysis.statistics.figures import figures
from analysis.statistics.registry import REGISTRY
from analysis.tables.codes.process import APPLY_CHANNEL
from analysis.tables.reduction import Reduction
from analysis.tables.year import Year

AUDIENCE = "public"
ABSENT = "公开版不列出{}。"


class Public:
    """The page's sections, as ``Internal`` has them."""

    def __init__(self, year: Year, department: str = ""):
        """Take the place's release, and nothing else of the cases."""
        subject = Subject.of(year, department)
        self.year, self.release, self.source = year, released(year), _source(year)
        self.department, self.name, self.above = subject.department, subject.name, subject.above
        self.tables = Protected(self.release, year.year, self.name if self.department else "")
        self.catalogue = _catalogue(subject.facts)
        self.numbers = self._numbers(self.catalogue)
        self.book = wording.Book(self.numbers)
        self.book_before = (
            wording.Book(self._numbers(_catalogue(before)))
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
        rows = self.tables.rows(names.DEPARTMENTS)
        if rows.empty:
            return nothing("存量与流量")
        frame = stocks_and_flows(rows.iloc[-1])
        return table(frame, caption="存量与流量:年初 + 流入 − 流出 = 期末", unit="件")

    def departments_chart(self) -> Html:
        """Return the largest departments."""
        shown = self.tables.table(names.DEPARTMENTS)
        if self.department or "受理量" not in shown or masked(shown["受理量"]):
            return note(ABSENT, "各部门受理量的图")
        accepted = shown["受理量"].drop(TOTAL).astype("int64")
        words = captions.ranking_words(accepted, "受理量")
        return show(
            charts.ranked_bars(accepted.head(LARGEST)),
            caption=words.caption,
            alt=words.alt,
            unit="件",
        )

    def departments_table(self) -> Html:
        """Return cases by department."""
        short = [
            column for column in breakdowns.SHORT if column in self.tables.rows(names.DEPARTMENTS)
        ]
        return self.tables.shown(names.DEPARTMENTS, short, unit="件", names=breakdowns.SHORT)

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
        if self.department:
            return note(ABSENT, "一个部门各月的数")
        years = [
            year
            for year in (self.year.year - 1, self.year.year)
            if self.tables.months(year) is not None
        ]
        if self.year.year not in years:
            return self.tables.shown(names.MONTHS, unit="件")
        months = pd.concat([self.tables.months(year) for year in years])
        return months_figure(months, self.year.year)

    def days(self) -> Html:
        """Return how long commitment cases took, in classes, and the late ones by department."""
        late = self.tables.shown(
            names.LATE_BY_DEPARTMENT, unit="件", formats={names.LATE_RATE: percent}
        )
        if self.department:
            return note(ABSENT, "一个部门的办理用时分布") + late
        return self.tables.shown(names.DAYS, unit="件", names={"办结量": "办结的承诺件"}) + late

    def clocks(self) -> Html:
        """Return early, in time and late by the promised clock."""
        if self.department:
            return note(ABSENT, "一个部门提前、按时和超期的数(承诺件超期数见上表)")
        said = self.tables.shown(names.CLOCK, unit="件", names={"承诺件": "其中承诺件"})
        return said + note(ABSENT, "其他计时方法下的数:它们两两相减,可能得出过小的数")

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
        by_type = (
            Html() if self.department else self.tables.shown(names.INSPECTED_BY_TYPE, unit="次")
        )
        return by_type + self.tables.shown(names.INSPECTED_BY_DEPARTMENT, unit="次")

    def ratings(self) -> Html:
        """Return ratings by level and by department."""
        total = {TOTAL: "评价"}
        by_level = (
            Html()
            if self.department
            else self.tables.shown(names.RATED_BY_LEVEL, unit="条", names=total)
        )
        return by_level + self.tables.shown(names.RATED_BY_DEPARTMENT, unit="条", names=total)

    def channels_chart(self) -> Html:
        """Return accepted cases by channel."""
        if self.department:
            return note(ABSENT, "一个部门按申报来源的数")
        years = (self.year.year - 1, self.year.year)
        tables = {f"{year}年": self.tables.table(names.CHANNELS, year) for year in years}
        found = {year: rows["受理量"] for year, rows in tables.items() if len(rows)}
        if not found or any(map(masked, found.values())):
            return self.tables.shown(names.CHANNELS, unit="件")
        frame = pd.DataFrame(found).T.astype("int64")
        frame = frame[list(APPLY_CHANNEL.terms.values())]
        words = captions.shares_words(frame, list(breakdowns.ONLINE), "网上和移动端受理")
        return show(
            charts.shares(frame), caption=words.caption, alt=words.alt, note="年内受理量按申报来源"
        )

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
        declared = four_reductions(self.year.place.slug)
        listed = tuple(each for each in declared.reductions if not _counts_cases(each))
        made = items.four_reductions(self.catalogue, replace(declared, reductions=listed))
        gone = "、".join(each.term for each in declared.reductions if _counts_cases(each))
        return made + (note(ABSENT, f"以办件计的{gone}") if gone else Html())

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


def _catalogue(facts: Facts) -> Facts:
    """Return facts without anything that counts cases or persons."""
    nothing = {name: rows.iloc[:0] for name, rows in facts.oversight.items()}
    return replace(facts, tally=facts.tally.iloc[:0], oversight=nothing)


def _whole_year(subject: Subject) -> Facts | None:
    """Return the facts of the year before where all of it is compared: only that is released."""
    before = subject.before
    whole = before and before.year.cutoff == before.year.default_cutoff
    return before if whole else None


def _counts_cases(reduction: Reduction) -> bool:
    figure = REGISTRY.get((reduction.figure, reduction.variant))
    return figure is not None and not is_free(figure)


def _source(year: Year) -> dict[str, str] | None:
    report = year.place.published.get(year.year)
    return published_source(report) if report else None
