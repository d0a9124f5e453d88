"""What released figures count (公开指标的计数): each by its coordinates, so that they are linked with tables.

Figures that stand nowhere here are not released, since what their numbers add up to with others is
declared nowhere, and so cannot be proven safe.
"""

from analysis.report.released.labels import (
    ACCEPTED,
    ACTIVE,
    BAD,
    BOTH,
    CASE_KIND,
    CHANNEL,
    COMMITTED,
    COMPLETED,
    EARLY,
    IN_TIME,
    INSPECTED,
    INSPECTIONS,
    INSTANT,
    LAST_DAY,
    LATE,
    LEVEL,
    LIMITED,
    ONLINE_BOTH,
    PROMISED,
    RATINGS,
    SATISFIED_2,
    SATISFIED_3,
    STATUTORY,
    WHO,
    YES,
    Where,
    of,
)
from analysis.statistics.breakdowns import COLUMN_TERMS
from analysis.tables.codes.oversight import INSPECT_TYPE

Key = tuple[str, str]

FLOWS = {
    (figure, ""): of(COLUMN_TERMS[column])
    for figure, column in {
        **{name: name for name in COLUMN_TERMS if name != "refused"},
        "disapproved": "refused",
    }.items()
}
_ACCEPTED, _COMPLETED = of(ACCEPTED), of(COMPLETED)
_LIMITED = of(COMPLETED, **{PROMISED: LIMITED})
_COMMITTED = of(COMPLETED, **{CASE_KIND: COMMITTED})
_STATUTORY_LATE = _COMPLETED | {STATUTORY: LATE}
_STATUTORY_IN_TIME = _COMPLETED | {STATUTORY: IN_TIME}
_STATUTORY_OPEN = of(COLUMN_TERMS["open_at_end"], **{STATUTORY: LATE})
_KNOWN = of("补正次数已知的受理量")
_NOTICED, _DELIVERED = of("首次告知补正量"), of("应已送达的同意量")

COUNTS: dict[Key, Where] = {
    **FLOWS,
    ("other_endings", ""): of("其他办结"),
    ("early_closed", "promised"): _COMPLETED | {PROMISED: EARLY},
    ("last_day_closed", "promised"): _COMPLETED | {PROMISED: LAST_DAY},
    ("late_closed", "promised"): _COMPLETED | {PROMISED: LATE},
    ("late_closed", "statutory"): _STATUTORY_LATE,
    ("late_open", "statutory"): _STATUTORY_OPEN,
    ("tolerance_cases", ""): _ACCEPTED | {"容缺受理": YES},
    ("commitment_cases", ""): _ACCEPTED | {"告知承诺": YES},
    ("package_cases", ""): _ACCEPTED | {"一件事": YES},
    ("inspections", ""): of(INSPECTIONS),
    **{("inspections", code): of(INSPECTIONS, **{INSPECTED: term}) for code, term in INSPECT_TYPE.terms.items()},
    ("inspection_findings", ""): of("发现问题"),
    ("inspection_violations", ""): of("查处违法违规"),
    ("inspection_penalties", ""): of("作出处罚"),
    ("ratings", ""): of(RATINGS),
    ("ratings", "active"): of(RATINGS, **{WHO: ACTIVE}),
    ("bad_ratings", ""): of(RATINGS, **{LEVEL: BAD}),
}  # fmt: skip
# A part of a whole, both of which are printed beside the share.
SHARES: dict[Key, tuple[Where, Where]] = {
    ("completion_rate", "close_cohort"): (_ACCEPTED | {"截止日前办结": YES}, _ACCEPTED),
    ("instant_rate", "case_flag"): (
        _ACCEPTED | {CASE_KIND: INSTANT},
        _ACCEPTED | {CASE_KIND: BOTH},
    ),
    ("instant_rate", "case_sameday"): (_COMPLETED | {"当日办结": YES}, _COMPLETED),
    ("on_time_rate", "statutory"): (_STATUTORY_IN_TIME, _COMPLETED | {STATUTORY: LIMITED}),
    ("on_time_rate", "promise"): (_COMPLETED | {PROMISED: IN_TIME}, _LIMITED),
    ("early_rate", "promise"): (_COMPLETED | {PROMISED: EARLY}, _LIMITED),
    ("overdue_rate", "promise"): (_COMPLETED | {PROMISED: LATE}, _LIMITED),
    ("notice_on_time_rate", ""): (_NOTICED | {"按时": YES}, _NOTICED),
    ("delivery_on_time_rate", ""): (_DELIVERED | {"按时": YES}, _DELIVERED),
    ("one_pass_case", ""): (_KNOWN | {"补正次数": "0"}, _KNOWN),
    ("tolerance_case_share", ""): (_ACCEPTED | {"容缺受理": YES}, _ACCEPTED),
    ("commitment_case_share", ""): (_ACCEPTED | {"告知承诺": YES}, _ACCEPTED),
    ("package_case_share", ""): (_ACCEPTED | {"一件事": YES}, _ACCEPTED),
    ("online_accept_share", ""): (_ACCEPTED | {CHANNEL: ONLINE_BOTH}, _ACCEPTED),
    ("online_full_process_rate", "online_full_case"): (_ACCEPTED | {"全程网办": YES}, _ACCEPTED),
    ("online_close_case", ""): (_COMPLETED | {CHANNEL: ONLINE_BOTH}, _COMPLETED),
    ("findings_rate", "all"): (of("发现问题"), of(INSPECTIONS)),
    ("inspection_published", ""): (of("已公示"), of(INSPECTIONS)),
    ("satisfaction_rate", "all3"): (of(RATINGS, **{LEVEL: SATISFIED_3}), of(RATINGS)),
    ("satisfaction_rate", "top2"): (of(RATINGS, **{LEVEL: SATISFIED_2}), of(RATINGS)),
    ("bad_rate", "all"): (of(RATINGS, **{LEVEL: BAD}), of(RATINGS)),
}
# Values of several cases that give away none of them, and whose number of cases is released.
SUMMARIES: dict[Key, Where] = {
    ("mean_days", "commitment"): _COMMITTED,
    ("median_days", "commitment"): _COMMITTED,
}
OF_CASES = ("mean_days", "commitment")  # its denominator is their number
# Values that follow from released counts.
RESULTS: dict[Key, tuple[Where, ...]] = {
    ("completion_rate", "close_flow"): (_COMPLETED, _ACCEPTED),
    ("within_statutory_time", ""): (_STATUTORY_IN_TIME, _STATUTORY_LATE, _STATUTORY_OPEN),
    ("residual_acceptance", ""): tuple(
        FLOWS[name, ""] for name in ("pending_at_end", "pending_at_start", "ended_before")
    ),
    ("residual_completion", ""): tuple(
        FLOWS[name, ""] for name in ("open_at_start", "open_at_end", "deleted")
    ),
    ("residual_outcome", ""): (of("其他办结"),),
}
# Counts that are a part of others, beside the shares.
PARTS: tuple[tuple[Where, Where], ...] = (
    (_ACCEPTED | {CASE_KIND: BOTH}, _ACCEPTED),
    (_LIMITED, _COMPLETED),
    (_COMPLETED | {STATUTORY: LIMITED}, _COMPLETED),
    (_STATUTORY_OPEN, of(COLUMN_TERMS["open_at_end"])),
    (_KNOWN, _ACCEPTED),
    (_DELIVERED, _COMPLETED),
    (_ACCEPTED | {"截止日前办结": YES}, _COMPLETED),
)
