"""What is counted in the catalogue: services and licence items, limits, packages."""

from datetime import date

import polars as pl
from facts import CUTOFF, DEPTHS_FULL, DEPTHS_ONLINE, FIRST, LICENCE, UNITS, YEAR_BEFORE
from of_catalogue import Limit

c = pl.col
LIMIT = ["statutory_limit", "statutory_unit", "promised_limit", "promised_unit"]


def prepared(items: pl.DataFrame, by_item: pl.DataFrame) -> pl.DataFrame:
    """Add limits in working days, what an item reaches online, when it was in force, and its cases."""
    per_unit = {unit: float(days) for unit, days in UNITS.items()}
    cases = by_item.select("item_code", "accepted", tolerated=c("tolerance") > 0)
    return (
        items.join(cases, on="item_code", how="left")
        .with_columns(
            c("accepted").fill_null(0),
            c("tolerated").fill_null(False),
            *(
                (c(f"{name}_limit") * c(f"{name}_unit").replace_strict(per_unit)).alias(name)
                for name in ("statutory", "promised")
            ),
            full_depth=any_of("online_depth", DEPTHS_FULL),
            some_depth=any_of("online_depth", DEPTHS_ONLINE),
            licence=c("item_type") == LICENCE,
            now=in_force(CUTOFF),
            before=in_force(YEAR_BEFORE),
        )
        .with_columns(
            licensed=c("licence") & c("now"),
            platform=c("licence") & c("now") & c("in_prov_system"),
            service=c("on_application") & c("now"),
            service_before=c("on_application") & c("before"),
        )
    )


def any_of(codes: str, wanted: tuple[str, ...]) -> pl.Expr:
    """Tell whether a set of codes holds any of those wanted."""
    return (c(codes).str.split("^").list.set_intersection(list(wanted)).list.len() > 0).fill_null(
        False
    )


def in_force(day: date) -> pl.Expr:
    """Tell whether a row is in force: in use on a day, or ended since, and the item's latest so."""
    since, until, version = c("valid_from"), c("valid_to"), c("item_version")
    dated = (since.is_null() | (since <= day)) & (until.is_null() | (until >= day))
    used = dated & ((c("item_status") == "1") | until.is_not_null())
    return used & (version == pl.when(used).then(version).max().over("item_code"))


def counts() -> list[pl.Expr]:
    """Return what is counted over all rows of the catalogue."""
    services = {
        "licence_items_total": c("licensed"),
        "licence_items_on_platform": c("platform"),
        "licence_items_previous_year": c("licence") & c("before"),
        "licence_items_delegated": c("licensed") & c("delegated_on").is_between(FIRST, CUTOFF),
        "tolerant_items_before": c("service_before") & c("tolerance_ok"),
        "tolerant_items": c("service") & c("tolerance_ok"),
        "tolerant_licences": c("service") & c("tolerance_ok") & c("licence"),
        "tolerant_licences_used": c("service") & c("tolerance_ok") & c("licence") & c("tolerated"),
        "commitment_items": c("service") & c("commitment_ok"),
        "service_items_on_application": c("service"),
        "service_items_material_reduced": c("service") & (c("materials_n") < c("materials_n_base")),
        "service_items_step_reduced": c("service") & (c("steps_n") < c("steps_n_base")),
    }
    departments = {
        "departments_with_licence_items": c("licensed"),
        "tolerant_departments_before": c("service_before") & c("tolerance_ok"),
        "tolerant_departments": c("service") & c("tolerance_ok"),
        "commitment_departments": c("service") & c("commitment_ok"),
    }
    main = pl.coalesce("parent_code", "impl_code")
    return [
        *(c("impl_code").filter(of).n_unique().alias(name) for name, of in services.items()),
        *(c("dept_code").filter(of).n_unique().alias(name) for name, of in departments.items()),
        main.filter(c("licensed")).n_unique().alias("licence_main_items"),
        c("catalog_code").filter("licensed").drop_nulls().n_unique().alias("licence_basic_items"),
        *rows(),
        *sums(),
    ]


def rows() -> list[pl.Expr]:
    """Return what is counted row by row."""
    visits = c("site_visits")
    named = (c("item_name") != "") & (c("dept_name") != "")
    limited = c("statutory_limit").is_not_null() | c("no_statutory_limit")
    known = c("steps_n").is_not_null() & c("materials_n").is_not_null()
    masks = {
        "handling_items": c("platform"),
        "items_immediate": c("platform") & (c("case_type") == "1"),
        "items_within_a_day": c("platform") & (c("promised") <= 1),
        "items_without_visit": c("platform") & ((visits == 0) | c("full_depth")),
        "items_with_one_visit": c("platform") & (visits <= 1),
        "items_online_full": c("platform") & c("full_depth"),
        "items_online": c("platform") & (c("some_depth") | c("online_available")),
        "catalogue_rows": c("licensed"),
        "elements_complete": c("licensed") & named & limited & known,
    }
    return [mask.sum().alias(name) for name, mask in masks.items()]


def sums() -> list[pl.Expr]:
    """Return what is added up."""
    found = {
        "items_visits": c("site_visits").filter("platform"),
        "weighted_visits": (c("accepted") * c("site_visits")).filter("platform"),
        "weighted_by": c("accepted").filter(c("platform") & c("site_visits").is_not_null()),
    }
    for what in ("materials", "steps"):
        before, after = c(f"{what}_n_base"), c(f"{what}_n")
        found[f"{what}_saved"] = (before - after).filter("service")
        found[f"{what}_before"] = before.filter(c("service") & after.is_not_null())
    return [values.sum().alias(name) for name, values in found.items()]


def limits(items: pl.DataFrame) -> list[Limit]:
    """Count the items on the platform that have a statutory limit by their limits."""
    limited = items.filter(
        c("platform"),
        c("statutory_limit") > 0,
        c("promised_limit").is_not_null(),
        ~c("no_statutory_limit").fill_null(False),
    )
    groups = limited.group_by(LIMIT).agg(pl.len(), c("accepted").sum())
    return [Limit(*row) for row in groups.rows()]


def packages(items: pl.DataFrame) -> pl.DataFrame:
    """Count packages with their services and departments."""
    parts = items.filter("service").with_columns(package=c("package_codes").str.split("^"))
    return (
        parts.explode("package")
        .drop_nulls("package")
        .select(
            one_thing_packages=c("package").n_unique(),
            package_items=c("impl_code").n_unique(),
            package_items_repeated=pl.struct("package", "impl_code").n_unique(),
            package_departments=c("dept_code").n_unique(),
            package_departments_repeated=pl.struct("package", "dept_code").n_unique(),
        )
    )
