"""The figures that are counted in cases."""

from collections.abc import Mapping
from fractions import Fraction

from facts import CLOCKS


def figures_of_cases(n: Mapping[str, Fraction]) -> dict[str, object]:
    """Return the figures by ``id variant``; the argument is that of ``Counted``."""
    return {**_flows(n), **_lateness(n), **_flags(n)}


def _flows(n: Mapping[str, Fraction]) -> dict[str, object]:
    plain = (
        "applications", "accepted", "not_accepted", "completed", "approved", "disapproved",
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
        "delivery_late ": n["delivery_late"],
        "delivery_on_time_rate ": (n["delivery_due"] - n["delivery_late"], n["delivery_due"]),
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
