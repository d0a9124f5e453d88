"""Answers (回答) on differences between departments."""

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from analysis.problems.departments.compared import LEAST, Comparison, compared
from analysis.problems.departments.strata import BROKEN, REFUSED, SUPPLEMENTED, Aspect
from analysis.problems.finding import Answer
from analysis.problems.grounds import Grounds
from analysis.problems.judging import p_texts
from analysis.statistics.facts import named

ONE = "只看一个部门,不作部门比较"
TOO_FEW = f"数据不足:可以比较的部门不到{LEAST}个"
SAID = {1: "高于", -1: "低于", 0: "未超出偶然"}


def outside(aspect: Aspect) -> Callable[[Grounds], Answer]:
    """Return the answer to how many departments lie above what their mix and chance explain."""

    def answer(grounds: Grounds) -> Answer:
        if grounds.department:
            return Answer(None, reason=ONE)
        found = compared(grounds, aspect)
        table = found.table
        if table.empty:
            return Answer(None, reason=TOO_FEW)
        above, below = (int((table["verdict"] == sign).sum()) for sign in (1, -1))
        return Answer(
            float(above),
            counts=(
                ("比较的部门", len(table)),
                ("低于的部门", below),
                (aspect.term, int(table["events"].sum())),
                ("有同类办件可比的办件", int(table["n"].sum())),
            ),
            comparison=(
                *_called(grounds, table),
                *_widened(table),
                *_left_out(grounds, found),
                *_nothing_beside(table),
            ),
            evidence=_shown(grounds, table, aspect),
        )

    return answer


broken = outside(BROKEN)
supplemented = outside(SUPPLEMENTED)
refused = outside(REFUSED)


def reversed_by_mix(grounds: Grounds) -> Answer:
    """Return how many departments change sides once the mix of cases is taken out (Simpson)."""
    if grounds.department:
        return Answer(None, reason=ONE)
    found = compared(grounds, BROKEN)
    if found.table.empty:
        return Answer(None, reason=TOO_FEW)
    shown = found.table[found.table["turned"]]
    evidence = pd.DataFrame(
        {
            "部门": _names(grounds, shown.index),
            "未标准化的比": shown["crude"].round(2).to_numpy(),
            "标准化比": shown["ratio"].round(2).to_numpy(),
            "区间下限": shown["low"].round(2).to_numpy(),
            "区间上限": shown["high"].round(2).to_numpy(),
        }
    )
    return Answer(
        float(len(shown)),
        counts=(("比较的部门", len(found.table)),),
        comparison=_left_out(grounds, found),
        evidence=evidence,
    )


def _widened(table: pd.DataFrame) -> tuple[str, ...]:
    factor = float(table["dispersion"].median())
    if factor == 1:
        return ("同一部门各事项之间的差异未超出偶然(或无从检验),区间没有放宽",)
    return (f"各事项之间的差异使部门的数比纯偶然多变 {factor:.1f} 倍(中位数),区间已按此放宽",)


def _left_out(grounds: Grounds, found: Comparison) -> tuple[str, ...]:
    if not found.left_out:
        return ()
    names = "、".join(_names(grounds, found.left_out))
    return (f"另有 {len(found.left_out)} 个部门可比的办件太少,没有比较:{names}",)


def _nothing_beside(table: pd.DataFrame) -> tuple[str, ...]:
    if (table["expected"] > 0).all():
        return ()
    return ("按其他部门的比率应有0件的,不列标准化比",)


def _called(grounds: Grounds, table: pd.DataFrame) -> list[str]:
    """Name the departments that lie outside."""
    sides = {SAID[sign]: _names(grounds, table.index[table["verdict"] == sign]) for sign in (1, -1)}
    return [f"{said}其他部门的:{'、'.join(names)}" for said, names in sides.items() if names]


def _shown(grounds: Grounds, table: pd.DataFrame, aspect: Aspect) -> pd.DataFrame:
    """Return what is shown of each department, those outside first: paper shows but few rows."""
    order = table.sort_values("expected", ascending=False, kind="stable")
    order = order.sort_values("verdict", key=lambda sign: -sign.abs(), kind="stable")
    order = order.replace(np.inf, np.nan)
    return pd.DataFrame(
        {
            "部门": _names(grounds, order.index),
            "办件": order["n"].astype(int).to_numpy(),
            aspect.term: order["events"].astype(int).to_numpy(),
            "按事项结构应有": order["expected"].round(1).to_numpy(),
            "标准化比": order["ratio"].round(2).to_numpy(),
            "区间下限": order["low"].round(2).to_numpy(),
            "区间上限": order["high"].round(2).to_numpy(),
            "收缩后的比": order["shrunk"].round(2).to_numpy(),
            "校正后的p值": p_texts(order["adjusted_p"]),
            "与其他部门相比": [SAID[sign] for sign in order["verdict"]],
        }
    )


def _names(grounds: Grounds, codes: Iterable[str]) -> list[str]:
    return list(named(codes, grounds.year.items))
