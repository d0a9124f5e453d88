"""Details (办理细节) of the demo's cases: supplements, entry, visits, packages, handlers."""

import numpy as np
import pyarrow as pa
from numpy.random import Generator

from analysis.sources.demo.cohort import NEVER
from analysis.sources.demo.columns import timestamp, words
from analysis.sources.demo.course import Course
from analysis.sources.demo.days import Ints
from analysis.sources.demo.moments import NOT_YET
from analysis.sources.demo.people import Handlers
from analysis.sources.demo.source import Catalogue
from analysis.sources.demo.steps import NOTICE, Steps
from analysis.sources.demo.supplements import ROUNDS
from analysis.sources.demo.years import Made

ENTRIES = ("api", "applicant", "staff_rekey")
# Systems of higher levels: at times the hall's staff enter a case a second time.
VERTICAL = ("national", "provincial_vertical")
REKEYED, PACKAGED, COMMITTED = 0.12, 0.03, 0.2


def supplement_columns(n: int, done: Steps) -> dict[str, pa.Array]:
    """Return when each case was first told what is missing, and how often."""
    notices = done.at[:, NOTICE : NOTICE + 2 * ROUNDS : 2]
    told, rounds = np.full(n, NOT_YET), np.zeros(n, dtype=np.int64)
    told[done.row], rounds[done.row] = notices[:, 0], (notices != NOT_YET).sum(axis=1)
    return {"first_supp_notice_at": timestamp(told), "supp_rounds": pa.array(rounds)}


def detail_columns(
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
