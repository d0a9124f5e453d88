"""What is counted in cases: their states in the year, flows, and what they were like."""

import polars as pl
from facts import CLOCKS, DELIVER, END, LICENCE, NOTIFY, ONLINE, START

TIMES = {
    "submitted": "submitted_at",
    "received": "received_at",
    "noticed": "first_supp_notice_at",
    "accepted": "accepted_at",
    "refused": "not_accepted_at",
    "decided": "decided_at",
    "closed": "closed_at",
    "delivered": "delivered_at",
}
c = pl.col


def of_licences(rows: pl.LazyFrame, items: pl.DataFrame) -> pl.LazyFrame:
    """Return the rows of licences, of no item, and of items that no catalogue knows."""
    of_licences = c("item_type").eq(LICENCE).any()
    others = items.group_by("item_code").agg(of_licences).filter(~c("item_type"))
    return rows.join(others.lazy(), on="item_code", how="anti")


def with_states(cases: pl.LazyFrame) -> pl.LazyFrame:
    """Add when things happened and what state the case was in, and leave out what does not concern."""
    seen = cases.with_columns(
        *(pl.when(c(at) < END).then(c(at)).alias(name) for name, at in TIMES.items()),
        extended=c("extended_days").fill_null(0),
        strict=c("stopped_days_art45").fill_null(0),
        loose=c("stopped_days_art45").fill_null(0) + c("stopped_days_other").fill_null(0),
    ).with_columns(
        **{
            f"{name}_in": (c(name) >= START).fill_null(False)
            for name in ("submitted", "accepted", "refused", "closed", "noticed")
        },
        **{
            f"{name}_before": (c(name) < START).fill_null(False)
            for name in ("submitted", "accepted", "refused", "closed")
        },
        ending=pl.when(c("closed").is_not_null())
        .then(c("outcome").fill_null(""))
        .otherwise(pl.lit("")),
    )
    decided = c("accepted_before") | c("refused_before") | c("closed_before")
    closed_accepted = c("closed_in") & c("accepted").is_not_null()
    seen = seen.with_columns(
        pending_start=c("submitted_before") & ~decided,
        open_start=c("accepted_before") & ~c("closed_before"),
        pending_end=pl.all_horizontal(c("accepted", "refused", "closed").is_null()),
        open_end=c("accepted").is_not_null() & c("closed").is_null(),
        closed_accepted=closed_accepted,
        completed=closed_accepted & (c("ending") != "deleted"),
    )
    happened = [f"{name}_in" for name in ("submitted", "accepted", "refused", "closed")]
    states = ["pending_start", "open_start", "pending_end", "open_end"]
    return seen.filter(pl.any_horizontal(*happened, *states))


def measures() -> list[pl.Expr]:
    """Return what is counted of each item's cases."""
    accepted, completed = c("accepted_in"), c("completed")
    online = c("apply_channel").is_in(ONLINE)
    granted = completed & (c("ending") == "approved")
    masks = {
        "applications": c("submitted_in"),
        "accepted": accepted,
        "not_accepted": c("refused_in"),
        "completed": completed,
        "approved": completed & (c("ending") == "approved"),
        "disapproved": completed & (c("ending") == "refused"),
        "ended_before": c("closed_in") & c("accepted").is_null() & c("refused").is_null(),
        "deleted": c("closed_accepted") & (c("ending") == "deleted"),
        "pending_at_start": c("pending_start"),
        "pending_at_end": c("pending_end"),
        "open_at_start": c("open_start"),
        "open_at_end": c("open_end"),
        "cohort_closed": accepted & completed,
        "accepted_immediate": accepted & (c("case_type") == "1"),
        "accepted_commitment": accepted & (c("case_type") == "2"),
        "accepted_online": accepted & online,
        "completed_online": completed & online,
        "same_day": completed & (c("closed").dt.date() == c("submitted").dt.date()),
        "promised_early_commitment": completed & (c("promised") > 0) & (c("case_type") == "2"),
        "noticed": c("noticed_in") & c("received").is_not_null(),
        "noticed_late": c("noticed_in") & (c("to_notice") > NOTIFY),
        "delivery_due": granted
        & c("decided").is_not_null()
        & (c("delivered").is_not_null() | (c("to_delivery") > DELIVER)),
        "delivery_late": granted & (c("to_delivery") > DELIVER),
        "supp_known": accepted & c("supp_rounds").is_not_null(),
        "one_pass": accepted & (c("supp_rounds") == 0),
        "visits_known": completed & c("site_visits_actual").is_not_null(),
        "tolerance": accepted & c("tolerance_used"),
        "tolerance_completed": completed & c("tolerance_used"),
        "tolerance_lapsed": completed & c("tolerance_used") & (c("ending") == "supp_lapsed"),
        "promise": accepted & c("commitment_used"),
        "in_package": accepted & c("package_code").is_not_null(),
        "online_full": accepted & c("online_full"),
    }
    for clock in CLOCKS:
        still = c("open_or_deemed" if clock == "statutory_deemed" else "open_end")
        masks |= {
            f"{clock}_early": completed & (c(clock) > 0),
            f"{clock}_last": completed & (c(clock) == 0),
            f"{clock}_late": completed & (c(clock) < 0),
            f"{clock}_open_late": still & (c(clock) < 0),
        }
    sums = {"visits": c("site_visits_actual").filter(completed).sum()}
    for limit in ("statutory", "promised"):
        limited = completed & c(f"{limit}_days").is_not_null()
        sums[f"{limit}_limit"] = c(f"{limit}_days").filter(limited).floor().sum()
        sums[f"{limit}_taken"] = c("days").filter(limited).sum()
    return [
        *(mask.sum().cast(pl.Int64).alias(name) for name, mask in masks.items()),
        *(total.cast(pl.Int64).alias(name) for name, total in sums.items()),
    ]
