"""The squeeze against plain loops, sums by hand, closed forms and statsmodels."""

from datetime import date, timedelta

import chinese_calendar
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.problems.courses import closed, courses
from analysis.problems.finding import Verdict
from analysis.problems.findings import answered
from analysis.problems.grounds import Grounds
from analysis.problems.squeeze.compression import quintiles
from analysis.problems.squeeze.months import by_month, marked
from analysis.problems.squeeze.stock import highest_of
from analysis.statistics.facts import Facts
from analysis.statistics.kept import kept_facts
from analysis.tables.calendar import china
from analysis.tables.clocks import PROMISED
from analysis.tables.year import Year
from tests.engines.years import SHORT
from tests.problems.asked import ask, year_of
from tests.tables.build import PLACE, accepted, frames, heads, item, year
from tests.tables.build import closed as closed_case

START = date(2022, 1, 1)


@st.composite
def commitments(draw):
    rows = []
    for _ in range(draw(st.integers(1, 12))):
        on = START + timedelta(days=draw(st.integers(-40, 360)))
        days = draw(st.integers(0, 60) | st.none())
        values = {
            "promised_days": draw(st.sampled_from([1.0, 5.0, 10.0, None])),
            "extended_days": draw(st.sampled_from([None, 3.0])),
            "stopped_days_other": draw(st.sampled_from([None, 2.0])),
            "case_type": draw(st.sampled_from(["1", "2", "2"])),
            "dept_code": draw(st.sampled_from(["D1", "D2"])),
            "supp_rounds": draw(st.integers(0, 2)),
        }
        if days is None:
            rows.append(accepted(str(on), str(on), **values))
        else:
            rows.append(closed_case(str(on), str(on), str(on + timedelta(days=days)), **values))
    return rows


def working(start, end):
    """Working days from one day to another, the first not counted."""
    begins = start
    while not chinese_calendar.is_workday(begins):
        begins += timedelta(days=1)
    days = [begins + timedelta(days=n) for n in range(1, (end - begins).days + 1)]
    return sum(chinese_calendar.is_workday(day) for day in days)


@given(rows=commitments())
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_margins_and_stocks_are_those_of_the_definition(rows):
    whole = year(rows, [item()], place=SHORT)
    of = Grounds(Facts(whole, pd.DataFrame(), whole.items))  # no tally is looked at
    margins, stock, hugging = [], 0, 0
    for row in rows:
        if row["case_type"] != "2":
            continue
        on, end = row["accepted_at"].date(), row["closed_at"]
        ended = end.date() if end is not None and end.date() <= date(2022, 12, 31) else None
        if on > date(2022, 12, 31):
            continue
        stock += ended is None or ended > date(2022, 6, 30)
        stock -= on > date(2022, 6, 30)
        if ended is None or ended.year != 2022 or row["promised_days"] is None:
            continue
        extra = sum(row[name] or 0 for name in ("extended_days", "stopped_days_other"))
        allowed = row["promised_days"] + extra
        margin = allowed - working(on, ended)
        margins.append(margin)
        hugging += 0 <= margin <= max(0, 0.1 * allowed) and row["promised_days"] >= 2
    found = marked(closed(courses(of)))
    assert sorted(found["margin"].repeat(found["n"])) == sorted(margins)
    assert found.loc[found["hugging"], "n"].sum() == hugging
    months = by_month(of)
    assert months.loc[months["month"] == 6, "open"].sum() == stock


def test_quintiles_weigh_cases_and_keep_equal_compressions_together():
    done = pd.DataFrame(
        {
            "statutory": [10.0, 10.0, 20.0, 20.0, 20.0],
            "promised": [10.0, 8.0, 8.0, 4.0, 2.0],
            "days": [5.0, 4.0, 3.0, 2.0, 1.0],
            "n": [20, 20, 20, 20, 20],
            "hugging": [False, False, True, False, False],
            "late": [False, False, False, False, True],
            "evenly": [0.2, 0.2, 0.25, 0.5, 0.5],
        }
    )
    table = quintiles(done)
    assert table["fifth"].tolist() == [1, 2, 3, 4, 5]
    assert table["compression"].tolist() == pytest.approx([0.0, 0.2, 0.6, 0.8, 0.9])
    assert table["in_time"].tolist() == [20, 20, 20, 20, 0]
    assert table["hugging"].tolist()[:4] == [0, 0, 100, 0]  # of nothing in time there is no share
    assert table["evenly"].tolist()[:4] == [20, 20, 25, 50]
    assert table["late"].tolist() == [0, 0, 0, 0, 100]
    heavy = quintiles(done.assign(n=[1, 1, 1, 1, 96]))
    assert heavy["n"].sum() == 100
    assert heavy["fifth"].max() == 3  # the middle of the heavy one decides where it stands


def test_a_handler_counts_once_and_immediate_cases_not():
    """a closes three, in two departments; b one and two immediate ones; c only an immediate case; one
    has no handler."""
    on = "2022-03-01"
    whose = [("a", "D1", "2"), ("a", "D1", "9"), ("a", "D2", "2"), ("b", "D1", "2")]
    whose += [("b", "D1", "1"), ("b", "D1", "1"), ("c", "D1", "1"), (None, "D1", "2")]
    rows = [
        closed_case(on, on, "2022-03-04", handler_key=who, dept_code=at, case_type=kind)
        for who, at, kind in whose
    ]
    rows += [accepted(on, on, case_type=kind, handler_key="a") for kind in ("1", "2", "2")]
    found = ask(year(rows, [item()], place=SHORT), "cases_per_handler").answer
    assert found.number == 2
    assert dict(found.counts) == {"办结": 4, "经办人": 2, "截止日在办": 2}
    assert "还办结即办件 2 件,人均 1 件" in found.comparison[0]
    assert sorted(found.evidence.iloc[:, 1:].values.tolist()) == [[1, 1, 1.0, 0], [2, 3, 1.5, 2]]


WORKING = [
    on for on in (START + timedelta(days=n) for n in range(330)) if chinese_calendar.is_workday(on)
]


def after(n, days, **values):
    """One case accepted on the n-th working day and closed some working days later."""
    on = WORKING[n % len(WORKING)]
    return closed_case(f"{on} 09:00", f"{on} 09:00", f"{china().due(on, days)} 15:00", **values)


def evenly(promise, each):
    """Cases of which as many are closed on each day that the promise allows."""
    limits = {"promised_days": float(promise), "statutory_days": 20.0}
    return [after(n, day, **limits) for day in range(1, promise + 1) for n in range(each)]


@pytest.mark.parametrize(("promise", "share"), [(2, 50), (3, 100 / 3), (5, 20), (10, 20), (20, 15)])
def test_time_used_evenly_is_no_hugging(promise, share):
    """The last day of five is a fifth of them; of twenty the last three lie in the last tenth."""
    found = ask(year_of(evenly(promise, each=20)), "deadline_hugging")
    assert found.answer.number == pytest.approx(0, abs=1e-9)
    assert f"应占 {share:.1f}%" in found.answer.comparison[0]
    assert found.verdict is Verdict.NONE


def test_hugging_is_told_beyond_time_used_evenly_and_of_those_in_time():
    """Of 40 in time 30 on the fifth day of five: 75 % against 20 %. Ten late ones are another matter."""
    rows = [after(n, 5) for n in range(30)] + [after(n, 1) for n in range(10)]
    found = ask(year_of([*rows, *(after(n, 7) for n in range(10))]), "deadline_hugging")
    assert found.answer.number == pytest.approx(55)
    assert dict(found.answer.counts)["压线办结"] == 30
    assert found.verdict is Verdict.EVIDENT
    few = ask(year_of([after(1, 5)]), "deadline_hugging")
    assert few.verdict is Verdict.INSUFFICIENT
    assert "只有 1" in few.answer.reason


def test_shorter_promises_alone_make_no_hugging():
    """2 of 20 days against 18 of 20, the time used evenly in both: the last day is half of two."""
    found = ask(year_of(evenly(2, each=90) + evenly(18, each=10)), "compression_hugging")
    assert found.answer.number == pytest.approx(0, abs=1e-9)
    assert found.verdict is Verdict.NONE
    last = [after(n, 2, promised_days=2.0) for n in range(180)]
    found = ask(year_of(last + evenly(18, each=10)), "compression_hugging")
    assert found.answer.number == pytest.approx(50)
    assert found.verdict is Verdict.EVIDENT
    found = ask(year_of([*last, after(1, 9, promised_days=18.0)]), "compression_hugging")
    assert found.verdict is Verdict.INSUFFICIENT


def staffed(number, plan, period=""):
    """Cases of each month and full-time equivalents by department: ``{code: (people, cases)}``."""
    rows = [
        closed_case(day := f"{number}-{month:02d}-10 09:00", day, day, dept_code=code)
        for code, (_, n) in plan.items()
        for month in range(1, 13)
        for _ in range(n)
    ]
    staff = [heads(d, period or str(number), "window", p, float(p)) for d, (p, _) in plan.items()]
    return kept_facts(year_of(rows, number=number, staff=pd.DataFrame(staff)))


def test_staff_that_moves_to_busier_departments_is_no_growth():
    """Each department closes 5 % fewer a head; together they close two thirds more."""
    before = staffed(2021, {"D1": (10, 100), "D2": (20, 20)})
    of = Grounds(staffed(2022, {"D1": (20, 190), "D2": (10, 9)}), facts_before=before)
    (found,) = answered(of, ["cases_per_head"])
    days = {
        year: sum(chinese_calendar.is_workday(date(year, 1, 1) + timedelta(n)) for n in range(365))
        for year in (2021, 2022)
    }
    expected = (190 + 9) / (200 + 10) * days[2021] / days[2022]
    assert found.answer.number == pytest.approx(100 * (expected - 1))
    assert found.verdict is Verdict.NONE


@pytest.mark.parametrize(("period", "told"), [("2022", True), ("2022-12", False)])
def test_one_months_staff_does_not_stand_for_the_year(period, told):
    before = staffed(2021, {"D1": (4, 20)})
    of = Grounds(staffed(2022, {"D1": (4, 20)}, period), facts_before=before)
    (found,) = answered(of, ["cases_per_head"])
    assert (found.verdict is Verdict.NONE) == told
    assert (found.verdict is Verdict.INSUFFICIENT) != told


@pytest.mark.parametrize(("mean", "times"), [(3.0, 12), (30.0, 12), (500.0, 6)])
def test_the_highest_of_several_counts_is_that_of_draws(mean, times):
    drawn = np.random.default_rng(1).poisson(mean, (100_000, times)).max(axis=1)
    highest = int(np.quantile(drawn, 0.9))
    usual, p_value = highest_of(mean, times, highest)
    assert usual == pytest.approx(drawn.mean(), rel=2e-3)
    assert p_value == pytest.approx((drawn >= highest).mean(), abs=5e-3)


def test_the_peak_of_a_steady_stock_is_mostly_not_called():
    """Arrivals at random at a steady rate, six working days each: some twelve open at a time."""
    called = 0
    for seed in range(12):
        rng = np.random.default_rng(seed)
        rows = [after(n, int(rng.poisson(6))) for n in range(230) for _ in range(rng.poisson(2))]
        called += ask(year_of(rows), "peak_stock").verdict is not Verdict.NONE
    assert called <= 2


def test_a_stock_that_builds_up_from_nothing_has_no_peak():
    """Forty cases a month, none ever closed, none from the year before: 40, 80 … 480 at months' ends."""
    rows = [
        accepted(f"2022-{month:02}-10", f"2022-{month:02}-10")
        for month in range(1, 13)
        for _ in range(40)
    ]
    for name in ("peak_stock", "little"):
        assert ask(year_of(rows), name).verdict is Verdict.INSUFFICIENT
    reason = ask(year_of(rows), "peak_stock").answer.reason
    assert "年初没有一件在办,第一个月末 40 件,各月末平均 260 件" in reason
    carried = [accepted("2021-12-10", "2021-12-10"), *rows]
    # Months' ends of 41 to 481 cases, their mean 261, against the highest of twelve such draws.
    drawn = np.random.default_rng(1).poisson(261, (100_000, 12)).max(axis=1).mean()
    assert ask(year_of(carried), "peak_stock").answer.number == pytest.approx(
        100 * 481 / drawn, rel=1e-3
    )


def test_one_open_case_is_no_peak():
    found = ask(year_of([accepted("2022-03-10", "2022-03-10")]), "peak_stock")
    assert found.verdict is Verdict.INSUFFICIENT
    assert found.answer.reason == "数据不足:在办最多的月末也不到 10 件,说不上高峰"


def test_stock_and_flow_are_of_the_same_cases():
    """Whether a promise was recorded changes neither; one case says nothing."""
    rng = np.random.default_rng(1)
    days = [int(rng.integers(len(WORKING))) for _ in range(2000)]
    promises = [5.0] * 2000, [5.0, None] * 1000
    rows = [
        [after(n, 6, promised_days=p) for n, p in zip(days, of, strict=True)] for of in promises
    ]
    every, half = (ask(year_of(each), "little").answer.number for each in rows)
    assert every == half
    assert every is not None
    assert every < 15
    assert ask(year_of([after(1, 6)]), "little").verdict is Verdict.INSUFFICIENT


def test_logs_without_limits_keep_what_needs_none():
    rows = [after(n, 3 + n % 5) for n in range(300) for _ in range(2)]
    whole = frames(rows, [item()])
    limits = [*PROMISED.columns, "statutory_days"]
    bare = Year.from_frames(PLACE, 2022, whole | {"cases": whole["cases"].drop(columns=limits)})
    for name in ("peak_stock", "little"):
        expected = ask(year_of(rows), name).answer
        assert expected.number is not None or name == "little"
        assert ask(bare, name).answer.number == expected.number
    assert "压线办结" not in ask(bare, "peak_stock").answer.evidence
    assert ask(bare, "promise_broken").verdict is Verdict.INSUFFICIENT


def test_a_review_may_send_back_any_case_but_an_immediate_one():
    """Foreign logs know no 承诺件: of 40 other and 20 commitment cases 6 + 3 came back, one of them twice."""
    cases = [
        closed_case("2022-03-01", "2022-03-01", "2022-03-04", case_id=f"{kind}{n}", case_type=kind)
        for kind, many in (("9", 40), ("2", 20), ("1", 30))
        for n in range(many)
    ]
    back = ["90", "90", "91", "92", "93", "94", "95", "20", "21", "22", "10", "11"]
    events = pd.DataFrame(
        {
            "event_id": [f"e{n}" for n in range(len(back))],
            "case_id": back,
            "activity": "return",
            "start_at": pd.Timestamp("2022-03-02 10:00"),
        }
    )
    found = ask(year_of(cases, events=events), "sent_back").answer
    assert dict(found.counts) == {"审核退回": 9, "年内办结的办件(即办件不计)": 60}
    assert found.number == 15


def test_a_log_without_any_return_does_not_say_that_none_was_sent_back():
    cases = [closed_case("2022-03-01", "2022-03-01", "2022-03-04") for _ in range(40)]
    other = [each | {"case_id": f"{each['case_id']}b", "dept_code": "D2"} for each in cases]

    def events(*back: str) -> pd.DataFrame:
        steps = [(each["case_id"], "review") for each in cases] + [(who, "return") for who in back]
        return pd.DataFrame(
            {
                "event_id": [f"e{n}" for n in range(len(steps))],
                "case_id": [who for who, _ in steps],
                "activity": [what for _, what in steps],
                "start_at": pd.Timestamp("2022-03-02 10:00"),
            }
        )

    silent = year_of([*cases, *other], events=events())
    assert ask(silent, "sent_back").answer.reason == (
        "数据不足:办理环节表里没有一件有“退回”,多半没有登记"
    )
    # Where others' returns are recorded, a department without any has none.
    told = year_of([*cases, *other], events=events(cases[0]["case_id"]))
    assert ask(told, "sent_back").answer.number == 1.25
    assert ask(told, "sent_back", "D2").answer.number == 0
