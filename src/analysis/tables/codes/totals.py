"""Code lists of printed figures (印出数据的代码表): what kind of number, how rounded, from where."""

from analysis.tables.codes import OWN
from analysis.tables.schema import CodeList

FIGURE_KIND = CodeList(
    "数的种类",
    {
        "count": "计数",
        "share": "计数之比",
        "mean": "整数的平均",
        "ratio_of_sums": "合计之比",
        "residual": "差额",
        "change": "同比",
        "other": "其他",
    },
    OWN,
)
ROUNDING = CodeList(
    "取整",
    {
        "exact": "未取整",
        "decimals": "按印出的小数位",
        "0.01万": "取整到0.01万",
        "0.1万": "取整到0.1万",
        "1万": "取整到1万",
        "0.1万|1万": "取整到0.1万或1万,无从判断",
        "about": "约数",
        "at_least": "不少于",
    },
    OWN,
)
BASIS = CodeList("来历", {"printed": "印出", "words": "以文字陈述", "counted": "由正文清点"}, OWN)
