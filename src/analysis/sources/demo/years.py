"""The years (年度) of the demo place: cohorts put together so that stocks lead into flows."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.random import Generator

from analysis.sources.demo import calibration as given
from analysis.sources.demo.calibration import FLOWS, Flows
from analysis.sources.demo.cohort import Cases, Handling, Maker, stack
from analysis.sources.demo.days import Days, Ints
from analysis.sources.demo.outcomes import WITHDRAWN, decide
from analysis.tables.codes.catalogue import IMMEDIATE


@dataclass(frozen=True)
class Made:
    """The cases that are applied for in one year, in order of application, and their outcomes.

    Attributes:
        year: year of application.
        cases: all of them.
        carried: which of them are still waiting or open at the year's end.
    """

    year: int
    cases: Cases
    carried: np.ndarray


def handling_items(rng: Generator, items: pd.DataFrame) -> Handling:
    """Return the handling items of the catalogue as arrays, in the order of ``row``."""
    rows = items[items["grain"] == "handling"]
    base = rows.drop_duplicates("row").sort_values("row")
    promised = {year: _in_year(rows, year) for year in range(given.FIRST - 1, given.LAST + 1)}
    careful = rng.gamma(0.25, 1.0, len(base)) + 1e-4
    immediate = (base["case_type"] == IMMEDIATE).to_numpy()
    return Handling(
        weight=base["weight"].to_numpy(),
        immediate=immediate,
        statutory=base["statutory_limit"].to_numpy().astype(np.int64),
        promised=promised,
        careful=careful * np.where(immediate, 0.02, 1.0),
        name=base["item_name"].to_numpy(dtype=object),
        bureau=base["dept_name"].to_numpy(dtype=object),
    )


def cohorts(rng: Generator, handling: Handling, days: Days) -> Iterator[Made]:
    """Yield the cohorts of 2020 (opening stock only) to 2023, outcomes decided.

    A year's stock is decided upon in the year after: so a cohort is complete, and yielded, only
    when the next one has been drawn.
    """
    finished, stock = None, None
    for year, flows in FLOWS.items():
        maker = Maker(rng, days, handling, year)
        drawn = _finished(maker, flows, stock) if stock is not None else None
        if stock is not None and drawn is not None:
            stock, drawn = decide(rng, handling, flows, stock, drawn)
            yield _ordered(year - 1, finished, stock)
        finished = _with_refusals(maker, flows, drawn) if drawn is not None else None
        following = FLOWS.get(year + 1, flows)
        stock = stack(
            [
                maker.open_at_end(flows.open, late=flows.open_late),
                maker.pending_at_end(
                    flows.pending, refused=following.pending_refused, ended=following.pending_ended
                ),
            ]
        )
    nothing = Flows(applications=0, pending=0, open=0)
    assert stock is not None
    stock, _ = decide(rng, handling, nothing, stock, stock.take(np.zeros(len(stock), dtype=bool)))
    yield _ordered(given.LAST, finished, stock)


def _finished(maker: Maker, flows: Flows, stock: Cases) -> Cases:
    """Return what is both accepted and closed within the year: what the totals leave for it."""
    others = flows.open + flows.pending + flows.not_accepted - flows.pending_refused
    others += flows.ended_before - flows.pending_ended
    return maker.finished(flows.applications - others, late=flows.late)


def _with_refusals(maker: Maker, flows: Flows, finished: Cases) -> Cases:
    refused = maker.not_accepted(flows.not_accepted - flows.pending_refused)
    ended = maker.not_accepted(flows.ended_before - flows.pending_ended, ended=True)
    ended = replace(ended, outcome=np.full(len(ended), WITHDRAWN))
    return stack([finished, refused, ended])


def _ordered(year: int, finished: Cases | None, stock: Cases) -> Made:
    """Sort a cohort by day of application, and remember which cases are carried over."""
    cases = stock if finished is None else stack([finished, stock])
    carried = np.zeros(len(cases), dtype=bool)
    carried[len(cases) - len(stock) :] = True
    order = np.argsort(cases.applied, kind="stable")
    return Made(year, cases.take(order), carried[order])


def _in_year(rows: pd.DataFrame, year: int) -> Ints:
    """Return the promised limit at the start of a year, by row; before the first, the first."""
    start = max(pd.Timestamp(year, 1, 1), rows["valid_from"].min())
    now = rows[(rows["valid_from"] <= start) & ~(rows["valid_to"] < start)]
    return np.asarray(now.sort_values("row")["promised_limit"], dtype=np.int64)
