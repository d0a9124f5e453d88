"""What notebooks show things with: ``from analysis.report.show import show, table, …``."""

from analysis.report.figure import show
from analysis.report.html import Html, note, paragraph, text
from analysis.report.parts import Card, Definition, cite, definitions, headline, masthead
from analysis.report.tabular import table

__all__ = [
    "Card",
    "Definition",
    "Html",
    "cite",
    "definitions",
    "headline",
    "masthead",
    "note",
    "paragraph",
    "show",
    "table",
    "text",
]
