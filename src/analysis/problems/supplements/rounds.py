"""Rounds (补正次数): how many cases are supplemented, how many again, and of which items."""

from collections.abc import Callable

import pandas as pd

from analysis.problems.finding import Answer, Question, Threshold
from analysis.problems.grounds import Grounds
from analysis.problems.shares import NONE_COUNTED, by_department, share
from analysis.statistics.facts import Facts, item_names
from analysis.statistics.figure import LICENCE_CASES
from analysis.statistics.needs import ACCEPTED_NEED

KNOWN, SUPPLEMENTED, AGAIN = "年内受理、补正次数已知的办件", "补正过的办件", "补正两次以上的办件"
TOP_ITEMS = 10
LAW = "行政许可法第32条第1款第4项:当场或者五日内一次告知需要补正的全部内容"
NEEDS = (*ACCEPTED_NEED, "cases.supp_rounds")


def rounds(facts: Facts, by: str) -> pd.DataFrame:
    """Count the accepted cases whose rounds are known, those supplemented, and those again.

    Args:
        facts: of a year or a department.
        by: ``dept_code`` or ``item_code``.

    Returns:
        Index ``by``; integer columns ``KNOWN``, ``SUPPLEMENTED``, ``AGAIN``.
    """
    known, once, again = (
        facts.rows(f"accepted_{flag}").groupby(by)["n"].sum()
        for flag in ("supp_known", "one_pass", "supp_again")
    )
    frame = pd.DataFrame({KNOWN: known, "once": once, AGAIN: again}).fillna(0).astype("int64")
    frame[SUPPLEMENTED] = frame[KNOWN] - frame["once"]
    return frame[[KNOWN, SUPPLEMENTED, AGAIN]]


def _share_of(part: str, whole: str) -> Callable[[Grounds], Answer]:
    def answer(grounds: Grounds) -> Answer:
        found = rounds(grounds.facts, "dept_code")
        return share(
            int(found[part].sum()),
            int(found[whole].sum()),
            (part, whole),
            evidence=by_department(grounds, found, part, whole),
        )

    return answer


def _concentrated(grounds: Grounds) -> Answer:
    found = rounds(grounds.facts, "item_code")
    found = found[found[SUPPLEMENTED] > 0].sort_values(SUPPLEMENTED, ascending=False, kind="stable")
    top, all_of = found.head(TOP_ITEMS), int(found[SUPPLEMENTED].sum())
    terms = (f"补正最多的{TOP_ITEMS}个事项的补正件", "全部补正件")
    counts = (
        (terms[0], int(top[SUPPLEMENTED].sum())),
        (terms[1], all_of),
        ("有补正的事项", len(found)),
    )
    if len(found) <= TOP_ITEMS:
        return Answer(
            None, counts=counts, reason=NONE_COUNTED.format(f"{TOP_ITEMS}个以上有补正的事项")
        )
    names = item_names(grounds.year.items)
    shown = top.assign(**{"补正率(%)": (100 * top[SUPPLEMENTED] / top[KNOWN]).round(2)})
    shown.index = pd.Index([str(names.get(code, code)) for code in top.index], name="事项")
    return share(counts[0][1], all_of, terms, counts=counts[2:], evidence=shown.reset_index())


QUESTIONS = (
    Question(
        id="supplemented",
        problem="supplements",
        term="补正率",
        english="share of accepted cases that were supplemented",
        unit="%",
        decimals=2,
        statement="{number} 的受理件经过补正。",
        definition=f"补正次数大于0的办件 ÷ {KNOWN}",
        scope=LICENCE_CASES,
        threshold=Threshold(
            10, 3, "本软件设定:补正本身合法;每十件一件以上,说明办事指南或材料要求不清"
        ),
        rivals=("补正件多为专业性强的事项,与事项结构有关。", "窗口当场更正的没有登记,实际更多。"),
        source="行政许可法第32条;优化营商环境条例第36条",
        needs=NEEDS,
        answer=_share_of(SUPPLEMENTED, KNOWN),
        traps=("bulk_entry", "pushed_again"),
        divisible=True,
    ),
    Question(
        id="supplemented_again",
        problem="supplements",
        term="多次补正率",
        english="share of supplemented cases told again",
        unit="%",
        decimals=2,
        statement="{number} 的补正件被要求补正两次以上,与“一次告知”不符。",
        definition=f"补正次数不少于2的办件 ÷ {SUPPLEMENTED}",
        scope=LICENCE_CASES,
        threshold=Threshold(
            10,
            1,
            f"{LAW};多次告知须逐件说明理由,百分之一以上为有迹象、十分之一以上为明显由本软件设定",
        ),
        rivals=(
            "申请人补来的材料又有新的错误,不是没有一次告知。",
            "系统把分批收件也记为一次补正。",
            "申请内容变更,需要另补材料。",
        ),
        source=LAW,
        needs=NEEDS,
        answer=_share_of(AGAIN, SUPPLEMENTED),
        traps=("pushed_again",),
        divisible=True,
    ),
    Question(
        id="supplement_items",
        problem="supplements",
        term="补正集中度",
        english="share of supplemented cases in the ten items with most",
        unit="%",
        statement=f"补正最多的{TOP_ITEMS}个事项占全部补正件的 {{number}}:先改这些事项的指南和材料清单。",
        definition=f"补正件数居前{TOP_ITEMS}位的业务办理项的补正件 ÷ 全部补正件",
        scope=f"{LICENCE_CASES},年内受理、补正次数大于0的",
        threshold=Threshold(50, 30, "本软件设定:十个事项占一半以上,改这些事项就见效"),
        rivals=("这些事项办件本来就多:看表中的补正率。",),
        source="本软件设定",
        needs=(*NEEDS, "items.item_name"),
        answer=_concentrated,
        traps=("pushed_again",),
    ),
)
