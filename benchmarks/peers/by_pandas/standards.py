"""What is counted of the catalogue's rules, and of what changed since the year before."""

import pandas as pd
from facts import CUTOFF, MAIL, YEAR_BEFORE

from by_pandas.catalogue import any_of, in_force, licences


def changes(items: pd.DataFrame) -> dict[str, int]:
    """Count the licence items that came and went, and what became of those that stayed."""
    now, before = (licences(in_force(items, day)) for day in (CUTOFF, YEAR_BEFORE))
    added, removed = set(now["impl_code"]), set(before["impl_code"])
    both = now.merge(before, on="item_code", suffixes=("", "_before"))
    immediate = (both["case_type"] == "1") & both["case_type_before"].isin(["2", "9"])
    return {
        "licence_items_previous_year": len(removed),
        "licence_items_added": len(added - removed),
        "licence_items_removed": len(removed - added),
        "promises_shortened": (both["promised"] < both["promised_before"]).sum(),
        "items_made_immediate": immediate.sum(),
    }


def rules(items: pd.DataFrame) -> dict[str, int]:
    """Count for each rule the rows that it applies to, and those that break it."""
    in_use = in_force(items, CUTOFF)
    now = licences(in_use)
    promise, kind, visits = now["promised_limit"], now["case_type"], now["site_visits"]
    limited = now["promised"].notna() & now["statutory"].notna()
    offline = (visits == 0) & now["online_available"].eq(False) & now["channels"].notna()
    by_mail = any_of(now["channels"].str.split("^", regex=False), (MAIL,))
    of_all = in_use.drop_duplicates("impl_code").set_index("impl_code")
    parents, own = now["parent_code"].map(of_all["catalog_code"]), now["catalog_code"]
    dated = licences(items)[["valid_from", "valid_to"]].apply(pd.to_datetime)
    # To which rows a rule applies, and which keep it; where either is not known, neither is counted.
    held = {
        "immediate_is_zero": (promise.notna() & kind.notna(), (promise == 0) == (kind == "1")),
        "promise_is_commitment": ((promise > 0) & kind.notna(), kind == "2"),
        "promise_within_statutory": (limited, now["promised"] <= now["statutory"]),
        "visit_has_reason": (visits > 0, now["site_visit_reason"].fillna("") != ""),
        "no_visit_has_mail": (offline, by_mail),
        "online_has_no_visit": (now["full_depth"] & visits.notna(), visits == 0),
        "dates_in_order": (dated.notna().all(axis=1), dated["valid_from"] <= dated["valid_to"]),
        "shares_parents_code": (parents.notna() & own.notna(), own.str[:-3] == parents.str[:-3]),
    }
    found = {}
    for rule, (applies, kept) in held.items():
        found |= {f"{rule}_applies": applies.sum(), f"{rule}_broken": (applies & ~kept).sum()}
    return found
