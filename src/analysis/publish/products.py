"""The files of a year beside its pages (数据文件和文稿): made together, from one computation."""

from analysis.publish.task import DRAFT, FIGURES, JSON, WORKBOOK
from analysis.publish.write import csv
from analysis.report.draft import draft, findings_of
from analysis.report.draft.word import docx
from analysis.report.edition import Edition
from analysis.report.machine import figures_json
from analysis.report.workbook import workbook
from analysis.statistics.facts import Facts


def products(edition: Edition, facts: Facts) -> dict[str, bytes]:
    """Return each file by its name; the same edition gives the same bytes.

    Args:
        edition: what they say.
        facts: from which findings are answered.
    """
    return {
        FIGURES: csv(edition.figures).encode(),
        JSON: figures_json(edition).encode(),
        WORKBOOK: workbook(edition),
        DRAFT: docx(draft(edition, findings_of(facts))),
    }
