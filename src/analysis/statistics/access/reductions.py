"""Reductions (减材料、减环节): services that ask for less than before, and how much less.

减材料 has three senses: services with fewer materials (the 2022 report's), materials saved, and
materials not handed in because they are shared; the last needs a column that no catalogue here has.
"""

from fractions import Fraction

import pandas as pd

from analysis.statistics.access.listed import Select, listed
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


def _fewer(column: str) -> Select:
    return lambda items: reduced(items, column)


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


def _share(
    figure_id: str, term: str, english: str, numerator: str, source: str, column: str
) -> Figure:
    return Figure(
        id=figure_id,
        term=term,
        english=english,
        unit="%",
        kind=Kind.SHARE,
        grain=SERVICE,
        scope=SERVICES,
        numerator=numerator,
        denominator="依申请政务服务事项",
        section=INNOVATION,
        source=source,
        certainty=Certainty.PRACTICE,
        decimals=2,
        needs=(*SERVICE_NEEDS, "items.impl_code", *_needs(column)),
        compute=_share_of_services(column),
    )


def _rate(figure_id: str, term: str, english: str, thing: str, word: str, column: str) -> Figure:
    return Figure(
        id=figure_id,
        term=term,
        english=english,
        unit="%",
        kind=Kind.RATIO_OF_SUMS,
        grain=HANDLING,
        scope=f"{SERVICES}的目录行,现数和{word}前数都已填的",
        numerator=f"Σ{thing}({word}前) − Σ{thing}",
        denominator=f"Σ{thing}({word}前)",
        section=INNOVATION,
        source=REGULATION,
        certainty=Certainty.UNPUBLISHED,
        decimals=2,
        needs=(*SERVICE_NEEDS, *_needs(column)),
        compute=_saved(column),
    )


FIGURES = (
    listed(
        "service_items_on_application",
        "依申请政务服务事项",
        "services on application",
        "依申请办理的事项(许可、给付、确认、奖励、裁决、其他和公共服务)",
        "广东省政务服务事项管理暂行办法(2023)",
        services,
        (),
    ),
    listed(
        "service_items_material_reduced",
        "已落实“减材料”的事项",
        "services with fewer materials",
        "申请材料数少于减材料前的事项",
        REDUCED,
        reduced,
        _needs(MATERIALS),
    ),
    _share(
        "material_reduced_share",
        "减材料事项占比",
        "share of services with fewer materials",
        "申请材料数少于减材料前的事项",
        REDUCED,
        MATERIALS,
    ),
    _rate(
        "materials_saved_rate",
        "材料压减率",
        "share of materials saved",
        "申请材料数",
        "减材料",
        MATERIALS,
    ),
    listed(
        "service_items_step_reduced",
        "已落实“减环节”的事项",
        "services with fewer steps",
        "办理环节数少于减环节前的事项",
        REGULATION,
        _fewer(STEPS),
        _needs(STEPS),
    ),
    _share(
        "step_reduced_share",
        "减环节事项占比",
        "share of services with fewer steps",
        "办理环节数少于减环节前的事项",
        REGULATION,
        STEPS,
    ),
    _rate(
        "steps_saved_rate",
        "环节压减率",
        "share of steps saved",
        "办理环节数",
        "减环节",
        STEPS,
    ),
)
