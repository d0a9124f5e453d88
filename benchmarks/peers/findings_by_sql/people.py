"""Handlers, ratings, and the courses of commitment cases in SQL."""

import duckdb
import pandas as pd

from analysis.tables.calendar import china

from .endings import SEEN

HANDLED = f"""
    select coalesce(dept_code, '') as dept_code, handler_key,
        count(*) filter (case_type is distinct from '1') as n,
        count(*) filter (case_type = '1') as immediate
    from ({SEEN}) where done and handler_key is not null group by all having n > 0
"""
IN_YEAR = """evaluated_at >= getvariable('first_day') and evaluated_at < getvariable('after')
    and item_code not in (from others)"""
BATCHES = f"""
    with seconds as (
        select coalesce(dept_code, '') as dept_code, date_trunc('second', evaluated_at) as second,
            count(*) as n
        from evaluations where {IN_YEAR} and not coalesce(is_default, false) group by all
    )
    select dept_code, sum(n)::bigint as own,
        coalesce(sum(n) filter (n >= 5), 0)::bigint as batched,
        count(*) filter (n >= 5) as batches, max(n) as largest
    from seconds group by all
"""
TAGS = f"""
    select tags, count(*) as n from evaluations
    where {IN_YEAR} and satisfaction in ('4', '5') and tags <> '' group by all
"""
STOPS = (
    "coalesce(extended_days, 0) + coalesce(stopped_days_art45, 0) + coalesce(stopped_days_other, 0)"
)
COURSES = f"""
    with seen as (
        select *, case when closed_at < getvariable('after') then closed_at end as closed
        from cases where case_type = '2' and outcome is distinct from 'deleted'
            and accepted_at < getvariable('after') and item_code not in (from others)
    )
    select dept_code, item_code,
        case when accepted_at >= getvariable('first_day') then month(accepted_at) else 0 end
            as accepted_month,
        case when year(accepted_at) = year(getvariable('first_day')) - 1 then month(accepted_at)
            else 0 end as accepted_before,
        case when closed >= getvariable('first_day') then month(closed) else 0 end as closed_month,
        floor(statutory_days) as statutory, floor(promised_days) as promised,
        floor(promised_days + {STOPS}) as allowed, greatest(ended.end_no - began.start_no, 0) as days,
        count(*) as n, count(*) filter (supp_rounds > 0) as supplemented
    from seen left join numbers as began on began.date = accepted_at::date
        left join numbers as ended on ended.date = closed::date
    where closed is null or closed >= getvariable('first_day')
        or accepted_at >= getvariable('first_day')
    group by all
"""


def courses(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Count the courses of commitment cases."""
    frame = china().frame()
    con.register("calendar", frame)
    con.sql(
        "create temp table numbers as select date::date as date, start_no, end_no from calendar"
    )
    found = con.sql(COURSES).df()
    return found.assign(days=found["days"].where(found["closed_month"] > 0))
