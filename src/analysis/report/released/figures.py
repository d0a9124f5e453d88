"""Released figures (公开的指标): which they are, and what each counts.

A figure of the catalogue alone counts neither cases nor persons, and is shown as it is. Of all others
those below are shown, as far as they are protected; the rest is not, since what its numbers add up to
with others is nowhere declared, and so cannot be proven safe.
"""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from analysis.report.disclosure import Computed, Share, Summary, Table
from analysis.report.disclosure.rules import MEASURE, YEAR
from analysis.report.disclosure.tables import Derived
from analysis.report.numbers import MASK
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
    named,
    of,
)
from analysis.statistics.breakdowns import COLUMN_TERMS
from analysis.statistics.figure import Figure, Kind
from analysis.statistics.figures import REGISTRY
from analysis.tables.codes import INSPECT_TYPE

Key = tuple[str, str]
NAME, WITHHELD = "指标", "公开版不列出"
SUPPRESSED = "公开版已抑制"

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
_NOTICED, _DELIVERED = of("首次告知补正量"), of("已送达的办结量")

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


def is_free(figure: Figure) -> bool:
    """Return whether a figure counts neither cases nor persons: it rests on the catalogue alone."""
    return figure.kind is Kind.STATED or all(need.startswith("items.") for need in figure.needs)


def figures_table(year: int, numbers: pd.DataFrame) -> Table:
    """Return the released figures of a year as one row, with every count that they rest on.

    Args:
        year: the year.
        numbers: as ``figures`` returns them, of the whole place.
    """
    rows = {(row["id"], row["variant"]): row for row in numbers.to_dict("records") if row["value"]}
    counts: dict[str, int] = {}
    meant: dict[str, Where] = {}
    derived: list[Derived] = []
    values: dict[str, str] = {}

    def count(where: Where, n: str) -> str:
        column = named(where)
        counts[column], meant[column] = int(n), where
        return column

    for key, where in COUNTS.items():
        if key in rows:
            count(where, rows[key]["numerator"])
    for key, (part, whole) in SHARES.items():
        if key in rows:
            parts = count(part, rows[key]["numerator"]), count(whole, rows[key]["denominator"])
            derived.append(Share(label(key), *parts))
            values[label(key)] = rows[key]["value"]
    for key, where in SUMMARIES.items():
        if key in rows and OF_CASES in rows:
            count(where, rows[OF_CASES]["denominator"])
            derived.append(Summary(label(key), named(where)))
            values[label(key)] = rows[key]["value"]
    for key, sources in RESULTS.items():
        if key in rows and all(named(where) in counts for where in sources):
            derived.append(Computed(label(key), tuple(map(named, sources))))
            values[label(key)] = rows[key]["value"]
    frame = pd.DataFrame({**counts, **values}, index=pd.Index([str(year)], name=YEAR))
    inside = {
        named(part): named(whole)
        for part, whole in PARTS
        if named(part) in counts and named(whole) in counts
    }
    name = f"{year} 年{NAME}"
    return Table(name, frame, rows=YEAR, meant=meant, derived=derived, parts=inside)


def label(key: Key) -> str:
    """Return the column of a figure that is not a count."""
    return f"{REGISTRY[key].term}({'.'.join(filter(None, key))})"


def released_figures(numbers: pd.DataFrame, shown: pd.DataFrame) -> pd.DataFrame:
    """Return figures as the public may see them.

    Args:
        numbers: as ``figures`` returns them.
        shown: the row that ``figures_table`` made of them, protected.

    Returns:
        The same rows. What is suppressed has ``*`` for a value; what is not released has none,
        and ``reason`` says so. Numerator and denominator are there only where both are shown.
    """
    row = {str(name): value for name, value in shown.iloc[0].items()} if len(shown) else {}
    made = [_released(each, row) for each in numbers.to_dict("records")]
    return pd.DataFrame(made, columns=numbers.columns)


def _released(row: dict[Hashable, Any], shown: Mapping[str, Any]) -> dict[Hashable, Any]:
    key = (row["id"], row["variant"])
    if is_free(REGISTRY[key]) or not row["value"]:
        return row
    column = named(COUNTS[key]) if key in COUNTS else label(key)
    if column not in shown:
        return row | {"value": "", "numerator": "", "denominator": "", "reason": WITHHELD}
    if shown[column] == MASK:
        return row | {"value": MASK, "numerator": "", "denominator": "", "reason": SUPPRESSED}
    return row | ({"numerator": ""} if key in SUMMARIES else {})


def department_figures(numbers: pd.DataFrame, row: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of one department as the public may see them.

    Args:
        numbers: as ``figures`` returns them for the department's catalogue.
        row: the department's row in the released table of departments; empty for none.

    Returns:
        The same rows: of cases, only what stands in that table; see ``released_figures``.
    """
    known = {str(name): value for name, value in row.iloc[0].items()} if len(row) else {}
    made = []
    for each in numbers.to_dict("records"):
        key = (each["id"], each["variant"])
        term = FLOWS[key][MEASURE] if key in FLOWS else ""
        if term in known:
            hidden = known[term] == MASK
            value = MASK if hidden else str(known[term])
            reason = SUPPRESSED if hidden else ""
            numerator = "" if hidden else value
            each |= {"value": value, "numerator": numerator, "reason": reason}
        elif not is_free(REGISTRY[key]):
            each |= {"value": "", "numerator": "", "denominator": "", "reason": WITHHELD}
        made.append(each)
    return pd.DataFrame(made, columns=numbers.columns)
