"""Cells (分组计数): the cases of a year, grouped once by everything that a measure looks at.

This is the only pass over the cases. It runs in whatever engine holds them and returns integers.
"""

from collections.abc import Iterable
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.errors import XukeError
from analysis.statistics.passes.counting import number, of_licences, total
from analysis.statistics.passes.flags import FLAGS, Flag
from analysis.statistics.passes.judged import dated, narrowed
from analysis.statistics.passes.running import STOPS, clocks_of, only_where, with_days
from analysis.statistics.passes.states import LATER, MOMENTS, days_count, states
from analysis.tables.clocks import Clock
from analysis.tables.year import Year

ALLOWANCES = ("statutory_days", "promised_days", "extended_days", *STOPS)
DIMENSIONS = ("item_code", "dept_code", "apply_channel", "case_type", "outcome")


def cells(year: Year, *, margin: str | None = None) -> pd.DataFrame:
    """Count the cases that concern a year, by when things happened, state, item, days and so on.

    Args:
        year: the year.
        margin: a column of ``cases`` to count by as well. To keep the cells few, licence cases
            alone are counted then, without their items, and every month of the year is 1.

    Returns:
        A frame with ``n`` cases for each combination of: ``<moment>_month`` (1-12 for what
        happened in the year up to the cut-off, -1 for what happened before, 0 for what had not
        happened by then), and so of the states at the year's start and at the cut-off,
        ``was_accepted``, ``was_not_accepted`` (ever, up to the cut-off) and ``counted``; item,
        department, channel, case type, ``outcome`` (empty while open) and ``accept_status``;
        ``days``, working days from acceptance to closing, or to the cut-off for open cases;
        ``running_days``, the same without any stops; for each clock ``<clock>_margin``, days
        allowed minus days taken (negative: late), null without a limit; and ``deemed``, whether
        acceptance is deemed. Beside ``n`` stand the sums of ``flags``. Words are categories, empty
        where unknown.

    Raises:
        XukeError: the calendar does not cover the year, or a date of a case.
    """
    clocks, flags = clocks_of(year), _flags_of(year)
    needed = [*_counted_by(clocks), *(column for flag in flags for column in flag.columns)]
    seen = dated(narrowed(year, year.tables["cases"], [*needed, *((margin,) if margin else ())]))
    seen = _without_items(seen, year) if margin else seen
    keys = [
        *(f"{m}_month" for m in MOMENTS),
        *DIMENSIONS,
        "accept_status",
        *([margin] if margin else []),
    ]
    found = _in_pandas(_grouped(seen, year, keys, clocks, flags).to_pyarrow())
    frame = found.assign(**states(found))
    if year.place.calendar:
        frame = frame.assign(counted=days_count(frame))
        _require_days(frame, year)
    return frame


def _grouped(seen: Any, year: Year, keys: list[str], clocks: list[Clock], flags: list[Flag]) -> Any:
    """Return the query for cells from dated cases.

    Cases are grouped by what their days and margins follow from, and these are worked out for the
    groups: for each of two million cases it took half of the pass.
    """
    sums = {flag.name: total(flag.of(seen)) for flag in flags if not flag.of_cell}
    if not year.place.calendar:
        return seen.group_by(keys).agg(n=seen.count(), **sums)
    allowed = [name for name in ALLOWANCES if name in seen.columns]
    seen = seen.mutate(**{name: only_where(seen["running"], seen[name]) for name in allowed})
    since = [name for name in ("since_acceptance", "since_receipt") if name in seen.columns]
    groups = seen.group_by([*keys, "deemed", *since, *allowed]).agg(n=seen.count(), **sums)
    groups = with_days(groups, clocks)
    groups = groups.mutate(
        **{flag.name: groups["n"] * number(flag.of(groups)) for flag in flags if flag.of_cell}
    )
    days = ["days", "running_days", *(f"{clock.name}_margin" for clock in clocks)]
    counted = ["n", *(flag.name for flag in flags)]
    return groups.group_by([*keys, "deemed", *days]).agg(
        **{name: total(groups[name]) for name in counted}
    )


def _in_pandas(found: pa.Table) -> pd.DataFrame:
    """Hand cells over to pandas, words as numbers: a word is the same in thousands of them.

    They come as Arrow's, in which Ibis has made 64 bits of DuckDB's sums; their 128 would be objects.
    """
    words = [field.name for field in found.schema if pa.types.is_string(field.type)]
    for word in words:
        filled = pc.fill_null(found[word], "")
        found = found.set_column(found.column_names.index(word), word, pc.dictionary_encode(filled))
    frame: pd.DataFrame = found.to_pandas()
    return frame


def _counted_by(clocks: Iterable[Clock]) -> list[str]:
    """Return the columns of ``cases`` that cells are made of, but for those of flags."""
    moments = [f"{moment}_at" for moment in MOMENTS]
    limits = [column for clock in clocks for column in clock.columns]
    return [*moments, *LATER, *STOPS, *DIMENSIONS, "accept_status", *limits]


def _without_items(seen: Any, year: Year) -> Any:
    """Keep licence cases, and blank their items and the months in which things happened."""
    kept = of_licences(seen, year)
    months = {f"{m}_month": kept[f"{m}_month"].clip(upper=1) for m in MOMENTS}
    return kept.mutate(item_code=ibis.literal(""), **months)


def _flags_of(year: Year) -> list[Flag]:
    """Return the flags that the year's columns and calendar allow to be added up."""
    there = [flag for flag in FLAGS if year.has("cases", *flag.columns)]
    return [flag for flag in there if year.place.calendar or not flag.calendar]


def _require_days(frame: pd.DataFrame, year: Year) -> None:
    """Refuse to go on when days could not be counted for a case whose days count."""
    if "counted" in frame and (frame["counted"] & frame["days"].isna()).any():
        raise XukeError(
            f"{year.title}有办件的受理或办结日期超出了工作日历的范围,数不出工作日:请核对这些办件的日期。"
        )
