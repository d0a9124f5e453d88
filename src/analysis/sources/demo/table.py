"""The tables (落表) of the demo place: arrays to the columns that ``tables`` declares."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.random import Generator
from numpy.typing import NDArray

from analysis.sources.demo.cohort import NEVER
from analysis.sources.demo.days import DAY, Days, Ints
from analysis.sources.demo.moments import NOT_YET, Moments, moments
from analysis.sources.demo.outcomes import OUTCOMES
from analysis.sources.demo.years import Made
from analysis.tables import TABLES
from analysis.tables.codes import COMMITMENT, IMMEDIATE

CHANNELS = ("window", "pc", "mobile", "mail", "other")
APPLICANTS = ("person", "enterprise", "other")
CARRIED = "carried"
REASONS = ("依法不需要取得行政许可", "不属于本机关职权范围", "不符合申请条件")
ONLINE_GROWTH = 0.05  # a year, relative to the shares of 2022
STREETS = np.array([0.19, 0.15, 0.13, 0.12, 0.1, 0.09, 0.08, 0.06, 0.05, 0.03])


@dataclass(frozen=True)
class Catalogue:
    """What cases take over from the catalogue: items, their versions, and bureaux."""

    items: pd.DataFrame
    bureaux: pd.DataFrame
    streets: list[str]

    @property
    def base(self) -> pd.DataFrame:
        """One row per handling item, in the order in which cases refer to it."""
        rows = self.items[self.items["grain"] == "handling"]
        return rows.drop_duplicates("row").sort_values("row").reset_index(drop=True)

    def version(self, item: Ints, applied: Ints) -> tuple[Ints, NDArray[np.float64]]:
        """Return version and promised days of each case's item on the day of application."""
        rows = self.items[self.items["grain"] == "handling"]
        began = rows.pivot(index="row", columns="item_version", values="valid_from")
        promised = rows.pivot(index="row", columns="item_version", values="promised_limit")
        since = began.to_numpy().astype("datetime64[D]")[item]
        day = applied.astype("datetime64[D]")[:, None]
        version = (since <= day).sum(axis=1)  # a version that there is not compares as false
        return version, promised.to_numpy()[item, version - 1]


def cohort_table(rng: Generator, days: Days, catalogue: Catalogue, made: Made) -> pa.Table:
    """Return all columns of a cohort's cases, as they will finally be known, in order of day.

    A last column ``carried`` tells which are still waiting or open at the year's end.
    """
    cases, base = made.cases, catalogue.base
    n, item = len(cases), cases.item
    bureau = base["bureau"].to_numpy()[item]
    online, channel = _channels(rng, days, catalogue.bureaux, bureau, made)
    when = moments(rng, days, cases, online)
    version, promised = catalogue.version(item, cases.applied)
    immediate = base["case_type"].to_numpy() == IMMEDIATE
    tolerant = base["tolerance_ok"].to_numpy()[item]
    refused = cases.refused != NEVER
    granted = (cases.accepted != NEVER) & (cases.closed != NEVER)
    number = pc.utf8_lpad(pa.array(np.arange(1, n + 1)).cast(pa.string()), 7, "0")
    streets = [f"DEMO{k:02d}" for k in range(1, len(catalogue.streets) + 1)]
    status = np.where(refused, np.where(rng.random(n) < 0.4, 1, 2), 0)
    columns: dict[str, Any] = {
        "case_id": pc.binary_join_element_wise(f"SL{made.year}", number, ""),
        "item_code": _of(item, base["item_code"]),
        "item_version": pa.array(version),
        "catalog_code": _of(item, base["catalog_code"]),
        "dept_code": _of(bureau, catalogue.bureaux["code"]),
        "region_code": _of(rng.choice(len(streets), n, p=STREETS), streets),
        "source_system": _of(item, base["source_system"]),
        "system_owner": _of(bureau, catalogue.bureaux["owner"]),
        "applicant_type": _of(_applicants(rng, catalogue.bureaux, bureau), APPLICANTS),
        "apply_channel": _of(channel, CHANNELS),
        **_timestamps(when),
        "accept_status": _of(status, ("accepted", "not_needed", "rejected")),
        "reject_reason": _of(np.where(refused, status - 1, 0), REASONS, empty=~refused),
        "case_type": _of((~immediate[item]).astype(np.int64), (IMMEDIATE, COMMITMENT)),
        "statutory_days": pa.array(base["statutory_limit"].to_numpy()[item]),
        "promised_days": pa.array(promised),
        "extended_days": pa.array(cases.extended.astype(float)),
        "stopped_days_art45": pa.array(cases.stopped.astype(float)),
        "stopped_days_other": pa.array(cases.stopped_other.astype(float)),
        "outcome": _of(cases.outcome, OUTCOMES, empty=cases.outcome == 0),
        "tolerance_used": pa.array(granted & tolerant & (rng.random(n) < 0.02)),
        "online_full": pa.array(online & (rng.random(n) < 0.8)),
        "record_state": _of(np.zeros(n, dtype=np.int64), ("valid",)),
        "data_version": pa.array(np.ones(n, dtype=np.int64)),
    }
    declared = [c.name for c in TABLES["cases"].columns if c.name in columns]
    arrays = [*(columns[name] for name in declared), pa.array(made.carried)]
    return pa.table(arrays, names=[*declared, CARRIED])


def as_known(table: pa.Table, exported: int) -> pa.Table:
    """Return the cases as an export on a day (days since 1970) shows them: later is not known."""
    limit = pa.scalar(exported * DAY * 1000, pa.int64()).cast(pa.timestamp("ms"))
    for name in ("accepted_at", "not_accepted_at", "decided_at", "closed_at", "delivered_at"):
        known = pc.if_else(
            pc.less(table[name], limit), table[name], pa.scalar(None, pa.timestamp("ms"))
        )
        table = _replace(table, name, known)
    decided = pc.or_(table["accepted_at"].is_valid(), table["not_accepted_at"].is_valid())
    refused, closed = table["not_accepted_at"].is_valid(), table["closed_at"].is_valid()
    table = _replace(table, "accept_status", _unless(decided, table["accept_status"], "pending"))
    table = _replace(table, "reject_reason", _unless(refused, table["reject_reason"], None))
    return _replace(table, "outcome", _unless(closed, table["outcome"], None))


def _unless(known: Any, values: Any, otherwise: str | None) -> Any:
    return pc.if_else(known, values.cast(pa.string()), pa.scalar(otherwise, pa.string()))


def _replace(table: pa.Table, name: str, values: Any) -> pa.Table:
    return table.set_column(table.schema.get_field_index(name), name, values)


def _of(codes: Any, terms: Any, empty: Any = None) -> pa.Array:
    """Return a text column by places in a short list, dictionary-encoded."""
    place, words = pd.factorize(pd.Series(list(terms), dtype=object))
    # Each word once: with repeated ones the file's bytes differ from run to run.
    places = pa.array(place[codes], type=pa.int32(), mask=empty)
    return pa.DictionaryArray.from_arrays(places, pa.array(list(words), type=pa.string()))


def _timestamps(when: Moments) -> dict[str, pa.Array]:
    """Return the time columns, in milliseconds; what did not happen is null."""
    seconds = {
        "submitted_at": when.submitted,
        "received_at": when.received,
        "accepted_at": when.accepted,
        "not_accepted_at": when.not_accepted,
        "decided_at": when.decided,
        "closed_at": when.closed,
        "delivered_at": when.delivered,
    }
    return {
        name: pa.array(
            np.where(at == NOT_YET, 0, at) * 1000, pa.timestamp("ms"), mask=at == NOT_YET
        )
        for name, at in seconds.items()
    }


def _channels(
    rng: Generator, days: Days, bureaux: pd.DataFrame, bureau: Ints, made: Made
) -> tuple[Any, Ints]:
    """Draw channels; on days off there are only the online ones."""
    n = len(bureau)
    share = bureaux["online"].to_numpy()[bureau] * (1 + ONLINE_GROWTH * (made.year - 2022))
    online = (rng.random(n) < share) | ~days.is_workday(made.cases.applied)
    draw = rng.random(n)
    offline = np.where(draw < 0.975, 0, np.where(draw < 0.992, 3, 4))
    return online, np.where(online, np.where(draw < 0.56, 1, 2), offline)


def _applicants(rng: Generator, bureaux: pd.DataFrame, bureau: Ints) -> Ints:
    person = rng.random(len(bureau)) < bureaux["person"].to_numpy()[bureau]
    return np.where(person, 0, np.where(rng.random(len(bureau)) < 0.96, 1, 2))
