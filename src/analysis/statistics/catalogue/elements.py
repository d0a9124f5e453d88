"""Published elements (公开要素): the twelve things that must be public, and what the catalogue has of them.

行政许可法 Art. 30 names eight (item, basis, conditions, quantity, procedure, limit, materials, specimen
form); the report's section on publication adds who implements it, fees, how to ask or complain, and
results. The catalogue tells only whether an element is filled in, not where it is published.
"""

from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from analysis.statistics.facts import Facts
from analysis.statistics.figure import HANDLING, Certainty, Result
from analysis.statistics.makers import share
from analysis.statistics.needs import insufficient
from analysis.statistics.scopes import LICENCE_NEEDS, licences_in_force
from analysis.statistics.sections import PUBLICITY
from analysis.tables import TABLES

ARTICLE_30, REPORT = "行政许可法第30条", "2022年度报告一/(二)"
ABSENT = "目录无此要素"


@dataclass(frozen=True)
class Element:
    """One element.

    Attributes:
        term: Chinese name.
        source: what asks for it to be public.
        columns: the columns of ``items`` that hold it; none where the catalogue has no such thing.
        instead: a column of ``items`` that, where true, says there is none to fill in.
        note: what the columns do and do not tell.
    """

    term: str
    source: str
    columns: tuple[str, ...] = ()
    instead: str = ""
    note: str = ""

    def filled(self, items: pd.DataFrame) -> pd.Series:
        """Tell for each catalogue row whether the element is filled in."""
        there = pd.Series(True, index=items.index)
        for column in self.columns:
            there &= items[column].notna() & items[column].astype("str").ne("")
        return there | items[self.instead].fillna(False).astype(bool) if self.instead else there


ELEMENTS = (
    Element("事项", ARTICLE_30, ("item_name",)),
    Element("实施主体", REPORT, ("dept_name",)),
    Element("依据", ARTICLE_30),
    Element("条件", ARTICLE_30),
    Element("数量", ARTICLE_30),
    Element("程序", ARTICLE_30, ("steps_n",), note="目录只有环节数"),
    Element("期限", ARTICLE_30, ("statutory_limit",), "no_statutory_limit", "或标明法律未规定时限"),
    Element("申请材料目录", ARTICLE_30, ("materials_n",), note="目录只有材料数"),
    Element("申请书示范文本", ARTICLE_30),
    Element("收费标准", REPORT),
    Element("咨询投诉方式", REPORT),
    Element("办理结果", REPORT),
)
_COLUMNS = ("要素", "目录列", "已填", "事项", "说明", "依据")
KNOWN = tuple(element for element in ELEMENTS if element.columns)


def elements_published(facts: Facts) -> pd.DataFrame:
    """Return how many licence items have each of the twelve elements filled in (公开要素).

    Returns:
        Index 要素; 目录列 (the columns' terms), 已填 and 事项 (catalogue rows of licences in force),
        说明 and 依据. Where the catalogue has no such element, or lacks its column, 已填 is null and
        说明 says so.
    """
    rows = licences_in_force(facts)
    return (
        pd.DataFrame([_row(element, rows, facts) for element in ELEMENTS], columns=list(_COLUMNS))
        .set_index("要素")
        .astype({"已填": "Int64"})
    )


def _row(element: Element, rows: pd.DataFrame, facts: Facts) -> tuple[object, ...]:
    terms = "、".join(TABLES["items"][column].term for column in element.columns)
    lacking = insufficient(facts, _needs(element))
    if not element.columns or lacking:
        return element.term, terms, pd.NA, len(rows), lacking or ABSENT, element.source
    filled = int(element.filled(rows).sum())
    return element.term, terms, filled, len(rows), element.note, element.source


def _needs(element: Element) -> tuple[str, ...]:
    return tuple(f"items.{name}" for name in (*element.columns, element.instead) if name)


def _complete(facts: Facts) -> Result:
    rows = licences_in_force(facts)
    filled = pd.DataFrame({element.term: element.filled(rows) for element in KNOWN})
    return Result(Fraction(int(filled.all(axis=1).sum())), Fraction(len(rows)))


FIGURES = (
    share(
        id="elements_complete_share",
        term="公开要素齐全的事项占比",
        english="share of items with all known elements filled in",
        grain=HANDLING,
        scope="截止日有效的行政许可事项的目录行(业务办理项或实施清单事项)",
        numerator=f"目录中{'、'.join(element.term for element in KNOWN)}都已填的目录行"
        f"(12项公开要素中,目录能查的{len(KNOWN)}项)",
        denominator="目录行",
        section=PUBLICITY,
        source=f"{ARTICLE_30};{REPORT}",
        certainty=Certainty.PRACTICE,
        needs=(*LICENCE_NEEDS, *(name for element in KNOWN for name in _needs(element))),
        compute=_complete,
    ),
)
