"""A small edition to write as files: the supervised year, of a labelled place.

``python -m tests.report.editions`` prints a hash of each file made from it.
"""

from dataclasses import replace
from hashlib import sha256

from analysis.check import compare
from analysis.report.draft import draft
from analysis.report.draft.word import docx
from analysis.report.edition import Edition, edition
from analysis.report.machine import figures_json
from analysis.report.workbook import workbook
from analysis.statistics.facts import Facts
from tests.statistics.supervised import supervised_year
from tests.tables.build import PLACE

LABEL = "演示数据:测试区为虚构,并非真实办件"
LABELLED = replace(PLACE, label=LABEL, assumptions=("假设:一", "假设:二"))


def small_edition(**changed) -> Edition:
    """Return the edition of the supervised year; its year before is the year itself."""
    facts = Facts.of(supervised_year(**({"place": LABELLED} | changed)))
    return edition(facts, facts, compare(facts))


def small_files(of: Edition) -> dict[str, bytes]:
    """Return the files that are made from an edition."""
    return {
        "figures.json": figures_json(of).encode(),
        "figures.xlsx": workbook(of),
        "draft.docx": docx(draft(of, [])),
    }


if __name__ == "__main__":
    for name, content in small_files(small_edition()).items():
        print(name, sha256(content).hexdigest())
