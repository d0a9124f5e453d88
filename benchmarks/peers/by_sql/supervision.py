"""What is counted in inspections with the holders they reach, in ratings, and in staff."""

from facts import CUTOFF, END, FIRST, INSPECTIONS, PUBLISH, RECTIFY, ROLES, START, YEAR

OF_LICENCES = "not exists (select 1 from others where others.item_code = {0}.item_code)"
INSPECTED = f"""
    create temp table inspected as
    with seen as (
        select inspect_type, holder_key, inspected_on, inspectors_n, result, penalty,
            case when published_on <= '{CUTOFF}' then published_on end as published
        from inspections
        where inspected_on between '{FIRST}' and '{CUTOFF}' and {OF_LICENCES.format("inspections")})
    select seen.*, coalesce(p.end_no, last.end_no) - i.start_no <= {PUBLISH} as in_time
    from seen
    cross join (select end_no from calendar where date = '{CUTOFF}') last
    left join calendar i on i.date = inspected_on
    left join calendar p on p.date = published
"""
FOUND = "result in ('corrected', 'violation')"
# What is neither published nor due yet is in neither number.
IN_TIME = {"all": "true", "random": "inspect_type = 'random'"}
INSPECTIONS_MADE = f"""
    select count(*) as inspections,
        {", ".join(f"count(*) filter (inspect_type = '{kind}') as inspections_{kind}" for kind in INSPECTIONS)},
        sum(inspectors_n) as inspection_visits,
        count(*) filter ({FOUND}) as inspection_findings,
        count(*) filter (result = 'violation') as inspection_violations,
        count(*) filter (penalty) as inspection_penalties,
        count(*) filter (result <> 'gone') as inspections_contacted,
        count(*) filter (published is not null) as inspections_published,
        {", ".join(
            f"count(*) filter ({among} and published is not null and in_time) as published_in_time_{which}, "
            f"count(*) filter ({among} and (published is not null or not in_time)) as publication_due_{which}"
            for which, among in IN_TIME.items()
        )},
        count(distinct holder_key) as holders_inspected
    from inspected
"""  # fmt: skip
# What was completed in the year, and of that what was approved, by its holder.
COMPLETED = f"""
    accepted_at < '{END}' and closed_at >= '{START}' and closed_at < '{END}'
    and coalesce(outcome, '') <> 'deleted' and submitted_at < '{END}' and {OF_LICENCES.format("cases")}
"""
LICENSED = f"""
    create temp table licensed as
    select applicant_key as holder_key, bool_or(applicant_type = 'enterprise') as firm,
        min(decided_at)::date as since
    from cases
    where {COMPLETED} and outcome = 'approved' and applicant_key is not null
    group by applicant_key
"""
HOLDERS = """
    with checks as (
        select holder_key, min(inspected_on) filter (inspected_on >= since) as first_after
        from licensed join inspected using (holder_key) group by holder_key)
    select count(*) as holders_all, count(checks.holder_key) as holders_all_inspected,
        count(*) filter (firm) as holders_firms,
        count(checks.holder_key) filter (firm) as holders_firms_inspected,
        median(first_after - since) as permit_to_inspection_days
    from licensed left join checks using (holder_key)
"""
SEEN = f"case when {{0}} < '{END}' then {{0}} end"
RATINGS = f"""
    with rated as (
        select satisfaction, not coalesce(is_default, false) as active,
            {SEEN.format("order_created_at")} as ordered, {SEEN.format("rectified_at")} as rectified
        from evaluations
        where satisfaction is not null and evaluated_at >= '{START}' and evaluated_at < '{END}'
            and {OF_LICENCES.format("evaluations")}),
    timed as (
        select rated.*, coalesce(r.end_no, last.end_no) - o.start_no <= {RECTIFY} as in_time,
            satisfaction in ('4', '5') as bad, bad and ordered is not null as due
        from rated
        cross join (select end_no from calendar where date = '{CUTOFF}') last
        left join calendar o on o.date = ordered::date
        left join calendar r on r.date = rectified::date)
    select count(*) as ratings, count(*) filter (active) as ratings_active,
        count(*) filter (satisfaction <= '3') as satisfied,
        count(*) filter (active and satisfaction <= '3') as satisfied_active,
        count(*) filter (satisfaction <= '2') as well_satisfied,
        count(*) filter (active and satisfaction <= '2') as well_satisfied_active,
        count(*) filter (bad) as bad, count(*) filter (bad and active) as bad_active,
        count(*) filter (due) as bad_orders,
        count(*) filter (due and rectified is not null) as bad_fixed,
        count(*) filter (due and rectified is not null and in_time) as bad_fixed_in_time,
        count(*) filter (due and (rectified is not null or not in_time)) as bad_fix_due
    from timed
"""
RATED = f"""
    with rated as (
        select case_id, count(*) as k, bool_or(not coalesce(is_default, false)) as active
        from evaluations where evaluated_at < '{END}' group by case_id)
    select sum(k) as ratings_of_cases, count(*) as cases_rated,
        count(*) filter (active) as cases_rated_active
    from cases join rated using (case_id)
    where {COMPLETED}
"""
STAFF = f"""
    with latest as (
        from staff where period between '{YEAR}' and '{YEAR}-12'
        qualify period = max(period) over (partition by dept_code, role))
    select {", ".join(
        f"sum(headcount) filter (role = '{role}') as staff_{role}, "
        f"sum(round(100 * fte)) filter (role = '{role}') as staff_fte_{role}"
        for role in ROLES
    )}
    from latest
"""  # fmt: skip
