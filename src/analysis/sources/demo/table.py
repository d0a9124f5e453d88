"""The tables (落表) of the demo place: arrays to the columns that ``tables`` declares."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.random import Generator
from numpy.typing import NDArray

from analysis.sources.demo.cohort import NEVER
from analysis.sources.demo.course import Course
from analysis.sources.demo.days import Bools, Days, Ints
from analysis.sources.demo.moments import NOT_YET, Moments, delivered_late, moments
from analysis.sources.demo.outcomes import OUTCOMES
from analysis.sources.demo.people import Handlers, applicants, numbered, pseudonyms
from analysis.sources.demo.steps import NOTICE, Steps, steps
from analysis.sources.demo.streams import Use, stream
from analysis.sources.demo.supplements import ROUNDS
from analysis.sources.demo.years import Made
from analysis.tables import TABLES
from analysis.tables.codes import COMMITMENT, IMMEDIATE

CHANNELS = ("window", "pc", "mobile", "mail", "other")
APPLICANTS = ("person", "enterprise", "other")
REASONS = ("依法不需要取得行政许可", "不属于本机关职权范围", "不符合申请条件")
ONLINE_GROWTH = 0.05  # a year, relative to the shares of 2022
ENTRIES = ("api", "applicant", "staff_rekey")
VERTICAL = (
    "national",
    "provincial_vertical",
)  # systems that the hall's staff enter cases into again
REKEYED, PACKAGED, COMMITTED = 0.12, 0.03, 0.2
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


def cohort_table(
    rng: Generator, days: Days, catalogue: Catalogue, made: Made, course: Course
) -> tuple[pa.Table, Steps]:
    """Return all columns of a cohort's cases, as they will finally be known, and their steps.

    They are in order of application.
    """
    cases, base = made.cases, catalogue.base
    n, item = len(cases), cases.item
    bureau = base["bureau"].to_numpy()[item]
    online, channel = _channels(rng, days, catalogue.bureaux, bureau, made)
    own = stream(made.year, Use.DETAILS)
    when = delivered_late(own, days, moments(rng, days, cases, online), course.delivery)
    version, promised = catalogue.version(item, cases.applied)
    immediate = base["case_type"].to_numpy() == IMMEDIATE
    tolerant = base["tolerance_ok"].to_numpy()[item]
    refused = cases.refused != NEVER
    granted = (cases.accepted != NEVER) & (cases.closed != NEVER)
    streets = [f"DEMO{k:02d}" for k in range(1, len(catalogue.streets) + 1)]
    status = np.where(refused, np.where(rng.random(n) < 0.4, 1, 2), 0)
    kind = _applicants(rng, catalogue.bureaux, bureau)
    who, repeats = applicants(made.year, days, cases, kind)
    case_id = numbered(f"SL{made.year}", n)
    done = steps(made.year, days, cases, course, when, immediate[item])
    columns: dict[str, Any] = {
        "case_id": case_id,
        "original_case_id": case_id.take(pa.array(repeats, mask=repeats < 0)),
        "item_code": words(item, base["item_code"]),
        "item_version": pa.array(version),
        "catalog_code": words(item, base["catalog_code"]),
        "dept_code": words(bureau, catalogue.bureaux["code"]),
        "region_code": words(rng.choice(len(streets), n, p=STREETS), streets),
        "source_system": words(item, base["source_system"]),
        "system_owner": words(bureau, catalogue.bureaux["owner"]),
        "applicant_type": words(kind, APPLICANTS),
        "applicant_key": pseudonyms(who),
        "apply_channel": words(channel, CHANNELS),
        **_timestamps(when),
        **_supplements(n, done),
        **_details(own, catalogue, made, course, channel),
        "accept_status": words(status, ("accepted", "not_needed", "rejected")),
        "reject_reason": words(np.where(refused, status - 1, 0), REASONS, empty=~refused),
        "case_type": words((~immediate[item]).astype(np.int64), (IMMEDIATE, COMMITMENT)),
        "statutory_days": pa.array(base["statutory_limit"].to_numpy()[item]),
        "promised_days": pa.array(promised),
        "extended_days": pa.array(cases.extended.astype(float)),
        "stopped_days_art45": pa.array(cases.stopped.astype(float)),
        "stopped_days_other": pa.array(cases.stopped_other.astype(float)),
        "outcome": words(cases.outcome, OUTCOMES, empty=cases.outcome == 0),
        "tolerance_used": pa.array(granted & tolerant & (rng.random(n) < 0.02)),
        "online_full": pa.array(online & (rng.random(n) < 0.8)),
        "record_state": words(np.zeros(n, dtype=np.int64), ("valid",)),
        "data_version": pa.array(np.ones(n, dtype=np.int64)),
    }
    declared = [c.name for c in TABLES["cases"].columns if c.name in columns]
    return pa.table([columns[name] for name in declared], names=declared), done


def words(codes: Any, terms: Any, empty: Any = None) -> pa.Array:
    """Return a text column by places in a short list, dictionary-encoded."""
    place, words = pd.factorize(pd.Series(list(terms), dtype=object))
    # Each word once: with repeated ones the file's bytes differ from run to run.
    places = pa.array(place[codes], type=pa.int32(), mask=empty)
    return pa.DictionaryArray.from_arrays(places, pa.array(list(words), type=pa.string()))


def listed(place: Ints, terms: Any) -> pa.Array:
    """Return a text column by places in a list without repetitions; null where negative."""
    places = pa.array(place.astype(np.int32), mask=place < 0)
    return pa.DictionaryArray.from_arrays(places, pa.array(list(terms), pa.string()))


def timestamp(at: Ints) -> pa.Array:
    """Return seconds since 1970 as a time column, in milliseconds; ``NOT_YET`` is null."""
    return pa.array(np.where(at == NOT_YET, 0, at) * 1000, pa.timestamp("ms"), mask=at == NOT_YET)


def _timestamps(when: Moments) -> dict[str, pa.Array]:
    """Return the time columns; what did not happen is null."""
    seconds = {
        "submitted_at": when.submitted,
        "received_at": when.received,
        "accepted_at": when.accepted,
        "not_accepted_at": when.not_accepted,
        "decided_at": when.decided,
        "closed_at": when.closed,
        "delivered_at": when.delivered,
    }
    return {name: timestamp(at) for name, at in seconds.items()}


def _supplements(n: int, done: Steps) -> dict[str, pa.Array]:
    """Return when each case was first told what is missing, and how often."""
    notices = done.at[:, NOTICE : NOTICE + 2 * ROUNDS : 2]
    told, rounds = np.full(n, NOT_YET), np.zeros(n, dtype=np.int64)
    told[done.row], rounds[done.row] = notices[:, 0], (notices != NOT_YET).sum(axis=1)
    return {"first_supp_notice_at": timestamp(told), "supp_rounds": pa.array(rounds)}


def _details(
    rng: Generator, catalogue: Catalogue, made: Made, course: Course, channel: Ints
) -> dict[str, pa.Array]:
    """Return who entered and handled each case, and how the applicant came by it."""
    base, cases = catalogue.base, made.cases
    n, item = len(cases), cases.item
    bureau = base["bureau"].to_numpy()[item]
    online = (channel == 1) | (channel == 2)
    vertical = catalogue.bureaux["owner"].isin(VERTICAL).to_numpy()[bureau]
    entry = np.where(vertical & (rng.random(n) < REKEYED), 2, np.where(online, 1, 0))
    draw = rng.random(n)
    # At the window once, at times again to fetch the result; otherwise seldom at all.
    visits = np.where(channel == 0, 1 + (draw < 0.08), draw < 0.04)
    rounds = (course.notices != NEVER).sum(axis=1)
    visits = visits + np.where(channel == 0, rounds, 0)
    packages = base["package_codes"].str.split("^").str[0]
    packaged = packages.notna().to_numpy()[item] & (rng.random(n) < PACKAGED)
    committed = base["commitment_ok"].to_numpy()[item] & (rng.random(n) < COMMITTED)
    handlers = Handlers.of(catalogue.bureaux)
    return {
        "entry_mode": words(entry, ENTRIES),
        "commitment_used": pa.array(committed & (cases.accepted != NEVER)),
        "site_visits_actual": pa.array(visits.astype(np.int64)),
        "package_code": words(item, packages.fillna(""), empty=~packaged),
        "handler_key": words(handlers.assign(rng, bureau), handlers.keys.to_pylist()),
    }


def _channels(
    rng: Generator, days: Days, bureaux: pd.DataFrame, bureau: Ints, made: Made
) -> tuple[Bools, Ints]:
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
