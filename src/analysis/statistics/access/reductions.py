"""Reductions (减材料、减环节): services that ask for less than before, and how much less.

减材料 has three senses: services with fewer materials (the 2022 report's), materials saved, and
materials not handed in because they are shared; the last needs a column that no catalogue here has.
"""

from fractions import Fraction
from functools import partial

import pandas as pd

from analysis.statistics.access.listed import listed
from analysis.statistics.facts import Facts
from analysis.statistics.figure import (
    HANDLING,
    SERVICE,
    SERVICES,
    Certainty,
    Figure,
    Kind,
    Result,
)
from analysis.statistics.makers import share
from analysis.statistics.ratios import Compute
from analysis.statistics.scopes import SERVICE_NEEDS, services
from analysis.statistics.sections import INNOVATION

REDUCED = "2022年度报告:1965/2239"
REGULATION = "广东省优化营商环境条例(2022)第29条;公式未见公布"
MATERIALS, STEPS = "materials_n", "steps_n"


def reduced(items: pd.DataFrame, column: str = MATERIALS) -> pd.DataFrame:
    """Keep the services of which a number is lower than before: materials, or steps."""
    found = services(items)
    return found[(found[column] < found[f"{column}_base"]).fillna(False)]


def _needs(column: str) -> tuple[str, ...]:
    return (f"items.{column}", f"items.{column}_base")


def _share_of_services(column: str) -> Compute:
    """Return the share of services of which at least one has been dropped."""

    def compute(facts: Facts) -> Result:
        return Result(
            Fraction(reduced(facts.in_force, column)["impl_code"].nunique()),
            Fraction(services(facts.in_force)["impl_code"].nunique()),
        )

    return compute


def _saved(column: str) -> Compute:
    """Return how much less there is, against what there was, over items of which both are known."""

    def compute(facts: Facts) -> Result:
        known = services(facts.in_force)[[column, f"{column}_base"]].dropna()
        now, base = (Fraction(int(known[name].sum())) for name in known)
        return Result(base - now, base)

    return compute


_fewer_than_before = partial(
    share,
    grain=SERVICE,
    scope=SERVICES,
    denominator="依申请政务服务事项",
    section=INNOVATION,
    certainty=Certainty.PRACTICE,
)
_saved_rate = partial(
    Figure,
    unit="%",
    kind=Kind.RATIO_OF_SUMS,
    grain=HANDLING,
    section=INNOVATION,
    source=REGULATION,
    certainty=Certainty.UNPUBLISHED,
    decimals=2,
)

FIGURES = (
    listed(
        id="service_items_on_application",
        term="依申请政务服务事项",
        english="services on application",
        numerator="依申请办理的事项(许可、给付、确认、奖励、裁决、其他和公共服务)",
        source="广东省政务服务事项管理暂行办法(2023)",
        select=services,
    ),
    listed(
        id="service_items_material_reduced",
        term="已落实“减材料”的事项",
        english="services with fewer materials",
        numerator="申请材料数少于减材料前的事项",
        source=REDUCED,
        needs=_needs(MATERIALS),
        select=reduced,
    ),
    _fewer_than_before(
        id="material_reduced_share",
        term="减材料事项占比",
        english="share of services with fewer materials",
        numerator="申请材料数少于减材料前的事项",
        source=REDUCED,
        needs=(*SERVICE_NEEDS, "items.impl_code", *_needs(MATERIALS)),
        compute=_share_of_services(MATERIALS),
    ),
    _saved_rate(
        id="materials_saved_rate",
        term="材料压减率",
        english="share of materials saved",
        scope=f"{SERVICES}的目录行,现数和减材料前数都已填的",
        numerator="Σ申请材料数(减材料前) − Σ申请材料数",
        denominator="Σ申请材料数(减材料前)",
        needs=(*SERVICE_NEEDS, *_needs(MATERIALS)),
        compute=_saved(MATERIALS),
    ),
    listed(
        id="service_items_step_reduced",
        term="已落实“减环节”的事项",
        english="services with fewer steps",
        numerator="办理环节数少于减环节前的事项",
        source=REGULATION,
        needs=_needs(STEPS),
        select=partial(reduced, column=STEPS),
    ),
    _fewer_than_before(
        id="step_reduced_share",
        term="减环节事项占比",
        english="share of services with fewer steps",
        numerator="办理环节数少于减环节前的事项",
        source=REGULATION,
        needs=(*SERVICE_NEEDS, "items.impl_code", *_needs(STEPS)),
        compute=_share_of_services(STEPS),
    ),
    _saved_rate(
        id="steps_saved_rate",
        term="环节压减率",
        english="share of steps saved",
        scope=f"{SERVICES}的目录行,现数和减环节前数都已填的",
        numerator="Σ办理环节数(减环节前) − Σ办理环节数",
        denominator="Σ办理环节数(减环节前)",
        needs=(*SERVICE_NEEDS, *_needs(STEPS)),
        compute=_saved(STEPS),
    ),
)
