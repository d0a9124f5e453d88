"""Commitment (告知承诺): services on the list, and cases in which a written promise replaced a proof."""

import pandas as pd

from analysis.statistics.access.listed import listed, use_of_list
from analysis.statistics.figure import DEPARTMENT
from analysis.statistics.ratios import count_of, ratio_of
from analysis.statistics.scopes import services

SOURCE = "国办发〔2020〕42号"
COMMITTED, PROMISED = ("items.commitment_ok",), ("cases.commitment_used",)
ACCEPTED = ("cases.accepted_at",)


def committed(items: pd.DataFrame) -> pd.DataFrame:
    """Keep the services for which a written promise replaces a proof (告知承诺)."""
    found = services(items)
    return found[found["commitment_ok"].fillna(False)]


FIGURES = (
    listed(
        "commitment_items",
        "告知承诺事项",
        "services on written promise",
        "实行告知承诺的事项",
        SOURCE,
        committed,
        COMMITTED,
    ),
    listed(
        "commitment_departments",
        "告知承诺事项所涉部门",
        "departments with services on written promise",
        "有告知承诺事项的部门",
        SOURCE,
        committed,
        COMMITTED,
        grain=DEPARTMENT,
    ),
    use_of_list(
        "commitment_cases",
        "告知承诺件",
        "cases on written promise",
        "年内受理的告知承诺件",
        SOURCE,
        count_of("accepted_commitment"),
        (*PROMISED, *ACCEPTED),
    ),
    use_of_list(
        "commitment_case_share",
        "告知承诺件占比",
        "share of cases on written promise",
        "年内受理的告知承诺件",
        SOURCE,
        ratio_of("accepted_commitment", "accepted"),
        (*PROMISED, *ACCEPTED),
        "年内受理量",
    ),
)
