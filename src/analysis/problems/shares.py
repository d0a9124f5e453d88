"""Shares (占比): the answers that most questions have, and the tables behind them."""

from collections.abc import Mapping

import pandas as pd

from analysis.problems.finding import Answer
from analysis.problems.grounds import Grounds
from analysis.statistics.facts import named

NONE_COUNTED = "数据不足:没有{}"
# Parker et al. (2017), NCHS Data Presentation Standards for Proportions: no proportion of fewer.
LEAST = 30
FEW = "数据不足:{}只有 {},不足 {},只列数目,不计比例"
TOP = 15  # rows of an evidence table: the largest are enough to see where a problem lies


def share(
    part: int,
    whole: int,
    terms: tuple[str, str],
    *,
    counts: tuple[tuple[str, int], ...] = (),
    comparison: tuple[str, ...] = (),
    evidence: pd.DataFrame | None = None,
) -> Answer:
    """Return a share in per cent as an answer: a census, so without an interval.

    Args:
        part: numerator.
        whole: denominator; 0 leaves no number.
        terms: what the two count, in Chinese.
        counts: further counts shown beside the two.
        comparison: as in ``Answer``.
        evidence: as in ``Answer``.
    """
    rests_on = ((terms[0], part), (terms[1], whole), *counts)
    if not whole:
        return Answer(None, counts=rests_on, reason=NONE_COUNTED.format(terms[1]))
    return Answer(
        100 * part / whole,
        counts=rests_on,
        comparison=comparison,
        evidence=pd.DataFrame() if evidence is None else evidence,
        of=(terms[1], whole),
    )


def enough(answer: Answer) -> Answer:
    """Return an answer; without its number if that is a share of fewer than ``LEAST``."""
    if answer.number is None or answer.of is None or answer.of[1] >= LEAST:
        return answer
    return Answer(None, counts=answer.counts, reason=FEW.format(*answer.of, LEAST))


def by_department(
    grounds: Grounds,
    columns: pd.DataFrame | Mapping[str, pd.Series],
    part: str,
    whole: str,
    rate: str = "占比(%)",
) -> pd.DataFrame:
    """Return counts by department, most of ``part`` first, with its share of ``whole`` in per cent.

    ``part`` is the first column after the department.

    Args:
        grounds: whose departments' names are used.
        columns: named by their Chinese terms, integer counts indexed by ``dept_code``.
        part: the column that departments are ordered by.
        whole: the column that ``part`` is divided by.
        rate: heading of the share.
    """
    frame = pd.DataFrame(columns).fillna(0).astype("int64")
    frame = frame[[part, whole, *(name for name in frame if name not in (part, whole))]]
    frame = frame[frame[part] > 0].sort_values(part, ascending=False, kind="stable").head(TOP)
    frame[rate] = (100 * frame[part] / frame[whole].where(frame[whole] > 0)).round(2)
    return with_names(frame, grounds)


def with_names(by: pd.DataFrame, grounds: Grounds) -> pd.DataFrame:
    """Return rows by ``dept_code`` with the departments' names (部门) as their first column."""
    by.index = named(by.index, grounds.year.items)
    return by.reset_index()
