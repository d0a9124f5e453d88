"""Answers (回答) on differences between departments."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.problems.departments.shrinkage import shrunk
from analysis.problems.departments.standardised import standardised
from analysis.problems.departments.strata import BROKEN, REFUSED, SUPPLEMENTED, Aspect, strata
from analysis.problems.finding import Answer
from analysis.problems.grounds import Grounds
from analysis.problems.judging import p_texts
from analysis.statistics.facts import department_names

LEAST = 3  # departments: two have no common level to lie around
ONE = "只看一个部门,不作部门比较"
TOO_FEW = f"数据不足:可以比较的部门不到{LEAST}个"
SAID = {1: "高于", -1: "低于", 0: "未超出偶然"}


def compared(grounds: Grounds, aspect: Aspect) -> pd.DataFrame:
    """Return the departments' standardised and shrunk ratios in one aspect; no rows without cases."""
    counts = strata(grounds, aspect)
    if counts.empty:
        return counts
    table = standardised(counts)
    return table if table.empty else table.assign(shrunk=shrunk(table))


def outside(aspect: Aspect) -> Callable[[Grounds], Answer]:
    """Return the answer to how many departments lie above what their mix and chance explain."""

    def answer(grounds: Grounds) -> Answer:
        if grounds.department:
            return Answer(None, reason=ONE)
        table = compared(grounds, aspect)
        if len(table) < LEAST:
            return Answer(None, reason=TOO_FEW)
        above, below = (int((table["verdict"] == sign).sum()) for sign in (1, -1))
        factor = float(table["dispersion"].median())
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
                f"各事项之间的差异使部门的数比纯偶然多变 {factor:.1f} 倍(中位数),区间已按此放宽",
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
    table = compared(grounds, BROKEN)
    if len(table) < LEAST:
        return Answer(None, reason=TOO_FEW)
    turned = np.sign(table["crude"] - 1) * np.sign(table["ratio"] - 1) < 0
    turned &= ~table["crude"].between(table["low"], table["high"])
    shown = table[turned]
    evidence = pd.DataFrame(
        {
            "部门": _names(grounds, shown),
            "未标准化的比": shown["crude"].round(2).to_numpy(),
            "标准化比": shown["ratio"].round(2).to_numpy(),
        }
    )
    return Answer(float(turned.sum()), counts=(("比较的部门", len(table)),), evidence=evidence)


def _called(grounds: Grounds, table: pd.DataFrame) -> list[str]:
    """Name the departments that lie outside."""
    sides = {SAID[sign]: _names(grounds, table[table["verdict"] == sign]) for sign in (1, -1)}
    return [f"{said}其他部门的:{'、'.join(names)}" for said, names in sides.items() if names]


def _shown(grounds: Grounds, table: pd.DataFrame, aspect: Aspect) -> pd.DataFrame:
    """Return what is shown of each department, those outside first: paper shows but few rows."""
    order = table.sort_values("expected", ascending=False, kind="stable")
    order = order.sort_values("verdict", key=lambda sign: -sign.abs(), kind="stable")
    return pd.DataFrame(
        {
            "部门": _names(grounds, order),
            "办件": order["n"].to_numpy(),
            aspect.term: order["events"].to_numpy(),
            "按事项结构应有": order["expected"].round(1).to_numpy(),
            "标准化比": order["ratio"].round(2).to_numpy(),
            "区间下限": order["low"].round(2).to_numpy(),
            "区间上限": order["high"].round(2).to_numpy(),
            "收缩后的比": order["shrunk"].round(2).to_numpy(),
            "校正后的p值": p_texts(order["adjusted_p"]),
            "与其他部门相比": [SAID[sign] for sign in order["verdict"]],
        }
    )


def _names(grounds: Grounds, table: pd.DataFrame) -> list[str]:
    names = department_names(grounds.year.items)
    return [str(names.get(code, code)) for code in table.index]
