"""Wording (措辞): sentences, key figures and definitions of the statistics page.

Every number comes from the frame that ``figures`` returns, and links to its definition.
"""

from collections.abc import Hashable
from fractions import Fraction
from typing import Any

import pandas as pd

from analysis.report.html import Html, note, paragraph, text
from analysis.report.numbers import MASK, as_printed, change, count_unit, number, signed
from analysis.report.parts import Card, Definition, cite
from analysis.statistics.figure import Kind
from analysis.statistics.registry import REGISTRY
from analysis.tables.year import Year

TITLE = "行政许可实施和监督管理情况:基本情况"
NO_REPORT = "{} 没有登记公开报告,不作核对;下列各数由办件和事项目录计算。"
LEAD = (
    "{} 年,{}共有行政许可事项 {} 项,已进驻省事项管理系统 {} 项;申请 {} 件,受理 {} 件,"
    "不受理 {} 件;办结 {} 件,其中审批同意 {} 件、审批不同意 {} 件。"
)
LEAD_FIGURES = (
    "licence_items_total",
    "licence_items_on_platform",
    "applications",
    "accepted",
    "not_accepted",
    "completed",
    "approved",
    "disapproved",
)
YEAR_ON_YEAR = (
    "applications",
    "accepted",
    "not_accepted",
    "completed",
    "approved",
    "disapproved",
    "time_compression_rate",
    "instant_rate",
    "mean_days",
    "on_time_rate",
    "online_accept_share",
)
UNCHANGED = "与上年持平"
INNOVATION = (
    "tolerant_departments_before",
    "tolerant_items_before",
    "tolerant_departments",
    "tolerant_items",
    "one_thing_packages",
    "service_items_on_application",
    "service_items_material_reduced",
    "material_reduced_share",
)
INNOVATING = ("tolerant_departments_before", "tolerant_departments")
TOLERANT = (
    "容缺受理事项由上年末 {tolerant_departments_before} 个部门的 {tolerant_items_before} 项,"
    "变为 {tolerant_departments} 个部门的 {tolerant_items} 项;"
)
TOLERANT_OF_ONE = "容缺受理事项由上年末 {tolerant_items_before} 项,变为 {tolerant_items} 项;"
KEY_FIGURES = ("time_compression_rate", "instant_rate", "avg_trips")


class Book:
    """The figures of a year, looked up by id (指标簿); the first variant stands for the figure."""

    def __init__(self, figures: pd.DataFrame):
        """Index the frame that ``figures`` returns."""
        self._rows = figures.drop_duplicates("id").set_index("id")

    def exact(self, figure: str) -> Fraction | None:
        """Return a figure's value as printed; None where it could not be computed, or is hidden."""
        value = str(self._rows.at[figure, "value"]) if figure in self._rows.index else ""
        return Fraction(value) if value not in ("", MASK) else None

    def shortfall(self, figure: str) -> int | None:
        """Return denominator less numerator of a share, such as the cases that were late."""
        if self.exact(figure) is None:
            return None
        parts = (str(self._rows.at[figure, name]) for name in ("denominator", "numerator"))
        whole, part = map(int, parts)
        return whole - part

    def shown(self, figure: str) -> str:
        """Return a figure as text: separators, its own decimals; “—” where there is none."""
        return as_printed(str(self._rows.at[figure, "value"]))

    def linked(self, figure: str) -> Html:
        """Return a figure as text that links to its definition."""
        return cite(figure, self.shown(figure))

    def unit(self, figure: str) -> str:
        """Return a figure's unit."""
        return str(self._rows.at[figure, "unit"])

    def term(self, figure: str) -> str:
        """Return a figure's Chinese term."""
        return str(self._rows.at[figure, "term"])


def lead(year: Year, book: Book, whom: str = "全区") -> Html:
    """Return the paragraph that already says everything (导语).

    Args:
        year: the year.
        book: its figures.
        whom: the whole place, or the name of the department that the figures are of.
    """
    return text(LEAD, year.year, whom, *map(book.linked, LEAD_FIGURES)) + _timeliness(book)


def assumptions(year: Year) -> Html:
    """Return what is assumed of the place (假设), shown wherever figures rest on it."""
    return note("{}", "。".join(year.place.assumptions)) if year.place.assumptions else Html()


def _timeliness(book: Book) -> Html:
    """Say whether all was closed within the statutory limit, or how much was."""
    if book.shown("within_statutory_time") == MASK:
        return text("超过法定期限的件数不公开。")
    late = book.shortfall("within_statutory_time")
    if late is None:
        return text("法定期限内办结情况数据不足。")
    limit = cite("within_statutory_time", "法定期限")
    if late == 0:
        return text("所有办件均在{}内办结,没有在办而已超期的。", limit)
    return text("超过{}的 {} 件(含在办)。", limit, number(late))


def key_figures(book: Book, before: Book | None) -> list[Card]:
    """Return the four large figures (关键指标), each against the year before where there is one."""
    accepted = book.exact("accepted")
    one, unit, places = count_unit(accepted or 0)
    cards = [
        Card(
            "受理量",
            cite("accepted", number(None if accepted is None else accepted / one, places)),
            unit,
            _compared(change(accepted, before.exact("accepted")) if before else ""),
        )
    ]
    for figure in KEY_FIGURES:
        unit = book.unit(figure)
        cards.append(
            Card(
                book.term(figure).partition("(")[0],
                book.linked(figure),
                unit,
                _compared(_difference(book, before, figure)),
            )
        )
    return cards


def implementation(book: Book, before: Book | None) -> Html:
    """Return the paragraph on lawful implementation (依法实施): limits, days, lateness."""
    said = text(
        "审批时限压缩率 {}%,即办率 {}%,平均到现场次数 {} 次。承诺件自受理至办结平均 {} 个工作日",
        *map(book.linked, ("time_compression_rate", "instant_rate", "avg_trips", "mean_days")),
    )
    said += text("{}。", _shorter_or_longer(book, before, "mean_days"))
    said += text("按承诺时限办结的占 {}%。", book.linked("on_time_rate"))
    return paragraph("{}{}", said, _timeliness(book))


def _shorter_or_longer(book: Book, before: Book | None, figure: str) -> str:
    """Say in words by how many working days a mean differs from the year before."""
    now, then = book.exact(figure), before.exact(figure) if before else None
    if now is None or then is None:
        return ""
    if now == then:
        return f",{UNCHANGED}"
    words = "增加" if now > then else "减少"
    places = len(book.shown(figure).partition(".")[2])
    return f",比上年{words} {number(abs(now - then), places)} 个工作日"


def innovation(book: Book) -> Html:
    """Return the paragraph on new ways of working (创新方式): tolerance, packages, materials."""
    several = any(book.shown(figure) not in ("0", "1") for figure in INNOVATING)
    tolerant = TOLERANT if several else TOLERANT_OF_ONE
    return paragraph(
        tolerant + "“一件事”主题套餐服务 {one_thing_packages} 个;"
        "依申请政务服务事项 {service_items_on_application} 项,"
        "其中已减材料 {service_items_material_reduced} 项,占 {material_reduced_share}%。",
        **{figure: book.linked(figure) for figure in INNOVATION},
    )


def _difference(book: Book, before: Book | None, figure: str) -> str:
    now, then = book.exact(figure), before.exact(figure) if before else None
    if now is None or then is None:
        return ""
    if now == then:
        return UNCHANGED
    places = len(book.shown(figure).partition(".")[2])
    unit = " 个百分点" if book.unit(figure) == "%" else f" {book.unit(figure)}"
    return signed(now - then, places) + unit


def _compared(difference: str) -> str:
    if difference == UNCHANGED:
        return UNCHANGED
    return f"比上年 {difference}" if difference else "无上年数据"


def definitions_of(figures: pd.DataFrame) -> list[Definition]:
    """Return the definition (口径) of each figure, its variants together, with their numbers."""
    return [
        Definition(
            str(figure),
            str(rows["term"].iloc[0]),
            tuple(line for row in rows.to_dict("records") for line in _lines(row)),
        )
        for figure, rows in figures.groupby("id", sort=False)
    ]


def _lines(row: dict[Hashable, Any]) -> tuple[str, ...]:
    """Say a variant's formula with its numbers, then its scope and source."""
    declared = REGISTRY[(row["id"], row["variant"])]
    formula = declared.formula if not declared.variant else f"{declared.term}:{declared.formula}"
    if row["value"] and row["value"] != MASK:
        parts = [number(row[part], 0) for part in ("numerator", "denominator") if row[part]]
        formula += f" = {' ÷ '.join(parts)}" if len(parts) == 2 else ""
        formula += f" = {as_printed(row['value'])} {declared.unit}"
    else:
        formula += f"。{row['reason']}"
    if declared.kind is Kind.STATED:
        return (formula,)
    basis = (
        f"以{declared.grain}计;范围:{declared.scope};来源:{declared.source};{declared.certainty}"
    )
    return formula, basis
