"""The tables (落表) of the demo place: arrays to the columns that ``tables`` declares."""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.random import Generator

from analysis.sources.demo.cohort import NEVER
from analysis.sources.demo.columns import timestamp, words
from analysis.sources.demo.course import Course
from analysis.sources.demo.days import Bools, Days, Ints
from analysis.sources.demo.details import detail_columns, supplement_columns
from analysis.sources.demo.moments import Moments, delivered_late, moments
from analysis.sources.demo.outcomes import OUTCOMES
from analysis.sources.demo.people import applicants, numbered, pseudonyms
from analysis.sources.demo.source import Catalogue
from analysis.sources.demo.steps import Steps, steps
from analysis.sources.demo.streams import Use, stream
from analysis.sources.demo.years import Made
from analysis.tables import TABLES
from analysis.tables.codes.catalogue import COMMITMENT, IMMEDIATE

CHANNELS = ("window", "pc", "mobile", "mail", "other")
APPLICANTS = ("person", "enterprise", "other")
REASONS = ("依法不需要取得行政许可", "不属于本机关职权范围", "不符合申请条件")
ONLINE_GROWTH = 0.05  # a year, relative to the shares of 2022
STREETS = np.array([0.19, 0.15, 0.13, 0.12, 0.1, 0.09, 0.08, 0.06, 0.05, 0.03])


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
    street = rng.choice(len(streets), n, p=STREETS)
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
        "region_code": words(street, streets),
        "source_system": words(item, base["source_system"]),
        "system_owner": words(bureau, catalogue.bureaux["owner"]),
        "applicant_type": words(kind, APPLICANTS),
        "applicant_key": pseudonyms(who),
        "apply_channel": words(channel, CHANNELS),
        **_timestamps(when),
        **supplement_columns(n, done),
        **detail_columns(own, catalogue, made, course, channel),
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
