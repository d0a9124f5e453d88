"""What is not computed (没有计算的): terms in use beside the registered figures, and what they lack.

No export that was seen carries what they need; a figure that nothing can fill would only be a row of
数据不足. Whoever has such a column declares it in ``tables`` and registers the figure.
"""

from typing import NamedTuple


class Uncomputed(NamedTuple):
    """A term, how it is defined, what would be needed, and where the definition comes from."""

    term: str
    formula: str
    lacks: str
    source: str


UNCOMPUTED = (
    Uncomputed(
        "免提交率(减材料的第三义)",
        "经电子证照、数据共享取得而免予提交的材料 ÷ 应提交的材料",
        "目录只有材料数,不分哪些可免提交;办件没有提交、免提交的材料数。"
        "减材料的前两义有:减材料事项占比(2022年度报告的口径)和材料压减率",
        "地方政务服务考核通行用语;公式未见公布",
    ),
    Uncomputed(
        "减证照(四减之一的一种)",
        "精简的证照 ÷ 原有证照",
        "目录没有证照数。各地的“四减”是哪四项不一,由 four_reductions.toml 配置",
        "广州2018年“四减”",
    ),
    Uncomputed(
        "告知承诺事后核查率、承诺不实率、撤销数",
        "已核查的承诺件 ÷ 应核查的承诺件;承诺不实的 ÷ 已核查的;因承诺不实撤销的决定",
        "办件没有核查的时间、结果和撤销的记录",
        "国办发〔2020〕42号",
    ),
    Uncomputed(
        "容缺受理按期补齐率",
        "在承诺期限内补齐材料的容缺受理件 ÷ 容缺受理件",
        "办件没有承诺补齐的日期和补齐的时间;逾期未补而终止的有,见容缺受理件逾期未补占比",
        "广东省优化营商环境条例(2022)第32条",
    ),
    Uncomputed(
        "好差评平均分",
        "各评价折算为0至10分的平均",
        "各等次折算多少分没有公布",
        "广东省政务服务“好差评”公开页面",
    ),
)
