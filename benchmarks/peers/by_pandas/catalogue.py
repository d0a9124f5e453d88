"""What is counted in the catalogue: services and licence items, limits, packages."""

from datetime import date

import pandas as pd
from facts import (
    CUTOFF,
    DEPTHS_FULL,
    DEPTHS_ONLINE,
    FIRST,
    LICENCE,
    UNITS,
    YEAR_BEFORE,
)
from of_catalogue import Limit

LIMIT = ["statutory_limit", "statutory_unit", "promised_limit", "promised_unit"]


def prepared(items: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    """Add limits in working days, what an item reaches online, and how many cases were accepted."""
    accepted = cases[cases["accepted_in"]]
    tolerated = accepted[accepted["tolerance_used"].fillna(False).astype(bool)]
    per_unit = {unit: float(days) for unit, days in UNITS.items()}
    depths = items["online_depth"].str.split("^", regex=False)
    flags = [
        "in_prov_system",
        "on_application",
        "tolerance_ok",
        "commitment_ok",
        "no_statutory_limit",
    ]
    return items.assign(
        **{flag: items[flag].fillna(False).astype(bool) for flag in flags},
        statutory=items["statutory_limit"] * items["statutory_unit"].map(per_unit),
        promised=items["promised_limit"] * items["promised_unit"].map(per_unit),
        full_depth=any_of(depths, DEPTHS_FULL),
        some_depth=any_of(depths, DEPTHS_ONLINE),
        accepted=items["item_code"].map(accepted["item_code"].value_counts()).fillna(0).astype(int),
        tolerated=items["item_code"].isin(tolerated["item_code"]),
    )


def any_of(codes: pd.Series, wanted: tuple[str, ...]) -> pd.Series:
    """Tell whether lists of codes hold any of those wanted."""
    return codes.explode().isin(wanted).groupby(level=0).any()


def in_force(items: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return the rows in force on a day, one for each item: its latest version in use on the day.

    What has ended since was in use.
    """
    at = pd.Timestamp(day)
    since, until = (pd.to_datetime(items[column]) for column in ("valid_from", "valid_to"))
    dated = (since.isna() | (since <= at)) & (until.isna() | (until >= at))
    rows = items[dated & ((items["item_status"] == "1") | until.notna())]
    return rows.sort_values("item_version").drop_duplicates("item_code", keep="last")


def licences(items: pd.DataFrame) -> pd.DataFrame:
    """Return the licences among items."""
    return items[items["item_type"] == LICENCE]


def of_licences(items: pd.DataFrame) -> dict[str, int]:
    """Count licence items, those on the platform, and what is required of whom applies."""
    now = licences(in_force(items, CUTOFF))
    platform = now[now["in_prov_system"]]
    visits = platform["site_visits"]
    known = platform[visits.notna()]
    delegated = pd.to_datetime(now["delegated_on"]).between(str(FIRST), str(CUTOFF))
    limited = now["statutory_limit"].notna() | now["no_statutory_limit"]
    named = (now[["item_name", "dept_name"]].fillna("") != "").all(axis=1)
    complete = now[["steps_n", "materials_n"]].notna().all(axis=1) & named & limited
    tolerant = now[now["on_application"] & now["tolerance_ok"]]
    return {
        "licence_items_total": now["impl_code"].nunique(),
        "licence_items_on_platform": platform["impl_code"].nunique(),
        "licence_main_items": now["parent_code"].fillna(now["impl_code"]).nunique(),
        "licence_basic_items": now["catalog_code"].nunique(),
        "departments_with_licence_items": now["dept_code"].nunique(),
        "licence_items_delegated": now.loc[delegated, "impl_code"].nunique(),
        "handling_items": len(platform),
        "items_immediate": (platform["case_type"] == "1").sum(),
        "items_within_a_day": (platform["promised"] <= 1).sum(),
        "items_visits": visits.sum(),
        "items_without_visit": ((visits == 0) | platform["full_depth"]).sum(),
        "items_with_one_visit": (visits <= 1).sum(),
        "items_online_full": platform["full_depth"].sum(),
        "items_online": (platform["some_depth"] | platform["online_available"].eq(True)).sum(),
        "weighted_visits": (known["accepted"] * known["site_visits"]).sum(),
        "weighted_by": known["accepted"].sum(),
        "catalogue_rows": len(now),
        "elements_complete": complete.sum(),
        "tolerant_licences": tolerant["impl_code"].nunique(),
        "tolerant_licences_used": tolerant.loc[tolerant["tolerated"], "impl_code"].nunique(),
    }


def limits(items: pd.DataFrame) -> list[Limit]:
    """Count the items on the platform that have a statutory limit by their limits."""
    now = licences(in_force(items, CUTOFF))
    limited = now[now["in_prov_system"] & (now["statutory_limit"] > 0) & ~now["no_statutory_limit"]]
    groups = limited.dropna(subset="promised_limit").groupby(LIMIT)["accepted"]
    return [
        Limit(*row) for row in groups.agg(["size", "sum"]).reset_index().itertuples(index=False)
    ]


def of_services(items: pd.DataFrame) -> dict[str, int]:
    """Count services on application, with what they save, and their packages."""
    now, before = (in_force(items, day) for day in (CUTOFF, YEAR_BEFORE))
    now, before = now[now["on_application"]], before[before["on_application"]]
    tolerant, tolerant_before = (rows[rows["tolerance_ok"]] for rows in (now, before))
    commitment = now[now["commitment_ok"]]
    packages = now.assign(package=now["package_codes"].str.split("^", regex=False))
    packages = packages.explode("package").dropna(subset="package")
    found = {
        "service_items_on_application": now["impl_code"].nunique(),
        "tolerant_items": tolerant["impl_code"].nunique(),
        "tolerant_departments": tolerant["dept_code"].nunique(),
        "tolerant_items_before": tolerant_before["impl_code"].nunique(),
        "tolerant_departments_before": tolerant_before["dept_code"].nunique(),
        "commitment_items": commitment["impl_code"].nunique(),
        "commitment_departments": commitment["dept_code"].nunique(),
        "one_thing_packages": packages["package"].nunique(),
        "package_items": packages["impl_code"].nunique(),
        "package_items_repeated": len(packages[["package", "impl_code"]].drop_duplicates()),
        "package_departments": packages["dept_code"].nunique(),
        "package_departments_repeated": len(packages[["package", "dept_code"]].drop_duplicates()),
    }
    for name, what in {"material": "materials", "step": "steps"}.items():
        known = now.dropna(subset=[f"{what}_n", f"{what}_n_base"])
        saved = known[f"{what}_n_base"] - known[f"{what}_n"]
        reduced = known.loc[saved > 0, "impl_code"]
        found |= {
            f"service_items_{name}_reduced": reduced.nunique(),
            f"{what}_saved": saved.sum(),
            f"{what}_before": known[f"{what}_n_base"].sum(),
        }
    return found
