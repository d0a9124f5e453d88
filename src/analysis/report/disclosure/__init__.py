"""Disclosure control (披露控制): small numbers, and what gives them away, leave public tables."""

from analysis.report.disclosure.protect import Protected, protect
from analysis.report.disclosure.rules import MUST_PUBLISH, SENSITIVE, Exemption, Sum
from analysis.report.disclosure.tables import Computed, Share, Summary, Table

__all__ = [
    "MUST_PUBLISH",
    "SENSITIVE",
    "Computed",
    "Exemption",
    "Protected",
    "Share",
    "Sum",
    "Summary",
    "Table",
    "protect",
]
