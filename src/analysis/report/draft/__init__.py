"""The draft of the report (报告文稿): its paragraphs as data, and how Word and pages show them."""

from collections.abc import Sequence

from analysis.problems.finding import Finding
from analysis.problems.findings import answered, with_before
from analysis.problems.grounds import Grounds
from analysis.report.draft.basics import basics, opening
from analysis.report.draft.evidence import measures, problems, resting_on
from analysis.report.draft.ledger import Ledger
from analysis.report.draft.text import Draft, Number
from analysis.report.edition import Edition

__all__ = ["draft", "findings_of"]
TITLE = "{}{}年度行政许可实施和监督管理情况报告"


def draft(edition: Edition, findings: Sequence[Finding]) -> Draft:
    """Return the draft of an edition's report.

    Args:
        edition: gives the numbers, of this year and the last.
        findings: what parts 二 and 三 rest on; may be none.
    """
    ledger = Ledger(edition)
    text = [opening(ledger), *basics(ledger), *problems(findings), *measures(findings)]
    named = dict.fromkeys(
        (run.figure, run.variant) for part in text for run in part.runs if isinstance(run, Number)
    )
    year = edition.year
    return Draft(
        title=TITLE.format(edition.department or year.place.name, year.year),
        label=year.label,
        dates=edition.dates,
        paragraphs=tuple(text),
        definitions=tuple(map(ledger.entry, named)),
        findings=resting_on(findings),
    )


def findings_of(grounds: Grounds) -> list[Finding]:
    """Answer all questions, with the numbers of the year before: what parts 二 and 三 rest on."""
    return with_before(answered(grounds), grounds)
