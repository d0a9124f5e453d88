"""Sections on several years (历年): the page of ``trends.ipynb``."""

from analysis.report.sections.trends.decompositions import decompositions
from analysis.report.sections.trends.figures import (
    breaks_table,
    catalogue_table,
    definitions,
    figures_table,
    months_chart,
)
from analysis.report.sections.trends.findings import findings_table
from analysis.report.sections.trends.head import key_figures, lead, masthead

__all__ = [
    "breaks_table",
    "catalogue_table",
    "decompositions",
    "definitions",
    "figures_table",
    "findings_table",
    "key_figures",
    "lead",
    "masthead",
    "months_chart",
]
