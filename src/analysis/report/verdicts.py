"""Verdicts (结论) as readers see them: which are good, which need attention."""

import pandas as pd

from analysis.report.tabular import Verdict as Badge
from analysis.statistics.reconcile import FAILING, Verdict

NO_REPORT = "无公开报告"
FAILED = "核对未通过"
NOT_RELEASED = "不公开"  # the public edition does not show the computed number

VERDICTS: dict[str, Badge] = {
    Verdict.AGREES: "ok",
    Verdict.CALIBRATED: "ok",
    Verdict.EXPLAINED: "res",
    Verdict.RESIDUAL: "res",
    Verdict.STATED: "st",
    Verdict.DIFFERS: "bad",
    Verdict.MISSING: "bad",
    Verdict.UNKNOWN: "bad",
    NO_REPORT: "st",
    NOT_RELEASED: "st",
    FAILED: "bad",
}


def year_verdict(figures: pd.DataFrame) -> str:
    """Return one verdict over all printed figures of a year (its ``figures.csv``)."""
    verdicts = set(figures["verdict"]) - {""}
    if not verdicts:
        return NO_REPORT
    if verdicts & {verdict.value for verdict in FAILING}:
        return FAILED
    calibrated = Verdict.CALIBRATED.value in verdicts
    return (Verdict.CALIBRATED if calibrated else Verdict.AGREES).value
