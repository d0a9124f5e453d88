"""What is counted of the catalogue's rules, and of what changed since the year before."""

from facts import MAIL, RULES

CHANGES = """
    with services as (
        select impl_code, bool_or(now) as now, bool_or(before) as before
        from catalogue where licence group by impl_code),
    there as (
        select item_code,
            any_value(promised) filter (before) as promised_before,
            any_value(promised) filter (now) as promised,
            any_value(case_type) filter (before) as type_before,
            any_value(case_type) filter (now) as type
        from catalogue where licence group by item_code)
    select (select count(*) filter (now and not before) from services) as licence_items_added,
        (select count(*) filter (before and not now) from services) as licence_items_removed,
        count(*) filter (promised < promised_before) as promises_shortened,
        count(*) filter (type = '1' and type_before <> '1') as items_made_immediate
    from there
"""
# To whom a rule applies, and what keeps it; where either is not known, neither is counted.
RULE = {
    "immediate_is_zero": ("true", "(promised_limit = 0) = (case_type = '1')"),
    "promise_is_commitment": ("promised_limit > 0", "case_type = '2'"),
    "promise_within_statutory": ("true", "promised <= statutory"),
    "visit_has_reason": ("site_visits > 0", "coalesce(site_visit_reason, '') <> ''"),
    "no_visit_has_mail": ("site_visits = 0 and not online_available", f"list_contains(string_split(channels, '^'), '{MAIL}')"),
    "online_has_no_visit": ("full_depth", "site_visits = 0"),
    "dates_in_order": ("true", "valid_from <= valid_to"),
    "shares_parents_code": ("true", "catalog_code[:-4] = parents[:-4]"),  # all but the last three
}  # fmt: skip
AMONG = {"dates_in_order": "licence"}


def _rule(rule: str) -> str:
    applies, kept = RULE[rule]
    among = f"{AMONG.get(rule, 'licensed')} and ({applies})"
    return f"""count(*) filter ({among} and ({kept}) is not null) as {rule}_applies,
        count(*) filter ({among} and not ({kept})) as {rule}_broken"""


RULES_KEPT = f"""
    with parent as (
        select impl_code as parent_code, any_value(catalog_code) as parents
        from catalogue where now group by impl_code)
    select {", ".join(map(_rule, RULES))}
    from catalogue left join parent using (parent_code)
"""
