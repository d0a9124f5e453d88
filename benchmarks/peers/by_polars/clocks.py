"""Working days, and the days left on each clock."""

import polars as pl
from facts import CUTOFF, EXTENDED, EXTENDED_JOINTLY, JOINT, NOTIFY

c = pl.col


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
        deemed=(answered - received > NOTIFY).fill_null(False) & c("refused").is_null(),
        counted=c("closed_accepted") | c("open_end"),
        allowed=c("statutory_days")
        + pl.min_horizontal(
            "extended",
            pl.when(c("statutory_days") == JOINT)
            .then(EXTENDED_JOINTLY)
            .otherwise(EXTENDED)
            .cast(pl.Float64),
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
        to_delivery=pl.when(c("delivered").is_null()).then(last).otherwise(c("delivered_end_no"))
        - c("decided_start_no"),
        open_or_deemed=c("open_end") | waiting,
        statutory_deemed=pl.when(c("counted") | waiting).then(
            strict - (c("ended") - since).clip(lower_bound=0)
        ),
        **{name: pl.when(c("counted")).then(margin) for name, margin in margins.items()},
    )
