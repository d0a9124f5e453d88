"""Endings in SQL: time stamps, due dates, steps and waits, and minutes with many closings."""

import duckdb
import pandas as pd

STEPS = """
    create temp table steps as
    select case_id, count(*) filter (work and end_at is not null) as timed,
        count(*) filter (work and end_at = start_at) as zero,
        count(*) filter (activity = 'return') as back,
        count(*) filter (activity = 'supp_notice') as notices,
        count(*) filter (activity = 'supp_received') as answers,
        sum(case activity when 'supp_received' then epoch(start_at)
            when 'supp_notice' then -epoch(start_at) else 0 end) as waited
    from (select *, activity in ('handle', 'review', 'approve') as work from events)
    where activity in ('handle', 'review', 'approve', 'return', 'supp_notice', 'supp_received')
    group by case_id
"""
SEEN = """
    select *, closed_at >= getvariable('first_day') and closed_at < getvariable('after')
            and accepted_at < getvariable('after') and submitted_at < getvariable('after')
            and outcome is distinct from 'deleted' as done,
        accepted_at < getvariable('after') and coalesce(closed_at >= getvariable('after'), true)
            and coalesce(not_accepted_at >= getvariable('after'), true) as still
    from cases where item_code not in (from others)
"""
ENDINGS = f"""
    with seen as ({SEEN}), joined as (
        select seen.*, steps.* exclude (case_id), epoch(closed_at) - epoch(received_at) as took,
            done and notices > 0 and notices = answers and waited between 0 and took as waits
        from seen left join steps using (case_id)
    )
    select coalesce(dept_code, '') as dept_code, coalesce(case_type, '') as case_type,
        case when done then closed_at::date end as closed_on,
        count(*) filter (done) as n,
        count(*) filter (done and (accepted_at = accepted_at::date or closed_at = closed_at::date))
            as midnight,
        count(*) filter (done and closed_at = closed_at::date) as dated,
        count(*) filter (done and date_trunc('minute', accepted_at) = date_trunc('minute', closed_at)
            and closed_at <> closed_at::date) as at_once,
        count(*) filter (done and closed_at < accepted_at
            and not (accepted_at::date = closed_at::date and closed_at = closed_at::date)) as reversed,
        count(*) filter (done and data_version > 1) as pushed,
        {
    ", ".join(
        f'''
        count(*) filter (done and {due}_due_at is not null) as {due}_closed,
        count(*) filter (done and closed_at::date > {due}_due_at::date) as {due}_late,
        count(*) filter (still and {due}_due_at is not null) as {due}_still,
        count(*) filter (still and {due}_due_at::date < getvariable('after') - interval 1 day)
            as {due}_overdue'''
        for due in ("statutory", "promised")
    )
},
        coalesce(sum(timed) filter (done), 0)::bigint as timed,
        coalesce(sum(zero) filter (done), 0)::bigint as zero,
        count(*) filter (done and case_type is distinct from '1' and back > 0) as returned,
        count(*) filter (done and back > 0) as any_return,
        count(*) filter (waits) as waiting,
        coalesce(sum(waited) filter (waits), 0)::bigint as waited,
        coalesce(sum(took) filter (waits), 0)::bigint as taken
    from joined where done or still group by all
"""
MINUTES = f"""
    create temp table minutes as
    select coalesce(dept_code, '') as dept_code, date_trunc('minute', closed_at) as minute,
        count(*) as n, count(*) filter (
            date_trunc('minute', accepted_at) = date_trunc('minute', closed_at)) as same
    from ({SEEN}) where done and closed_at <> closed_at::date group by all
"""
MANY = """
    with hours as (
        select dept_code, date_trunc('hour', minute) as hour, sum(same) as same, sum(n - same) as earlier
        from minutes group by all
    )
    select m.dept_code, minute, m.same, n - m.same as earlier,
        max(h.same)::bigint as same_hour, max(h.earlier)::bigint as earlier_hour
    from minutes as m join hours as h on m.dept_code = h.dept_code
        and h.hour between date_trunc('hour', minute) - interval 1 hour
        and date_trunc('hour', minute) + interval 1 hour
    where n >= 10 group by all
"""


def counted(con: duckdb.DuckDBPyConnection) -> dict[str, pd.DataFrame]:
    """Count the endings of the year."""
    con.sql(STEPS)
    con.sql(MINUTES)
    return {"endings": con.sql(ENDINGS).df(), "minutes": con.sql(MANY).df()}
