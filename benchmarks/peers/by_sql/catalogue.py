"""What is counted in the catalogue: services and licence items, limits, packages."""

from facts import (
    CUTOFF,
    DEPTHS_FULL,
    DEPTHS_ONLINE,
    FIRST,
    LICENCE,
    UNITS,
    YEAR_BEFORE,
)

DATED = "coalesce(valid_from <= '{0}', true) and coalesce(valid_to >= '{0}', true)"
PER_UNIT = "case {} " + " ".join(f"when '{u}' then {float(d)!r}" for u, d in UNITS.items()) + " end"
REACHES = "list_has_any(string_split(online_depth, '^'), {})"
LATEST = "max(item_version) filter ({0}) over (partition by item_code)"
# Of the versions of an item that dates leave in force the latest is; its cases are those of all versions.
IN_FORCE = f"""
    create temp table catalogue as
    with dated as (
        select items.*, item_type = '{LICENCE}' as licence,
            item_status = '1' or valid_to is not null as used,
            used and {DATED.format(CUTOFF)} as by_now, used and {DATED.format(YEAR_BEFORE)} as by_then
        from items)
    select dated.*,
        by_now and item_version = {LATEST.format("by_now")} as now,
        by_then and item_version = {LATEST.format("by_then")} as before,
        licence and now as licensed, licensed and coalesce(in_prov_system, false) as platform,
        on_application and now as service, on_application and before as service_before,
        statutory_limit * {PER_UNIT.format("statutory_unit")} as statutory,
        promised_limit * {PER_UNIT.format("promised_unit")} as promised,
        coalesce({REACHES.format(list(DEPTHS_FULL))}, false) as full_depth,
        coalesce({REACHES.format(list(DEPTHS_ONLINE))}, false) as some_depth,
        coalesce(accepted, 0) as accepted, coalesce(tolerance, 0) as tolerated
    from dated left join (select item_code, accepted, tolerance from by_item) using (item_code)
"""
UNITS_COUNTED = {
    "impl_code": {
        "licence_items_total": "licensed",
        "licence_items_on_platform": "platform",
        "licence_items_previous_year": "licence and before",
        "licence_items_delegated": f"licensed and delegated_on between '{FIRST}' and '{CUTOFF}'",
        "tolerant_items_before": "service_before and tolerance_ok",
        "tolerant_items": "service and tolerance_ok",
        "tolerant_licences": "service and tolerance_ok and licence",
        "tolerant_licences_used": "service and tolerance_ok and licence and tolerated > 0",
        "commitment_items": "service and commitment_ok",
        "service_items_on_application": "service",
        "service_items_material_reduced": "service and materials_n < materials_n_base",
        "service_items_step_reduced": "service and steps_n < steps_n_base",
    },
    "coalesce(parent_code, impl_code)": {"licence_main_items": "licensed"},
    "catalog_code": {"licence_basic_items": "licensed"},
    "dept_code": {
        "departments_with_licence_items": "licensed",
        "tolerant_departments_before": "service_before and tolerance_ok",
        "tolerant_departments": "service and tolerance_ok",
        "commitment_departments": "service and commitment_ok",
    },
}
ROWS = {
    "handling_items": "platform",
    "items_immediate": "platform and case_type = '1'",
    "items_within_a_day": "platform and promised <= 1",
    "items_without_visit": "platform and (site_visits = 0 or full_depth)",
    "items_with_one_visit": "platform and site_visits <= 1",
    "items_online_full": "platform and full_depth",
    "items_online": "platform and (some_depth or online_available)",
    "catalogue_rows": "licensed",
    "elements_complete": "licensed and item_name <> '' and dept_name <> '' and steps_n is not null and "
    "materials_n is not null and (statutory_limit is not null or no_statutory_limit)",
}
SUMS = {
    "items_visits": ("site_visits", "platform"),
    "weighted_visits": ("accepted * site_visits", "platform"),
    "weighted_by": ("accepted", "platform and site_visits is not null"),
    "materials_saved": ("materials_n_base - materials_n", "service"),
    "materials_before": ("materials_n_base", "service and materials_n is not null"),
    "steps_saved": ("steps_n_base - steps_n", "service"),
    "steps_before": ("steps_n_base", "service and steps_n is not null"),
}
ITEMS = f"""
    select {", ".join(
        f"count(distinct {unit}) filter ({where}) as {name}"
        for unit, among in UNITS_COUNTED.items() for name, where in among.items()
    )},
        {", ".join(f"count(*) filter ({where}) as {name}" for name, where in ROWS.items())},
        {", ".join(f"coalesce(sum({what}) filter ({where}), 0) as {name}" for name, (what, where) in SUMS.items())},
        (select coalesce(sum(applications), 0) from by_item where not exists (
            select 1 from items where items.item_code = by_item.item_code)) as uncatalogued
    from catalogue
"""  # fmt: skip
LIMITS = """
    select statutory_limit, statutory_unit, promised_limit, promised_unit, count(*), sum(accepted)::bigint
    from catalogue
    where platform and statutory_limit > 0 and promised_limit is not null
        and not coalesce(no_statutory_limit, false)
    group by all
"""
PACKAGES = """
    with parts as (
        select unnest(string_split(package_codes, '^')) as package, impl_code, dept_code
        from catalogue where service and package_codes <> '')
    select count(distinct package) as one_thing_packages,
        count(distinct impl_code) as package_items,
        count(distinct (package, impl_code)) as package_items_repeated,
        count(distinct dept_code) as package_departments,
        count(distinct (package, dept_code)) as package_departments_repeated
    from parts
"""
