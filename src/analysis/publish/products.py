"""The files of a year beside its pages (数据文件和文稿): made together, from one computation."""

from analysis.problems.findings import tabulated
from analysis.problems.grounds import Grounds
from analysis.publish.task import DRAFT, FIGURES, FINDINGS, JSON, WORKBOOK
from analysis.publish.write import csv
from analysis.report.draft import draft, findings_of
from analysis.report.draft.word import docx
from analysis.report.edition import Edition
from analysis.report.machine import figures_json
from analysis.report.numbers import MASK
from analysis.report.workbook import workbook


def products(edition: Edition, grounds: Grounds) -> dict[str, bytes]:
    """Return each file by its name; the same edition gives the same bytes.

    Args:
        edition: what they say.
        grounds: from which findings are answered, once for all files.
    """
    found = findings_of(grounds)
    return {
        FIGURES: csv(edition.figures).encode(),
        JSON: figures_json(edition).encode(),
        WORKBOOK: workbook(edition),
        DRAFT: docx(draft(edition, found)),
        FINDINGS: csv(tabulated(found, grounds)).encode(),
    }


def public_products(edition: Edition) -> dict[str, bytes]:
    """Return what the public gets beside its pages; a draft with blanks is for nobody outside."""
    shown = edition.figures.assign(value=edition.figures["value"].replace(MASK, ""))
    return {
        FIGURES: csv(shown).encode(),
        JSON: figures_json(edition).encode(),
        WORKBOOK: workbook(edition),
    }
