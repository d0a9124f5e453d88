"""Applications in SQL: by day, in pairs, again, and together with others."""

import duckdb
import pandas as pd

from ..findings_by_pandas.bundles import exposed

IN_YEAR = """submitted_at >= getvariable('first_day') and submitted_at < getvariable('after')
    and applicant_key is not null and item_code not in (from others)"""
CODE = "coalesce(catalog_code, item_code)"
FAILED = """coalesce(
    case when not_accepted_at < getvariable('after') then not_accepted_at end,
    case when outcome in ('refused', 'withdrawn', 'supp_lapsed', 'terminated')
        and closed_at < getvariable('after') then closed_at end
)"""
DAILY = f"""
    create temp table daily as
    select {CODE} as code, source_system as system, submitted_at::date as day, count(*) as n,
        count(*) filter (applicant_type = 'person') as persons,
        count(*) filter (entry_mode = 'staff_rekey') as rekeyed
    from cases where {IN_YEAR} group by all
"""
USUAL = """
    create temp table usual as select code, arg_max(system, n) as system
    from (select code, system, sum(n) as n from daily group by all) group by code
"""
REASONS = f"""
    create temp table reasons as select distinct applicant_key, {CODE} as code
    from cases left join usual on {CODE} = usual.code
    where {IN_YEAR} and (source_system <> usual.system or {FAILED} is not null)
"""
# First by applicant alone, which most rows fail; then by applicant and code.
FEW = f"""
    create temp table few as
    select case_id, applicant_key, item_code, {CODE} as code, source_system as system,
        submitted_at as filed_at, submitted_at::date as day, project_code as project,
        original_case_id is not null as again, {FAILED} as failed_at,
        coalesce(entry_mode = 'staff_rekey', false) as rekeyed,
        coalesce(hour(loaded_at) < 6, false) as batch
    from (from cases where applicant_key in (select applicant_key from reasons)) as own
    where {IN_YEAR}
        and exists (from reasons r where r.applicant_key = own.applicant_key and r.code = {CODE})
"""
PAIRS = """
    with codes as (
        select code, count(distinct system) > 1 as two,
            sum(n) >= 1000 and sum(persons) * 2 >= sum(n) as often
        from daily group by code
    ), several as (
        select applicant_key, code, count(*) as times from few where system is not null
        group by all having min(system) <> max(system)
    ), kept as (
        select few.*, often or times > 12 as routine
        from few join several using (applicant_key, code) join codes using (code)
        where two and system is not null
    )
    select later.code, later.item_code, first.system as from_system, later.system as to_system,
        later.day - first.day as lag, later.rekeyed, later.batch
    from kept as first join kept as later using (applicant_key, code)
    where first.system <> later.system and (first.filed_at, first.case_id) < (later.filed_at, later.case_id)
        and not later.again and coalesce(first.failed_at > later.filed_at, true)
        and coalesce(first.project = later.project, true)
        and (not later.routine or coalesce(first.project = later.project, false))
        and later.day - first.day <= 90
"""
AGAIN = f"""
    with again as (
        select case_id, {CODE} as code from cases where original_case_id is not null and {IN_YEAR}
        union
        select later.case_id, later.code from few as first join few as later using (applicant_key, code)
        where later.system is not distinct from first.system and first.case_id <> later.case_id
            and later.filed_at >= first.failed_at
            and later.filed_at < first.failed_at + interval 30 days
    )
    select code, count(*) as n from again group by code
"""
ITEMS = f"""
    create temp table numbered as select item_code, (row_number() over ())::smallint as item
    from (select distinct item_code from cases where {IN_YEAR})
"""
SEVERAL = f"""
    create temp table several as select applicant_key, (row_number() over ())::int as applicant
    from (select applicant_key from cases where {IN_YEAR} group by 1 having count(*) between 2 and 50)
"""
ONCE = f"""
    create temp table once as select distinct applicant, item, submitted_at::date as day
    from cases left join numbered using (item_code) join several using (applicant_key)
    where {IN_YEAR}
"""
TOGETHER = """
    create temp table pairs as
    select first.item as item, other.item as beside,
        count(*) filter (abs(first.day - other.day) <= 7) as near,
        count(*) filter (abs(first.day - other.day) between 31 and 90) as far,
        count(distinct first.applicant) filter (abs(first.day - other.day) <= 7) as applicants
    from once as first join once as other on first.applicant = other.applicant and first.item < other.item
    where abs(first.day - other.day) <= 7 or abs(first.day - other.day) between 31 and 90
    group by all having near + far >= 20
"""
NAMED = """
    select least(a.item_code, b.item_code) as item_code,
        greatest(a.item_code, b.item_code) as item_code_other, near, applicants, far
    from pairs join numbered as a using (item) join numbered as b on beside = b.item
"""
A_DAY = "select item_code, day, count(*) as n from once join numbered using (item) group by all"


def counted(con: duckdb.DuckDBPyConnection) -> dict[str, pd.DataFrame]:
    """Count the applications of the year."""
    for statement in (DAILY, USUAL, REASONS, FEW, ITEMS, SEVERAL, ONCE, TOGETHER):
        con.sql(statement)
    both = exposed(con.sql(NAMED).df(), con.sql(A_DAY).df())
    return {
        "daily": con.sql("from daily").df(),
        "pairs": con.sql(PAIRS).df(),
        "resubmitted": con.sql(AGAIN).df(),
        "together": both.rename(columns={"item_code_other": "other_code"}),
    }
