"""Rules of the catalogue (目录规则): what one entry of the catalogue must not contradict.

Rules of a city's catalogue system (domain research 3.5), of a licence's rows in force. A rule whose
columns are not there is 数据不足 and never counted as passed; a row to which a rule does not apply, or
that leaves empty what the rule looks at, is not checked.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from analysis.statistics.limits import in_days
from analysis.statistics.scopes import has_any
from analysis.tables.codes.catalogue import COMMITMENT, FULLY_ONLINE, IMMEDIATE, ITEM_CHANNEL

MAIL = "4"
assert ITEM_CHANNEL.terms[MAIL] == "快递申请"


@dataclass(frozen=True)
class Rule:
    """One rule.

    Attributes:
        id: its id.
        term: its short name, a heading.
        statement: the rule in Chinese.
        columns: the columns of ``items`` that it looks at.
        absent: what it needs and no catalogue here has, in Chinese; empty where it can be checked.
        holds: tells for each catalogue row whether the rule holds; null where it was not checked.
        history: whether all versions are looked at, not only those in force.
    """

    id: str
    term: str
    statement: str
    columns: tuple[str, ...] = ()
    absent: str = ""
    holds: Callable[[pd.DataFrame], pd.Series] | None = None
    history: bool = False


def _where(applies: pd.Series, holds: pd.Series) -> pd.Series:
    """Return whether the rule holds, null where it does not apply."""
    return holds.astype("boolean").where(applies.astype("boolean").fillna(False))


def _filled(values: pd.Series) -> pd.Series:
    return values.fillna("").ne("")


def _immediate_is_zero(items: pd.DataFrame) -> pd.Series:
    known = items["promised_limit"].notna() & items["case_type"].notna()
    return _where(known, items["case_type"].eq(IMMEDIATE) == items["promised_limit"].eq(0))


def _promise_is_commitment(items: pd.DataFrame) -> pd.Series:
    return _where(
        items["promised_limit"].gt(0) & items["case_type"].notna(),
        items["case_type"].eq(COMMITMENT),
    )


def _visit_has_reason(items: pd.DataFrame) -> pd.Series:
    return _where(items["site_visits"].gt(0), _filled(items["site_visit_reason"]))


def _no_visit_has_mail(items: pd.DataFrame) -> pd.Series:
    offline = items["online_available"].eq(False)
    known = _filled(items["channels"])
    return _where(items["site_visits"].eq(0) & offline & known, has_any(items["channels"], (MAIL,)))


def _online_has_no_visit(items: pd.DataFrame) -> pd.Series:
    online = has_any(items["online_depth"], FULLY_ONLINE)
    return _where(online & items["site_visits"].notna(), items["site_visits"].eq(0))


def _promise_within_statutory(items: pd.DataFrame) -> pd.Series:
    known = items[["statutory_limit", "statutory_unit", "promised_limit", "promised_unit"]]
    limited = known.notna().all(axis=1) & items["statutory_limit"].gt(0)
    return _where(limited, in_days(items, "promised").le(in_days(items, "statutory")))


def _dates_in_order(items: pd.DataFrame) -> pd.Series:
    since, until = items["valid_from"], items["valid_to"]
    return _where(since.notna() & until.notna(), since <= until)


def _shares_parents_code(items: pd.DataFrame) -> pd.Series:
    """Compare all but the last three characters, which number the sub-items (DB52/T 1264—2018)."""
    parents = items.dropna(subset="catalog_code").drop_duplicates("impl_code", keep="last")
    basic = parents.set_index("impl_code")["catalog_code"]
    of_parent = items["parent_code"].map(basic).astype("str")  # no parent at all maps to numbers
    own = items["catalog_code"]
    known = own.notna() & of_parent.notna() & items["parent_code"].ne(items["impl_code"])
    return _where(known, own.str[:-3].eq(of_parent.str[:-3]))


LIMITS = ("statutory_limit", "statutory_unit", "promised_limit", "promised_unit")
RULES = (
    Rule(
        "immediate_is_zero",
        "即办时限",
        "承诺办结时限为即办(0)的是即办件,不为0的不是即办件",
        ("case_type", "promised_limit"),
        holds=_immediate_is_zero,
    ),
    Rule(
        "promise_is_commitment",
        "承诺件类型",
        "承诺办结时限大于0的是承诺件",
        ("case_type", "promised_limit"),
        holds=_promise_is_commitment,
    ),
    Rule(
        "promise_within_statutory",
        "承诺不超法定",
        "承诺办结时限不超过法定办结时限",
        LIMITS,
        holds=_promise_within_statutory,
    ),
    Rule(
        "visit_has_reason",
        "现场原因",
        "须到现场的填明必须现场办理的原因",
        ("site_visits", "site_visit_reason"),
        holds=_visit_has_reason,
    ),
    Rule(
        "no_visit_has_mail",
        "快递申请",
        "不用到现场又不能网办的可以快递申请",
        ("site_visits", "online_available", "channels"),
        holds=_no_visit_has_mail,
    ),
    Rule(
        "online_has_no_visit",
        "网办零跑动",
        "全程网办的到办事现场次数为0",
        ("online_depth", "site_visits"),
        holds=_online_has_no_visit,
    ),
    Rule(
        "dates_in_order",
        "起止日期",
        "生效日期不晚于失效日期",
        ("valid_from", "valid_to"),
        holds=_dates_in_order,
        history=True,  # a version whose dates are out of order is never in force
    ),
    Rule(
        "shares_parents_code",
        "基本编码",
        "子项的基本编码除末三位外与父事项相同",
        ("catalog_code", "parent_code", "impl_code"),
        holds=_shares_parents_code,
    ),
    Rule("fee_is_explained", "收费", "收费的填明依据、标准并可网上支付", absent="收费情况"),
    Rule(
        "result_fits_its_name",
        "结果类型",
        "结果名称以证、文、批复结尾的,结果类型与之相符",
        absent="审批结果",
    ),
    Rule(
        "steps_are_five",
        "五个环节",
        "许可事项有受理、审核、审批、办结、送达五个环节",
        absent="各环节名称(只有环节数)",
    ),
    Rule("has_a_question", "常见问题", "至少有一条常见问题", absent="常见问题"),
    Rule("object_fits_topic", "服务对象", "服务对象与主题分类相符", absent="主题分类"),
)
