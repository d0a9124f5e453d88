"""Commitment (告知承诺): services on the list, and cases in which a written promise replaced a proof."""

from functools import partial

import pandas as pd

from analysis.statistics.access.listed import listed
from analysis.statistics.figure import DEPARTMENT, Certainty
from analysis.statistics.makers import case_count, case_share
from analysis.statistics.ratios import count_of, ratio_of
from analysis.statistics.scopes import services
from analysis.statistics.sections import INNOVATION

SOURCE = "国办发〔2020〕42号"
COMMITTED = ("items.commitment_ok",)
PROMISED = ("cases.commitment_used", "cases.accepted_at")


def committed(items: pd.DataFrame) -> pd.DataFrame:
    """Keep the services for which a written promise replaces a proof (告知承诺)."""
    found = services(items)
    return found[found["commitment_ok"].fillna(False)]


_listed = partial(listed, source=SOURCE, needs=COMMITTED, select=committed)

FIGURES = (
    _listed(
        id="commitment_items",
        term="告知承诺事项",
        english="services on written promise",
        numerator="实行告知承诺的事项",
    ),
    _listed(
        id="commitment_departments",
        term="告知承诺事项所涉部门",
        english="departments with services on written promise",
        grain=DEPARTMENT,
        numerator="有告知承诺事项的部门",
    ),
    case_count(
        id="commitment_cases",
        term="告知承诺件",
        english="cases on written promise",
        numerator="年内受理的告知承诺件",
        section=INNOVATION,
        source=SOURCE,
        certainty=Certainty.PRACTICE,
        needs=PROMISED,
        compute=count_of("accepted_commitment"),
    ),
    case_share(
        id="commitment_case_share",
        term="告知承诺件占比",
        english="share of cases on written promise",
        numerator="年内受理的告知承诺件",
        denominator="年内受理量",
        section=INNOVATION,
        source=SOURCE,
        certainty=Certainty.PRACTICE,
        needs=PROMISED,
        compute=ratio_of("accepted_commitment", "accepted"),
    ),
)
