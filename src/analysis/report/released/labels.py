"""What released numbers count (公开数的坐标): dimensions, labels, and how the labels add up."""

from collections.abc import Mapping

from analysis.report.disclosure.rules import ACCOUNTING, MEASURE, Sum
from analysis.statistics.breakdowns import COLUMN_TERMS, ONLINE
from analysis.tables.codes.catalogue import CASE_TYPE, COMMITMENT, IMMEDIATE
from analysis.tables.codes.oversight import INSPECT_TYPE, SATISFACTION
from analysis.tables.codes.process import APPLY_CHANNEL

MONTH, CHANNEL, CASE_KIND, TAKEN = "月份", APPLY_CHANNEL.name, CASE_TYPE.name, "办理用时"
PROMISED, STATUTORY, LEVEL, WHO, INSPECTED = (
    "承诺时限",
    "法定时限",
    SATISFACTION.name,
    "评价来源",
    INSPECT_TYPE.name,
)
INSTANT, COMMITTED = CASE_TYPE.terms[IMMEDIATE], CASE_TYPE.terms[COMMITMENT]
OTHERS, BOTH = "其他", f"{INSTANT}和{COMMITTED}"
EARLY, LAST_DAY, LATE, UNLIMITED = "提前", "到期当日", "超期", "没有时限"
IN_TIME, LIMITED = "未超期", "有时限"
LEVELS = tuple(SATISFACTION.terms.values())
SATISFIED_3, SATISFIED_2, BAD = "基本满意以上", "满意以上", "差评"
ACTIVE, DEFAULT, NOT_SAID = "主动评价", "默认评价", "来源不明"
ONLINE_BOTH = "网上和移动端"
YES = "是"
ACCEPTED, COMPLETED = COLUMN_TERMS["accepted"], COLUMN_TERMS["completed"]
INSPECTIONS, RATINGS = "检查", "评价"

# How labels of one dimension add up: what a reader knows of them.
SUMS = (
    *ACCOUNTING,
    Sum(ONLINE_BOTH, ONLINE, dimension=CHANNEL),
    Sum(BOTH, (INSTANT, COMMITTED), dimension=CASE_KIND),
    Sum(IN_TIME, (EARLY, LAST_DAY), dimension=PROMISED),
    Sum(LIMITED, (EARLY, LAST_DAY, LATE), dimension=PROMISED),
    Sum(LIMITED, (IN_TIME, LATE), dimension=STATUTORY),
    Sum(SATISFIED_3, LEVELS[:3], dimension=LEVEL),
    Sum(SATISFIED_2, LEVELS[:2], dimension=LEVEL),
    Sum(BAD, LEVELS[3:], dimension=LEVEL),
)

Where = Mapping[str, str]


def of(measure: str, **among: str) -> dict[str, str]:
    """Return the coordinates of a number: what is counted, and among which."""
    return {MEASURE: measure, **among}


def named(where: Where) -> str:
    """Return a name for the column of a number with these coordinates: no two have the same."""
    return "、".join(f"{dimension}={label}" for dimension, label in sorted(where.items()))
