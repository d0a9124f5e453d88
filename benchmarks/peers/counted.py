"""What the peers' counts come to: the figures that are counted in cases, as numerator and denominator.

A peer reads the Parquet files in its own idiom and returns numbers by name, and three distributions
of days; this puts them together, which takes no time. Nothing here is taken from ``analysis``.
"""

import json
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

YEAR = 2022
START, END = datetime(YEAR, 1, 1), datetime(YEAR + 1, 1, 1)
CUTOFF = date(YEAR, 12, 31)
FIRST_DAY = date(2004, 1, 1)  # of the calendar that all are given as a file
CLOCKS = ("statutory", "statutory_loose", "statutory_deemed", "statutory_first_day", "promised")
Days = Mapping[int, int]  # how many cases took how many working days


@dataclass(frozen=True)
class Counted:
    """What a peer has counted.

    Attributes:
        n: numbers by name.
        completed: working days of commitment cases completed in the year.
        closed: those of commitment cases accepted and completed in the year, without stops.
        still_open: those of commitment cases accepted in the year and open, so far, without stops.
    """

    n: Mapping[str, int | float]
    completed: Days
    closed: Days
    still_open: Days


def run(peer: Callable[[Path], Counted]) -> None:
    """Count a folder and write what it comes to: ``python <peer> FOLDER OUT``."""
    begun = time.perf_counter()
    found = results(peer(Path(sys.argv[1])))
    took = time.perf_counter() - begun
    Path(sys.argv[2]).write_text(json.dumps({"seconds": took, "results": found}), "utf-8")


def results(counted: Counted) -> dict[str, list[str]]:
    """Return numerator and denominator (empty for counts) by ``id variant``."""
    n = {name: Fraction(value) for name, value in counted.n.items()}
    both = {**_flows(n), **_lateness(n), **_days(counted), **_flags(n), **_items(n)}
    return {
        key: [str(value) for value in (made if isinstance(made, tuple) else (made, ""))]
        for key, made in both.items()
    }


def _flows(n: Mapping[str, Fraction]) -> dict[str, object]:
    plain = (
        "applications", "uncatalogued", "accepted", "not_accepted", "completed", "approved", "disapproved",
        "ended_before", "deleted", "pending_at_start", "pending_at_end", "open_at_start", "open_at_end",
    )  # fmt: skip
    other = n["completed"] - n["approved"] - n["disapproved"]
    waiting = n["pending_at_end"] - n["pending_at_start"]
    return {
        **{f"{name} ": n[name] for name in plain},
        "other_endings ": other,
        "residual_outcome ": other,
        "residual_acceptance ": waiting + n["ended_before"],
        "residual_completion ": n["open_at_start"] - n["open_at_end"] - n["deleted"],
        "completion_rate close_flow": (n["completed"], n["accepted"]),
        "completion_rate close_cohort": (n["cohort_closed"], n["accepted"]),
    }


def _lateness(n: Mapping[str, Fraction]) -> dict[str, object]:
    whole = {
        clock: n[f"{clock}_early"] + n[f"{clock}_last"] + n[f"{clock}_late"] for clock in CLOCKS
    }
    found: dict[str, object] = {}
    for clock in CLOCKS:
        in_time = (whole[clock] - n[f"{clock}_late"], whole[clock])
        found[f"on_time_rate {'promise' if clock == 'promised' else clock}"] = in_time
        found[f"early_closed {clock}"] = n[f"{clock}_early"]
        found[f"last_day_closed {clock}"] = n[f"{clock}_last"]
        found[f"late_closed {clock}"] = n[f"{clock}_late"]
        found[f"late_open {clock}"] = n[f"{clock}_open_late"]
    return found | {
        "within_statutory_time ": (
            whole["statutory"] - n["statutory_late"],
            whole["statutory"] + n["statutory_open_late"],
        ),
        "early_rate promise": (n["promised_early"], whole["promised"]),
        "early_rate promise_received": (n["promised_early_commitment"], n["accepted_commitment"]),
        "overdue_rate promise": (n["promised_late"], whole["promised"]),
        "overdue_rate statutory": (n["statutory_late"], whole["statutory"]),
    }


def _days(counted: Counted) -> dict[str, object]:
    days, n = counted.completed, sum(counted.completed.values())
    middle = [_nth(days, at) for at in ((n - 1) // 2, n // 2)]
    return {
        "mean_days commitment": (sum(day * k for day, k in days.items()), n),
        "median_days commitment": Fraction(sum(middle), 2),
        "survival_median_days commitment": _kaplan_meier(counted.closed, counted.still_open),
    }


def _nth(days: Days, at: int) -> int:
    upto = 0
    for day in sorted(days):
        upto += days[day]
        if upto > at:
            return day
    raise IndexError(at)


def _kaplan_meier(closed: Days, still_open: Days) -> int | None:
    at_risk, surviving = sum(closed.values()) + sum(still_open.values()), Fraction(1)
    for day in sorted({*closed, *still_open}):
        surviving *= 1 - Fraction(closed.get(day, 0), at_risk)
        if 2 * surviving <= 1:
            return day
        at_risk -= closed.get(day, 0) + still_open.get(day, 0)
    return None


def _flags(n: Mapping[str, Fraction]) -> dict[str, object]:
    accepted, completed = n["accepted"], n["completed"]
    commitment = n["accepted_immediate"] + n["accepted_commitment"]
    return {
        "instant_rate case_flag": (n["accepted_immediate"], commitment),
        "instant_rate case_sameday": (n["same_day"], completed),
        **{
            f"time_compression_rate actual_vs_{limit}": (
                n[f"{limit}_limit"] - n[f"{limit}_taken"],
                n[f"{limit}_limit"],
            )
            for limit in ("statutory", "promised")
        },
        "notice_late ": n["noticed_late"],
        "notice_on_time_rate ": (n["noticed"] - n["noticed_late"], n["noticed"]),
        "delivery_late ": n["delivered_late"],
        "delivery_on_time_rate ": (n["delivered"] - n["delivered_late"], n["delivered"]),
        "one_pass_case ": (n["one_pass"], n["supp_known"]),
        "avg_trips actual": (n["visits"], n["visits_known"]),
        "tolerance_cases ": n["tolerance"],
        "tolerance_case_share ": (n["tolerance"], accepted),
        "tolerance_completed ": n["tolerance_completed"],
        "tolerance_lapsed_share ": (n["tolerance_lapsed"], n["tolerance_completed"]),
        "commitment_cases ": n["promise"],
        "commitment_case_share ": (n["promise"], accepted),
        "package_cases ": n["in_package"],
        "package_case_share ": (n["in_package"], accepted),
        "online_accept_share ": (n["accepted_online"], accepted),
        "online_full_process_rate online_full_case": (n["online_full"], accepted),
        "online_close_case ": (n["completed_online"], completed),
    }


def _items(n: Mapping[str, Fraction]) -> dict[str, object]:
    return {
        "time_compression_rate case_sum": (
            n["weighted_statutory"] - n["weighted_promised"],
            n["weighted_statutory"],
        ),
        "avg_trips case_mean": (n["weighted_visits"], n["weighted_by"]),
        "tolerant_items_used ": (n["tolerant_used"], n["tolerant"]),
    }
