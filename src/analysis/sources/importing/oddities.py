"""Oddities (可疑之处) of catalogue, cases and ratings: rows that stay, but that somebody should look at.

The rules of the catalogue follow the checks that catalogue systems make themselves.
"""

from typing import Any

from analysis.sources.importing.fault import Fault, warning
from analysis.tables.codes.catalogue import COMMITMENT, IMMEDIATE
from analysis.tables.rules import earlier

CATALOGUE = "请在事项管理系统中核对该事项,改正后重新导出;本次仍按原值计算。"
RECORDS = "请与办件部门核对;本次仍按原值计算。"
DAY = "W"


def _above(promised: str, statutory: str) -> Any:
    return lambda rows: rows[promised] > rows[statutory]


ITEMS = (
    warning(
        "promise_above_statute",
        ("promised_limit", "statutory_limit", "promised_unit", "statutory_unit"),
        "承诺办结时限长于法定办结时限",
        CATALOGUE,
        lambda rows: (
            (rows["promised_unit"] == rows["statutory_unit"])
            & (rows["statutory_limit"] > 0)
            & (rows["promised_limit"] > rows["statutory_limit"])
        ),
    ),
    warning(
        "immediate_over_a_day",
        ("case_type", "promised_limit", "promised_unit"),
        "即办件的承诺时限超过一天",
        CATALOGUE,
        lambda rows: (
            (rows["case_type"] == IMMEDIATE)
            & (rows["promised_limit"] > (rows["promised_unit"] == "H").ifelse(8, 1))
        ),
    ),
    warning(
        "commitment_without_days",
        ("case_type", "promised_limit"),
        "承诺件的承诺时限为0",
        CATALOGUE,
        lambda rows: (rows["case_type"] == COMMITMENT) & (rows["promised_limit"] == 0),
    ),
    warning(
        "visits_without_reason",
        ("site_visits", "site_visit_reason"),
        "须到现场而没有写明原因",
        CATALOGUE,
        lambda rows: (rows["site_visits"] > 0) & rows["site_visit_reason"].isnull(),
    ),
    warning(
        "limit_though_none",
        ("no_statutory_limit", "statutory_limit"),
        "注明法律未规定时限,却有法定办结时限",
        CATALOGUE,
        lambda rows: rows["no_statutory_limit"] & (rows["statutory_limit"] > 0),
    ),
    warning(
        "limit_missing",
        ("no_statutory_limit", "statutory_limit"),
        "没有法定办结时限,也没有注明法律未规定时限",
        CATALOGUE,
        lambda rows: ~rows["no_statutory_limit"] & rows["statutory_limit"].isnull(),
    ),
    warning(
        "valid_to_before_valid_from",
        ("valid_from", "valid_to"),
        "失效日期早于生效日期",
        CATALOGUE,
        lambda rows: rows["valid_to"] < rows["valid_from"],
    ),
)
CASES = (
    warning(
        "promise_above_statute",
        ("promised_days", "statutory_days"),
        "承诺办结时限长于法定办结时限",
        RECORDS,
        _above("promised_days", "statutory_days"),
    ),
    warning(
        "immediate_over_a_day",
        ("case_type", "promised_days"),
        "即办件的承诺时限超过一天",
        RECORDS,
        lambda rows: (rows["case_type"] == IMMEDIATE) & (rows["promised_days"] > 1),
    ),
    warning(
        "decided_before_accepted",
        ("decided_at", "accepted_at"),
        "决定时间早于受理时间",
        RECORDS,
        lambda rows: earlier(rows["decided_at"], rows["accepted_at"]),
    ),
    warning(
        "closed_before_decided",
        ("closed_at", "decided_at"),
        "办结时间早于决定时间",
        RECORDS,
        lambda rows: earlier(rows["closed_at"], rows["decided_at"]),
    ),
    warning(
        "supplement_before_submitted",
        ("first_supp_notice_at", "submitted_at"),
        "补正告知时间早于申请时间",
        RECORDS,
        lambda rows: earlier(rows["first_supp_notice_at"], rows["submitted_at"]),
    ),
)
EVALUATIONS = (
    warning(
        "order_before_evaluated",
        ("order_created_at", "evaluated_at"),
        "差评工单生成时间早于评价时间",
        "请与评价系统核对;若是另一轮评价的工单则无妨,本次仍按原值计算。",
        lambda rows: earlier(rows["order_created_at"], rows["evaluated_at"]),
    ),
)
ODDITIES: dict[str, tuple[Fault, ...]] = {
    "items": ITEMS,
    "cases": CASES,
    "evaluations": EVALUATIONS,
}
