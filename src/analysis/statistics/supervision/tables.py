"""Supervision broken down (监督管理分项): inspections by type, ratings by level, both by department."""

from collections.abc import Mapping

import pandas as pd

from analysis.statistics.breakdowns import TOTAL
from analysis.statistics.facts import Facts, named
from analysis.statistics.supervision.inspections import FOUND, VIOLATION
from analysis.statistics.supervision.ratings import BAD, VALID
from analysis.tables.codes.oversight import INSPECT_TYPE, RATING_CHANNEL, SATISFACTION

Values = Mapping[str, tuple[object, ...]]
# Column: measure, and the values that other columns must have. Only what adds up.
INSPECTED: dict[str, tuple[str, Values]] = {
    "检查": ("inspections", {}),
    "发现问题": ("inspections", {"result": FOUND}),
    "查处违法违规": ("inspections", {"result": VIOLATION}),
    "作出处罚": ("penalties", {}),
    "已公示": ("published", {}),
    "按时公示": ("published_in_time", {}),
    "逾期": ("published_late", {}),
}
RATED: dict[str, tuple[str, Values]] = {
    "评价": ("ratings", {"satisfaction": VALID[0]}),
    "主动评价": ("ratings", {"satisfaction": VALID[0], "is_default": (0,)}),
    "默认评价": ("ratings", {"satisfaction": VALID[0], "is_default": (1,)}),
}
BAD_RATED: dict[str, tuple[str, Values]] = {
    "差评": ("ratings", {"satisfaction": BAD[0]}),
    "已整改": ("rectified", {"satisfaction": BAD[0]}),
}


def inspections_by_type(facts: Facts) -> pd.DataFrame:
    """Return inspections by type (各类检查), in the order of the code list.

    Returns:
        Index 抽查类型; integer columns in inspections: 检查, 发现问题, 查处违法违规, 作出处罚, 已公示,
        按时公示, 逾期; the last row is 合计. All are 0 where the year has no such table or column.
    """
    frame = _sums(facts, "inspections", "inspect_type", INSPECTED)
    return _listed(frame, INSPECT_TYPE.terms, "抽查类型")


def ratings_by_level(facts: Facts) -> pd.DataFrame:
    """Return ratings by level of satisfaction (各级评价), from 非常满意 down.

    Returns:
        Index 满意度; integer columns in ratings: 评价, 主动评价, 默认评价; the last row is 合计.
    """
    return _listed(_sums(facts, "ratings", "satisfaction", RATED), SATISFACTION.terms, "满意度")


def ratings_by_channel(facts: Facts) -> pd.DataFrame:
    """Return ratings by channel (评价渠道): index 评价渠道, columns as ``ratings_by_level``, and 差评."""
    frame = _sums(facts, "ratings", "channel", RATED | BAD_RATED)
    return _listed(frame, RATING_CHANNEL.terms, "评价渠道")


def inspections_by_department(facts: Facts) -> pd.DataFrame:
    """Return inspections by department (各部门检查), most first: columns as ``inspections_by_type``."""
    return _departments(facts, _sums(facts, "inspections", "dept_code", INSPECTED))


def ratings_by_department(facts: Facts) -> pd.DataFrame:
    """Return ratings by department (各部门评价), most first.

    Returns:
        Index 部门; integer columns in ratings: 评价, 主动评价, 默认评价, 差评, 已整改; the last row is
        合计. Departments without ratings are left out.
    """
    return _departments(facts, _sums(facts, "ratings", "dept_code", RATED | BAD_RATED))


def _sums(
    facts: Facts, tally: str, by: str, columns: Mapping[str, tuple[str, Values]]
) -> pd.DataFrame:
    """Return one row for each value of ``by`` that has any row, one column for each thing counted."""
    rows = facts.oversight.get(tally)
    if rows is None:
        return pd.DataFrame(columns=list(columns), dtype="int64")
    found = {}
    for name, (measure, among) in columns.items():
        kept = rows["measure"] == measure
        for column, values in among.items():
            kept &= rows[column].isin(list(values))
        found[name] = rows[kept].groupby(by)["n"].sum()
    return pd.DataFrame(found, columns=list(columns)).fillna(0).astype("int64")


def _listed(frame: pd.DataFrame, terms: Mapping[str, str], name: str) -> pd.DataFrame:
    """Put rows in the order of a code list; what is none of it is a last row, 不明."""
    listed = frame.reindex(list(terms), fill_value=0).rename(index=terms)
    unknown = frame[~frame.index.isin(list(terms))].sum()
    if unknown.any():
        listed.loc["不明"] = unknown
    listed.loc[TOTAL] = listed.sum()
    return listed.rename_axis(name)


def _departments(facts: Facts, frame: pd.DataFrame) -> pd.DataFrame:
    ordered = frame.sort_values(frame.columns[0], ascending=False, kind="stable")
    ordered.index = named(ordered.index, facts.year.items)
    ordered.loc[TOTAL] = ordered.sum()
    return ordered
