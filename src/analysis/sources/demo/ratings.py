"""Ratings (好差评) of the demo place: few people rate, the system rates for many others.

Who does not answer within 7 days is entered as 基本满意, as the provincial rule of 2019 had it.
"""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.random import Generator

from analysis.sources.demo.columns import listed, seconds, timestamp
from analysis.sources.demo.days import DAY, Bools, Ints
from analysis.sources.demo.moments import NOT_YET
from analysis.sources.demo.people import numbered
from analysis.sources.demo.planting.rated import in_batches
from analysis.sources.demo.streams import Use, stream
from analysis.sources.demo.table import CHANNELS
from analysis.tables.codes.oversight import RATING_CHANNEL, SATISFACTION

RATED, BY_DEFAULT = 0.06, 0.34  # of the cases closed
LEVELS = np.array([0.936, 0.048, 0.0125, 0.0023, 0.0012])  # GB/T 39046: 1 非常满意
DEFAULT_LEVEL, DEFAULT_AFTER, DEFAULT_CHANNEL = 3, 7 * DAY, 7
BAD = 4
CHANNEL_SHARES = {  # of the rating channels 1-6, by how the case came in
    "window": (0.02, 0.10, 0.33, 0.40, 0.05, 0.10),
    "pc": (0.62, 0.20, 0.02, 0.01, 0.00, 0.15),
    "mobile": (0.05, 0.80, 0.04, 0.00, 0.00, 0.11),
    "mail": (0.10, 0.40, 0.10, 0.00, 0.00, 0.40),
    "other": (0.20, 0.40, 0.20, 0.00, 0.00, 0.20),
}
TAGS = (
    "无理由超过法定办理时间",
    "未一次性告知",
    "要求提交指南以外的材料",
    "要求重复提交材料",
    "服务态度不好",
    "系统操作不便",
    "未提供对应的服务",
)
AGAIN_AFTER_BAD, AGAIN = 0.45, 0.012
RECTIFIED = 0.97
RECTIFICATION = 6 * DAY  # on average; 15 working days are allowed


def ratings(year: int, cases: pa.Table, exported: int) -> pa.Table:
    """Return the ratings of the cases closed in a year, as an export on a day knows them.

    A case has none, one by the system, one by the applicant, or two (``round`` 2), the second after
    the first.
    """
    rng = stream(year, Use.RATINGS)
    closed = pc.fill_null(pc.equal(pc.year(cases["closed_at"]), year), False)
    places = np.flatnonzero(closed.to_numpy())
    places = places[rng.random(len(places)) < RATED + BY_DEFAULT]
    default = rng.random(len(places)) < BY_DEFAULT / (RATED + BY_DEFAULT)
    ended = seconds(cases["closed_at"])[places]
    level = np.where(default, DEFAULT_LEVEL, _drawn(rng, LEVELS, len(places)) + 1)
    soon = 300 + np.minimum(rng.exponential(0.6 * DAY, len(places)), DEFAULT_AFTER - 600)
    at = ended + np.where(default, DEFAULT_AFTER, soon).astype(np.int64)
    channel = np.where(default, DEFAULT_CHANNEL, _channel(rng, cases, places))

    again = rng.random(len(places)) < np.where(level >= BAD, AGAIN_AFTER_BAD, AGAIN)
    again &= ~default
    later = at[again] + rng.integers(2 * DAY, 25 * DAY, again.sum())
    order = np.lexsort(
        (np.r_[np.zeros(len(places)), np.ones(again.sum())], np.r_[places, places[again]])
    )
    calmer = np.where(level[again] >= BAD, rng.integers(2, 5, again.sum()), level[again])
    rows = {
        "place": np.r_[places, places[again]],
        "round": np.r_[np.ones(len(places), dtype=np.int64), np.full(again.sum(), 2)],
        "level": np.r_[level, calmer],
        "at": np.r_[at, later],
        "channel": np.r_[channel, _channel(rng, cases, places[again])],
    }
    rows = {name: column[order] for name, column in rows.items()}
    rows["at"] = in_batches(year, cases, rows)
    known = rows["at"] < exported * DAY
    return _table(rng, year, cases, {name: c[known] for name, c in rows.items()}, exported * DAY)


def _table(
    rng: Generator, year: int, cases: pa.Table, rows: dict[str, Ints], limit: int
) -> pa.Table:
    place, level = pa.array(rows["place"]), rows["level"]
    n, bad = len(level), level >= BAD
    ordered = rows["at"] + rng.integers(60, DAY, n)
    mended = ordered + rng.gamma(1.6, RECTIFICATION / 1.6, n).astype(np.int64)
    mended = np.where(rng.random(n) < RECTIFIED, mended, NOT_YET)
    columns: dict[str, Any] = {
        "evaluation_id": numbered(f"PJ{year}", n),
        "case_id": cases["case_id"].take(place),
        "item_code": cases["item_code"].take(place),
        "dept_code": cases["dept_code"].take(place),
        "channel": listed(rows["channel"] - 1, RATING_CHANNEL.terms),
        "satisfaction": listed(level - 1, SATISFACTION.terms),
        "is_default": pa.array(rows["channel"] == DEFAULT_CHANNEL),
        "evaluated_at": timestamp(rows["at"]),
        "round": pa.array(rows["round"]),
        "tags": _tags(rng, bad),
        "order_created_at": timestamp(np.where(bad & (ordered < limit), ordered, NOT_YET)),
        "rectified_at": timestamp(np.where(bad & (mended < limit), mended, NOT_YET)),
    }
    return pa.table(columns)


def _drawn(rng: Generator, shares: Any, n: int) -> Ints:
    """Draw places by their shares."""
    cumulated = np.cumsum(shares) / np.sum(shares)
    return np.asarray(np.searchsorted(cumulated, rng.random(n), side="right"))


def _channel(rng: Generator, cases: pa.Table, places: Ints) -> Ints:
    """Draw by which channel the applicant rates."""
    came = pc.index_in(cases["apply_channel"].cast(pa.string()), pa.array(CHANNELS)).to_numpy()
    shares = np.array([CHANNEL_SHARES[name] for name in CHANNELS]).cumsum(axis=1)
    return np.asarray((rng.random(len(places))[:, None] >= shares[came[places]]).sum(axis=1) + 1)


def _tags(rng: Generator, bad: Bools) -> pa.Array:
    """Draw one or two tags for each bad rating."""
    first = rng.integers(0, len(TAGS), len(bad))
    second = np.where(rng.random(len(bad)) < 0.3, rng.integers(0, len(TAGS), len(bad)), first)
    texts = [
        "^".join(TAGS[n] for n in sorted({a, b})) if there else None
        for a, b, there in zip(first.tolist(), second.tolist(), bad.tolist(), strict=True)
    ]
    return pa.array(texts, pa.string()).dictionary_encode()
