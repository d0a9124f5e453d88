"""Online (网上办理): what can be done online, by items, and what was, by cases; depth of it.

The two differ a lot (Guangdong's items 99.76 %, Guangzhou's cases 16.91 %): each says what it counts.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import partial

import pandas as pd

from analysis.statistics.facts import Facts
from analysis.statistics.figure import Certainty, Result
from analysis.statistics.makers import case_share, item_share
from analysis.statistics.ratios import ratio_of, share_of
from analysis.statistics.scopes import PLATFORM_NEEDS, has_any, members, platform_handling
from analysis.statistics.sections import EFFECT
from analysis.tables.codes.catalogue import FULLY_ONLINE, ONLINE, ONLINE_DEPTH
from analysis.tables.codes.process import ONLINE_CHANNELS

ASSESSMENT = "在线政务服务评估通行公式"
OTHER = "8"  # 其他 is no depth


def depth_of_items(facts: Facts) -> pd.DataFrame:
    """Return how deep items go online (网办深度): a catalogue row may name several depths.

    Returns:
        Index 网上办理深度, in the order of the code list, then 未填; columns 含此深度 (rows that name
        it) and 最深为此 (rows that name none deeper; 其他 is deepest only where it stands alone), in
        业务办理项 on the provincial system. Without the column ``items.online_depth`` all are 未填.
    """
    items = platform_handling(facts)
    named = members(items["online_depth"]) if "online_depth" in items else pd.Series(dtype="str")
    deepest = named.replace({OTHER: ""}).groupby(level=0).max().replace({"": OTHER})
    levels = list(ONLINE_DEPTH.terms)
    frame = pd.DataFrame(
        {
            term: counted.value_counts().reindex(levels, fill_value=0).astype("int64")
            for term, counted in (("含此深度", named), ("最深为此", deepest))
        }
    )
    frame.index = pd.Index(list(ONLINE_DEPTH.terms.values()), name=ONLINE_DEPTH.name)
    frame.loc["未填"] = len(items) - len(deepest)
    return frame


def _items(facts: Facts, is_online: Callable[[pd.DataFrame], pd.Series]) -> Result:
    items = platform_handling(facts)
    return Result(Fraction(int(is_online(items).sum())), Fraction(len(items)))


def _available(facts: Facts) -> Result:
    return _items(
        facts,
        lambda items: (
            has_any(items["online_depth"], ONLINE) | items["online_available"].fillna(False)
        ),
    )


def _fully_online_items(facts: Facts) -> Result:
    return _items(facts, lambda items: has_any(items["online_depth"], FULLY_ONLINE))


_of_cases = partial(case_share, section=EFFECT)
_of_items = partial(
    item_share,
    denominator="业务办理项数",
    section=EFFECT,
    source=ASSESSMENT,
    certainty=Certainty.PRACTICE,
)

FIGURES = (
    _of_cases(
        id="online_accept_share",
        term="网上受理量占比",
        english="share accepted online",
        numerator="年内受理的、电脑端或移动端申报的办件",
        denominator="年内受理量",
        source="穗府办报〔2022〕22号用语",
        certainty=Certainty.PRACTICE,
        needs=("cases.apply_channel", "cases.accepted_at"),
        compute=share_of("accepted", apply_channel=ONLINE_CHANNELS),
    ),
    _of_cases(
        id="online_full_process_rate",
        variant="online_full_case",
        term="网上全流程办理率(按办件)",
        english="share of cases handled online throughout",
        numerator="年内受理的全程网办件",
        denominator="年内受理量",
        source="穗府办报〔2022〕22号用语;分母没有公布",
        certainty=Certainty.UNPUBLISHED,
        needs=("cases.online_full", "cases.accepted_at"),
        compute=ratio_of("accepted_online_full", "accepted"),
    ),
    _of_items(
        id="online_full_process_rate",
        variant="online_full_item",
        term="全程网办率(按事项)",
        english="share of items fully online",
        numerator="网上办理深度达到办理、结果信息反馈或电子证照反馈的业务办理项",
        needs=(*PLATFORM_NEEDS, "items.online_depth"),
        compute=_fully_online_items,
    ),
    _of_items(
        id="online_available_rate",
        variant="online_item",
        term="可网办率",
        english="share of items available online",
        numerator="网上办理深度达到收件及以上(代码2至7),或标明可网办的业务办理项",
        needs=(*PLATFORM_NEEDS, "items.online_depth", "items.online_available"),
        compute=_available,
    ),
    _of_cases(
        id="online_close_case",
        term="网上办结率",
        english="share of completed cases filed online",
        numerator="年内办结的、电脑端或移动端申报的办件",
        denominator="年内办结量",
        source="粤办函〔2016〕186号用语;公式未见公布",
        certainty=Certainty.UNPUBLISHED,
        needs=("cases.apply_channel", "cases.accepted_at", "cases.closed_at", "cases.outcome"),
        compute=share_of("completed", apply_channel=ONLINE_CHANNELS),
    ),
)
