"""The two foreign examples, on small sheets of the same shape."""

from datetime import datetime

import pytest

from analysis.problems.finding import Verdict
from analysis.tables.year import Year
from tests.problems.asked import ask, counts, number
from tests.sources.mapping.sheets import broken, column, mapped, sheet
from tests.tables.build import PLACE

LOG = """
case:channel|case:concept:name|case:deadline|case:department|case:enddate|case:responsible|case:startdate|concept:instance|concept:name|org:group|org:resource|time:timestamp
Internet|c1|2011-12-06 13:41:31.788000+01:00|General||r1|2011-10-11 13:42:22.688000+02:00|t1|Confirmation of receipt|Group 1|p1|2011-10-11 13:45:40+02:00
Internet|c1|2011-12-06 13:41:31.788000+01:00|General||r1|2011-10-11 13:42:22.688000+02:00|t3|T02 Check confirmation of receipt|EMPTY|p2|2011-11-24 15:37:16+01:00
Internet|c1|2011-12-06 13:41:31.788000+01:00|General||r1|2011-10-11 13:42:22.688000+02:00|t2|T03 Adjust confirmation of receipt|Group 1|p1|2011-11-24 15:36:51+01:00
e-mail|c2|2011-12-01 01:06:40+01:00|Experts|2011-11-17 07:53:06+01:00|r2|2011-10-06 01:06:40+02:00|t4|Confirmation of receipt|Group 1|p1|2011-10-18 15:53:19+02:00
"""


def test_an_event_log_becomes_events_cases_and_items(tmp_path):
    made = mapped("receipt", [sheet("log", LOG)], tmp_path)
    events, cases, items = made["events"], made["cases"], made["items"]
    assert (events.accounts, cases.accounts, items.accounts) == (True, False, False)
    assert column(events, "seq") == [1, 3, 2, 1]
    assert column(events, "activity") == ["receive", "review", "supp_notice", "receive"]
    assert column(events, "start_at")[0] == datetime(2011, 10, 11, 13, 45, 40)
    assert column(events, "dept_code") == ["Group 1", None, "Group 1", "Group 1"]
    assert column(cases, "case_id") == ["c1", "c2"]
    assert cases.rows.order_by("_row").to_pandas()[["_row", "_rows"]].values.tolist() == [
        [2, 3],
        [5, 1],
    ]
    assert column(cases, "submitted_at")[1] == datetime(2011, 10, 6, 1, 6, 40)
    assert column(cases, "accepted_at") == column(cases, "submitted_at")
    assert column(cases, "closed_at") == [None, datetime(2011, 11, 17, 7, 53, 6)]
    assert column(cases, "outcome") == [None, "other"]
    assert column(cases, "apply_channel") == ["pc", "other"]
    assert column(cases, "supp_rounds") == [1, 0]
    assert column(cases, "first_supp_notice_at")[0] == datetime(2011, 11, 24, 15, 36, 51)
    assert column(items, "item_code") == ["WABO"]
    assert "cases.outcome=approved" in cases.absent
    assert not any(map(broken, made.values()))


def test_case_attributes_that_contradict_each_other_are_told(tmp_path):
    log = LOG.replace("|r1|2011-10-11 13:42:22.688000+02:00|t2", "|r1|2011-10-12 00:00:00+02:00|t2")
    cases = mapped("receipt", [sheet("log", log)], tmp_path)["cases"]
    assert broken(cases) == {("contradiction", "submitted_at"): [2]}


def year_of(preset, sheets, number, tmp_path):
    """Make a year of what a preset makes of sheets, with the reasons for what it cannot carry."""
    made = mapped(preset, sheets, tmp_path)
    frames, absent = {}, {}
    for name, table in made.items():
        rows = table.rows.to_pandas()
        frames[name] = rows[[c for c in rows if not c.startswith("_")]]
        absent |= table.absent
    return Year.from_frames(PLACE, number, frames, absent=absent)


def test_a_log_tells_lateness_loops_and_load(tmp_path):
    """Three closed in the year, one a day late, one on the last day but later than noon; one open."""
    head, *rows = LOG.strip().splitlines()
    asked_twice = rows[2].replace("|t2|", "|t5|").replace("11-24 15:36:51", "11-25 09:00:00")
    late, last_day = (
        f"Desk|{case}|2011-03-10 12:00:00+01:00|General|{end}|r2|2011-01-13 08:00:00+01:00|{event}"
        "|Confirmation of receipt|Group 1|p1|2011-01-14 08:00:00+01:00"
        for case, end, event in (
            ("c3", "2011-03-11 09:00:00+01:00", "t6"),
            ("c4", "2011-03-10 17:00:00+01:00", "t7"),
        )
    )
    log = "\n".join([head, *rows, asked_twice, late, last_day])
    year = year_of("receipt", [sheet("log", log)], 2011, tmp_path)
    assert number(year, "late_recorded_statutory") == pytest.approx(100 / 3)
    assert number(year, "supplemented") == 25
    assert number(year, "supplemented_again") == 100
    assert counts(year, "cases_per_handler") == {"办结": 3, "经办人": 1, "截止日在办": 1}
    assert number(year, "cases_per_handler") == 3


REGISTER = """
keyval|reference|proposal|status|received_date|validated_date|decision_date|last_synced_api
K1|25/1/FUL|x|PER|2025/02/28|2025/03/03||2026-02-27 12:53:02.315053
K2|25/2/FUL|x|HREF|2025/02/28|2025/02/28||2026-02-27 12:53:02.315053
K3|25/3/LBC|x|INVNOD|2025/02/28|||2026-02-27 12:53:02.315053
K4|25/4/LBC|x|INV|2025/02/28|||2026-02-27 12:53:02.315053
K5|25/5/LBC|x|PCO|2025/02/28|2025/03/01||2026-02-27 12:53:02.315053
"""
HISTORY = """
id|keyval|old_status|new_status|change_date
1|K4|REC|INV|2026-02-12 01:56:35.656748
2|K1|PDE|PER|2026-02-12 01:56:35.675936
"""


def test_a_register_with_a_status_history(tmp_path):
    made = mapped("york", [sheet("register", REGISTER), sheet("history", HISTORY)], tmp_path)
    cases, events, items = made["cases"], made["events"], made["items"]
    assert column(cases, "outcome") == ["approved", "refused", None, None, None]
    assert column(cases, "accept_status") == [
        *("accepted", "accepted", "rejected", "supplement", "accepted")
    ]
    assert column(cases, "item_code") == ["FUL", "FUL", "LBC", "LBC", "LBC"]
    assert "closed_at" not in cases.rows.columns
    assert "首次看到" in cases.absent["cases.closed_at"]
    assert column(events, "activity") == ["supp_notice", "decide"]
    assert events.headings == ({}, events.headings[1])
    assert sorted(column(items, "item_code")) == ["FUL", "LBC"]
    assert not any(map(broken, made.values()))


def test_a_register_without_times_of_closing_tells_no_lateness_and_no_load(tmp_path):
    sheets = [sheet("register", REGISTER), sheet("history", HISTORY)]
    year = year_of("york", sheets, 2025, tmp_path)
    for question in (
        "late_recorded_statutory",
        "cases_per_handler",
        "days_off",
        "deadline_hugging",
    ):
        assert ask(year, question).verdict is Verdict.INSUFFICIENT
        assert ask(year, question).answer.reason.startswith("数据不足:缺少")
