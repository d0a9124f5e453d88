"""The figures counted in cases in idiomatic Polars: one lazy plan, collected once, streaming."""

from pathlib import Path

import polars as pl
from counted import CLOCKS, CUTOFF, END, START, Counted, run

WORKING_DAYS = {"W": 1.0, "N": 250 / 365, "M": 250 / 12, "Y": 250.0, "H": 1 / 8}
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


def peer(folder: Path) -> Counted:
    """Count with Polars."""
    items = pl.read_parquet(folder / "items.parquet")
    of_licences = c("item_type").eq("01").any()
    others = items.group_by("item_code").agg(of_licences).filter(~c("item_type"))
    calendar = pl.read_parquet(folder / "calendar.parquet")
    cases = pl.scan_parquet(folder / "cases.parquet").filter(c("submitted_at") < END)
    cases = cases.join(others.lazy(), on="item_code", how="anti")
    rows = with_days(with_states(cases), calendar)
    commitment = rows.filter(c("case_type") == "2")
    cohort = commitment.filter(c("accepted_in"))
    by_item, completed, closed, still_open = pl.collect_all(
        [
            rows.group_by("item_code").agg(*measures()),
            commitment.filter(c("completed")).group_by("days").len(),
            cohort.filter(c("completed")).group_by("running").len(),
            cohort.filter(c("open_end")).group_by("running").len(),
        ],
        engine="streaming",
    )
    n = by_item.drop("item_code").sum().row(0, named=True) | by_items(by_item, items)
    return Counted(n, *(dict(days.rows()) for days in (completed, closed, still_open)))


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


def with_days(rows: pl.LazyFrame, calendar: pl.DataFrame) -> pl.LazyFrame:
    """Add working days, and days left on each clock, by joins with the numbered days."""
    kinds = {
        "accepted": ("start_no", "end_no"),
        "received": ("start_no",),
        "decided": ("start_no",),
        "noticed": ("end_no",),
        "closed": ("end_no",),
        "delivered": ("end_no",),
    }
    for name, wanted in kinds.items():
        numbers = calendar.lazy().select(
            c("date").alias(f"{name}_on"), *(c(kind).alias(f"{name}_{kind}") for kind in wanted)
        )
        on = c(name).dt.date().alias(f"{name}_on")
        rows = rows.with_columns(on).join(
            numbers, on=f"{name}_on", how="left", maintain_order="none"
        )
    last = calendar.filter(c("date") == CUTOFF)["end_no"].item()
    started, received = c("accepted_start_no"), c("received_start_no")
    answered = pl.min_horizontal(
        c("noticed_end_no").fill_null(last), c("accepted_end_no").fill_null(last)
    )
    rows = rows.with_columns(
        ended=c("closed_end_no").fill_null(last),
        deemed=(answered - received > 5).fill_null(False) & c("refused").is_null(),
        counted=c("closed_accepted") | c("open_end"),
        allowed=c("statutory_days")
        + pl.min_horizontal(
            "extended", pl.when(c("statutory_days") == 45).then(15).otherwise(10).cast(pl.Float64)
        ),
    )
    waiting = c("pending_end") & c("deemed")
    since = pl.when(c("deemed")).then(received).otherwise(started)
    days = (c("ended") - started).clip(lower_bound=0)
    strict = (c("allowed") + c("strict")).floor()
    margins = {
        "statutory": strict - days,
        "statutory_loose": (c("allowed") + c("loose")).floor() - days,
        "statutory_first_day": strict - (c("ended") - started + 1).clip(lower_bound=0),
        "promised": (c("promised_days") + c("extended") + c("loose")).floor() - days,
    }
    return rows.with_columns(
        days=days,
        running=(days - c("loose").floor().cast(pl.Int64)).clip(lower_bound=0),
        to_notice=c("noticed_end_no") - received,
        to_delivery=c("delivered_end_no") - c("decided_start_no"),
        open_or_deemed=c("open_end") | waiting,
        statutory_deemed=pl.when(c("counted") | waiting).then(
            strict - (c("ended") - since).clip(lower_bound=0)
        ),
        **{name: pl.when(c("counted")).then(margin) for name, margin in margins.items()},
    )


def measures() -> list[pl.Expr]:
    """Return what is counted of each item's cases."""
    accepted, completed = c("accepted_in"), c("completed")
    online = c("apply_channel").is_in(["pc", "mobile"])
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
        "noticed": c("noticed_in"),
        "noticed_late": c("noticed_in") & (c("to_notice") > 5),
        "delivered": completed & c("decided").is_not_null() & c("delivered").is_not_null(),
        "delivered_late": completed & (c("to_delivery") > 10),
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


def by_items(by_item: pl.DataFrame, items: pl.DataFrame) -> dict[str, float]:
    """Weigh the catalogue by its cases."""
    since, until = c("valid_from"), c("valid_to")
    licences = items.filter(
        c("item_type") == "01",
        since.is_null() | (since <= CUTOFF),
        until.is_null() | (until >= CUTOFF),
        (c("item_status") == "1") | until.is_not_null(),
    ).join(by_item.select("item_code", n="accepted", used="tolerance"), on="item_code", how="left")
    platform = licences.filter(c("in_prov_system")).with_columns(c("n").fill_null(0))
    limited = platform.filter(
        ~c("no_statutory_limit").fill_null(False),
        c("statutory_limit") > 0,
        c("promised_limit").is_not_null(),
    )
    weighted = limited.select(
        (c("n") * c(f"{name}_limit") * c(f"{name}_unit").replace_strict(WORKING_DAYS))
        .sum()
        .alias(f"weighted_{name}")
        for name in ("statutory", "promised")
    )
    visits = platform.filter(c("site_visits").is_not_null()).select(
        weighted_visits=(c("n") * c("site_visits")).sum(), weighted_by=c("n").sum()
    )
    tolerant = licences.filter(c("tolerance_ok"), c("on_application")).select(
        tolerant=c("impl_code").n_unique(),
        tolerant_used=c("impl_code").filter(c("used") > 0).n_unique(),
    )
    unknown = by_item.join(items, on="item_code", how="anti")["applications"].sum()
    return {
        name: value
        for frame in (weighted, visits, tolerant)
        for name, value in frame.row(0, named=True).items()
    } | {"uncatalogued": unknown}


if __name__ == "__main__":
    run(peer)
