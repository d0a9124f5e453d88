"""What is counted of the catalogue's rules, and of what changed since the year before."""

import polars as pl
from facts import MAIL

c = pl.col


def changes(items: pl.DataFrame) -> pl.DataFrame:
    """Count what became of the licence items in force on both days."""
    both = (
        items.filter("licence")
        .group_by("item_code")
        .agg(
            c("promised", "case_type").filter(c(at)).first().name.suffix(f"_{at}")
            for at in ("now", "before")
        )
    )
    return both.select(
        promises_shortened=(c("promised_now") < c("promised_before")).sum(),
        items_made_immediate=((c("case_type_now") == "1") & (c("case_type_before") != "1")).sum(),
    )


def movements(items: pl.DataFrame) -> pl.DataFrame:
    """Count the licence items that came and went."""
    by_code = items.filter("licence").group_by("impl_code").agg(c("now", "before").any())
    return by_code.select(
        licence_items_added=(c("now") & ~c("before")).sum(),
        licence_items_removed=(c("before") & ~c("now")).sum(),
    )


def rules(items: pl.DataFrame) -> pl.DataFrame:
    """Count for each rule the rows that it applies to, and those that break it."""
    parents = (
        items.filter("now")
        .unique("impl_code")
        .select(parent_code="impl_code", parents="catalog_code")
    )
    promise, visits = c("promised_limit"), c("site_visits")
    by_mail = c("channels").str.split("^").list.contains(MAIL)
    now, always = c("licensed"), c("licence")
    # To which rows a rule applies, and which keep it; where either is not known, neither is counted.
    held = {
        "immediate_is_zero": (now, (promise == 0) == (c("case_type") == "1")),
        "promise_is_commitment": (now & (promise > 0), c("case_type") == "2"),
        "promise_within_statutory": (now, c("promised") <= c("statutory")),
        "visit_has_reason": (now & (visits > 0), c("site_visit_reason").fill_null("") != ""),
        "no_visit_has_mail": (now & (visits == 0) & ~c("online_available"), by_mail),
        "online_has_no_visit": (now & c("full_depth"), visits == 0),
        "dates_in_order": (always, c("valid_from") <= c("valid_to")),
        "shares_parents_code": (now, c("catalog_code").str.head(-3) == c("parents").str.head(-3)),
    }
    return items.join(parents, on="parent_code", how="left").select(
        count.sum().alias(f"{rule}_{name}")
        for rule, (applies, kept) in held.items()
        for name, count in {
            "applies": applies & kept.is_not_null(),
            "broken": applies & ~kept,
        }.items()
    )
