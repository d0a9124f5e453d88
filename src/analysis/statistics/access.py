"""Access (办事便利): visits, online filing, tolerance, packages, reduced materials."""

from fractions import Fraction

import pandas as pd

from analysis.statistics.facts import Facts
from analysis.statistics.figure import (
    CASE,
    DEPARTMENT,
    HANDLING,
    LICENCE_CASES,
    LICENCE_CASES_NEED,
    PACKAGE,
    PLATFORM_HANDLING,
    SERVICE,
    SERVICES,
    Certainty,
    Figure,
    Kind,
    Result,
)
from analysis.statistics.timeliness import PLATFORM_NEED, platform_handling

SECTION = "一/(五)创新方式情况"
LEGAL = "一/(一)依法实施情况"
BEFORE = "上年末有效的依申请政务服务事项(各事项类型)"
TOLERANCE = "广东省优化营商环境条例(2022)第32条"
REDUCED = "2022年度报告:1965/2239"


def services(items: pd.DataFrame) -> pd.DataFrame:
    """Keep the services provided on application (依申请政务服务事项)."""
    return items[items["on_application"].fillna(False)]


def tolerant(items: pd.DataFrame) -> pd.DataFrame:
    """Keep the services that may be accepted with secondary materials missing (容缺受理)."""
    found = services(items)
    return found[found["tolerance_ok"].fillna(False)]


def reduced(items: pd.DataFrame) -> pd.DataFrame:
    """Keep the services of which at least one material has been dropped (减材料)."""
    found = services(items)
    return found[(found["materials_n"] < found["materials_n_base"]).fillna(False)]


def _distinct(values: pd.Series) -> Result:
    return Result(Fraction(values.nunique()))


def _packages(facts: Facts) -> Result:
    codes = services(facts.in_force)["package_codes"].dropna().str.split("^").explode()
    return _distinct(codes[codes != ""])


def _mean_visits(facts: Facts) -> Result:
    items = platform_handling(facts)
    return Result(Fraction(int(items["site_visits"].sum())), Fraction(len(items)))


def _reduced_share(facts: Facts) -> Result:
    return Result(
        Fraction(reduced(facts.in_force)["impl_code"].nunique()),
        Fraction(services(facts.in_force)["impl_code"].nunique()),
    )


def _online_share(facts: Facts) -> Result:
    rows = facts.rows("accepted")
    online = rows["apply_channel"].isin(["pc", "mobile"])
    return Result(Fraction(int(rows.loc[online, "n"].sum())), Fraction(int(rows["n"].sum())))


def _service_count(
    figure_id: str,
    term: str,
    english: str,
    numerator: str,
    source: str,
    select: str,
    needs: tuple[str, ...],
    *,
    grain: str = SERVICE,
    before: bool = False,
) -> Figure:
    """Return a count of distinct services, or of the departments that have them."""
    keep = {"services": services, "tolerant": tolerant, "reduced": reduced}[select]
    column = "dept_code" if grain == DEPARTMENT else "impl_code"

    def compute(facts: Facts) -> Result:
        return _distinct(keep(facts.in_force_before if before else facts.in_force)[column])

    return Figure(
        id=figure_id,
        term=term,
        english=english,
        unit="项" if grain == SERVICE else "个",
        kind=Kind.COUNT,
        grain=grain,
        scope=BEFORE if before else SERVICES,
        numerator=numerator,
        section=SECTION,
        source=source,
        certainty=Certainty.PRACTICE,
        needs=(*_NEEDS_SERVICES, f"items.{column}", *needs),
        compute=compute,
    )


_NEEDS_SERVICES = ("items.on_application", "items.item_status")
_NEEDS_TOLERANCE = ("items.tolerance_ok",)
_NEEDS_MATERIALS = ("items.materials_n", "items.materials_n_base")
_NEEDS_DATES = ("items.valid_from", "items.valid_to")


FIGURES = (
    Figure(
        id="avg_trips",
        variant="item_mean",
        term="减跑动(平均到现场次数)",
        english="mean required visits",
        unit="次",
        kind=Kind.MEAN,
        grain=HANDLING,
        scope=PLATFORM_HANDLING,
        numerator="Σ到办事现场次数",
        denominator="业务办理项数",
        section=LEGAL,
        source="口径未公开,按平均到现场次数计算",
        certainty=Certainty.UNPUBLISHED,
        decimals=4,
        needs=(*PLATFORM_NEED, "items.site_visits"),
        compute=_mean_visits,
    ),
    _service_count(
        "tolerant_items_before",
        "容缺受理事项(上年末)",
        "tolerance items, year before",
        "上年末可容缺受理的事项",
        TOLERANCE,
        "tolerant",
        (*_NEEDS_TOLERANCE, *_NEEDS_DATES),
        before=True,
    ),
    _service_count(
        "tolerant_departments_before",
        "容缺受理事项所涉部门(上年末)",
        "departments with tolerance items, year before",
        "上年末有容缺受理事项的部门",
        TOLERANCE,
        "tolerant",
        (*_NEEDS_TOLERANCE, *_NEEDS_DATES),
        grain=DEPARTMENT,
        before=True,
    ),
    _service_count(
        "tolerant_items",
        "容缺受理事项",
        "tolerance items",
        "可容缺受理的事项",
        TOLERANCE,
        "tolerant",
        _NEEDS_TOLERANCE,
    ),
    _service_count(
        "tolerant_departments",
        "容缺受理事项所涉部门",
        "departments with tolerance items",
        "有容缺受理事项的部门",
        TOLERANCE,
        "tolerant",
        _NEEDS_TOLERANCE,
        grain=DEPARTMENT,
    ),
    Figure(
        id="one_thing_packages",
        term="“一件事”主题套餐服务",
        english="one-thing packages",
        unit="个",
        kind=Kind.COUNT,
        grain=PACKAGE,
        scope=SERVICES,
        numerator="事项所属的“一件事”主题,去重",
        section=SECTION,
        source="2022年度报告",
        certainty=Certainty.PRACTICE,
        needs=(*_NEEDS_SERVICES, "items.package_codes"),
        compute=_packages,
    ),
    _service_count(
        "service_items_on_application",
        "依申请政务服务事项",
        "services on application",
        "依申请办理的事项(许可、给付、确认、奖励、裁决、其他和公共服务)",
        "广东省政务服务事项管理暂行办法(2023)",
        "services",
        (),
    ),
    _service_count(
        "service_items_material_reduced",
        "已落实“减材料”的事项",
        "services with fewer materials",
        "申请材料数少于减材料前的事项",
        REDUCED,
        "reduced",
        _NEEDS_MATERIALS,
    ),
    Figure(
        id="material_reduced_share",
        term="减材料事项占比",
        english="share of services with fewer materials",
        unit="%",
        kind=Kind.SHARE,
        grain=SERVICE,
        scope=SERVICES,
        numerator="申请材料数少于减材料前的事项",
        denominator="依申请政务服务事项",
        section=SECTION,
        source=REDUCED,
        certainty=Certainty.PRACTICE,
        decimals=2,
        needs=(*_NEEDS_SERVICES, "items.impl_code", *_NEEDS_MATERIALS),
        compute=_reduced_share,
    ),
    Figure(
        id="online_accept_share",
        term="网上受理量占比",
        english="share accepted online",
        unit="%",
        kind=Kind.SHARE,
        grain=CASE,
        scope=LICENCE_CASES,
        numerator="年内受理的、电脑端或移动端申报的办件",
        denominator="年内受理量",
        section="一/(四)实施效果情况",
        source="穗府办报〔2022〕22号用语",
        certainty=Certainty.PRACTICE,
        decimals=2,
        needs=(*LICENCE_CASES_NEED, "cases.accepted_at", "cases.apply_channel"),
        compute=_online_share,
    ),
)
