"""What is counted in cases: one statement by item, and one for the days of commitment cases."""

from facts import (
    CLOCKS,
    CUTOFF,
    DELIVER,
    END,
    EXTENDED,
    EXTENDED_JOINTLY,
    JOINT,
    NOTIFY,
    ONLINE,
    START,
)

TIMES = {
    "submitted": "submitted_at",
    "received": "received_at",
    "noticed": "first_supp_notice_at",
    "accepted": "accepted_at",
    "refused": "not_accepted_at",
    "decided": "decided_at",
    "closed": "closed_at",
    "delivered": "delivered_at",
}
# What happened after the cut-off had not happened yet.
SEEN = f"""
    select *, {", ".join(f"case when {at} < '{END}' then {at} end as {name}" for name, at in TIMES.items())},
        coalesce(extended_days, 0) as extended, coalesce(stopped_days_art45, 0) as strict,
        strict + coalesce(stopped_days_other, 0) as loose,
        case when closed is not null then coalesce(outcome, '') else '' end as ending,
        submitted >= '{START}' as submitted_in,
        coalesce(accepted >= '{START}', false) as accepted_in,
        coalesce(refused >= '{START}', false) as refused_in,
        coalesce(closed >= '{START}', false) as closed_in,
        not (submitted_in or coalesce(least(accepted, refused, closed) < '{START}', false)) as pending_start,
        coalesce(accepted < '{START}' and not coalesce(closed < '{START}', false), false) as open_start,
        accepted is null and refused is null and closed is null as pending_end,
        accepted is not null and closed is null as open_end,
        closed_in and accepted is not null and ending <> 'deleted' as completed,
        (closed_in and accepted is not null) or open_end as counted
    from cases
    where submitted_at < '{END}' and not exists (
        select 1 from others where others.item_code = cases.item_code)
"""
NUMBERED = f"""
    select seen.*, coalesce(e.end_no, last.end_no) as ended_no,
        greatest(ended_no - a.start_no, 0) as days,
        greatest(n.end_no - r.start_no, 0) as to_notice,
        case when delivered is null then last.end_no else v.end_no end - d.start_no as to_delivery,
        refused is null and r.start_no is not null and least(coalesce(n.end_no, last.end_no),
            coalesce(a.end_no, last.end_no)) - r.start_no > {NOTIFY} as deemed,
        statutory_days + least(extended, case when statutory_days = {JOINT}
            then {EXTENDED_JOINTLY} else {EXTENDED} end) as allowed,
        case when counted then floor(allowed + strict) - days end as statutory,
        case when counted then floor(allowed + loose) - days end as statutory_loose,
        case when counted or (pending_end and deemed) then floor(allowed + strict)
            - greatest(ended_no - case when deemed then r.start_no else a.start_no end, 0)
            end as statutory_deemed,
        case when counted then floor(allowed + strict) - greatest(ended_no - a.start_no + 1, 0)
            end as statutory_first_day,
        case when counted then floor(promised_days + extended + loose) - days end as promised
    from seen
    cross join (select end_no from calendar where date = '{CUTOFF}') last
    left join calendar a on a.date = accepted::date
    left join calendar e on e.date = closed::date
    left join calendar r on r.date = received::date
    left join calendar n on n.date = noticed::date
    left join calendar d on d.date = decided::date
    left join calendar v on v.date = delivered::date
    where submitted_in or accepted_in or refused_in or closed_in
        or pending_start or open_start or pending_end or open_end
"""
BY_NET = f"apply_channel in {ONLINE}"
WHERE = {
    "applications": "submitted_in",
    "accepted": "accepted_in",
    "not_accepted": "refused_in",
    "completed": "completed",
    "approved": "completed and ending = 'approved'",
    "disapproved": "completed and ending = 'refused'",
    "ended_before": "closed_in and accepted is null and refused is null",
    "deleted": "closed_in and accepted is not null and ending = 'deleted'",
    "pending_at_start": "pending_start",
    "pending_at_end": "pending_end",
    "open_at_start": "open_start",
    "open_at_end": "open_end",
    "cohort_closed": "accepted_in and completed",
    "accepted_immediate": "accepted_in and case_type = '1'",
    "accepted_commitment": "accepted_in and case_type = '2'",
    "accepted_online": f"accepted_in and {BY_NET}",
    "completed_online": f"completed and {BY_NET}",
    "same_day": "completed and closed::date = submitted::date",
    "promised_early_commitment": "completed and promised > 0 and case_type = '2'",
    "noticed": f"noticed >= '{START}' and received is not null",
    "noticed_late": f"noticed >= '{START}' and to_notice > {NOTIFY}",
    "delivery_due": f"completed and ending = 'approved' and decided is not null "
    f"and (delivered is not null or to_delivery > {DELIVER})",
    "delivery_late": f"completed and ending = 'approved' and to_delivery > {DELIVER}",
    "supp_known": "accepted_in and supp_rounds is not null",
    "one_pass": "accepted_in and supp_rounds = 0",
    "visits_known": "completed and site_visits_actual is not null",
    "tolerance": "accepted_in and tolerance_used",
    "tolerance_completed": "completed and tolerance_used",
    "tolerance_lapsed": "completed and tolerance_used and ending = 'supp_lapsed'",
    "promise": "accepted_in and commitment_used",
    "in_package": "accepted_in and package_code is not null",
    "online_full": "accepted_in and online_full",
}
for clock in CLOCKS:
    WHERE |= {
        f"{clock}_early": f"completed and {clock} > 0",
        f"{clock}_last": f"completed and {clock} = 0",
        f"{clock}_late": f"completed and {clock} < 0",
        f"{clock}_open_late": f"{'pending_end or ' if 'deemed' in clock else ''}open_end",
    }
    WHERE[f"{clock}_open_late"] = f"({WHERE[f'{clock}_open_late']}) and {clock} < 0"
SUMS = {
    "visits": "sum(site_visits_actual) filter (completed)",
    **{
        name: f"sum({value}) filter (completed and {limit}_days is not null)"
        for limit in ("statutory", "promised")
        for name, value in {
            f"{limit}_limit": f"floor({limit}_days)::bigint",
            f"{limit}_taken": "days",
        }.items()
    },
}
BY_ITEM = f"""
    create temp table by_item as
    with seen as ({SEEN}), numbered as ({NUMBERED})
    select item_code,
        {", ".join(f"count(*) filter ({where}) as {name}" for name, where in WHERE.items())},
        {", ".join(f"{sums} as {name}" for name, sums in SUMS.items())}
    from numbered group by item_code
"""
TOTALS = f"select {', '.join(f'coalesce(sum({name}), 0)::bigint as {name}' for name in (*WHERE, *SUMS))} from by_item"
DAYS = f"""
    with seen as ({SEEN} and case_type = '2'), numbered as ({NUMBERED})
    select completed, accepted_in, open_end, days,
        greatest(days - floor(loose), 0)::bigint as running, count(*)
    from numbered where completed or (accepted_in and open_end) group by all
"""
