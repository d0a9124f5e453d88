"""The squeeze against plain loops and sums by hand."""

from datetime import date, timedelta

import chinese_calendar
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.problems.courses import closed, courses
from analysis.problems.grounds import Grounds
from analysis.problems.squeeze.compression import quintiles
from analysis.problems.squeeze.load import relation
from analysis.problems.squeeze.months import by_month, marked
from analysis.statistics.facts import Facts
from tests.engines.years import SHORT
from tests.problems.asked import ask
from tests.tables.build import accepted, item, year
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
            "hugging": [False, False, True, False, True],
            "late": [False, False, False, False, True],
        }
    )
    table = quintiles(done)
    assert table["fifth"].tolist() == [1, 2, 3, 4, 5]
    assert table["compression"].tolist() == pytest.approx([0.0, 0.2, 0.6, 0.8, 0.9])
    assert table["hugging"].tolist() == [0, 0, 100, 0, 100]
    heavy = quintiles(done.assign(n=[1, 1, 1, 1, 96]))
    assert heavy["n"].sum() == 100
    assert heavy["fifth"].max() == 3  # the middle of the heavy one decides where it stands


def test_load_is_compared_within_departments_only():
    """Busier departments are faster here, busier months slower: the slope is that of the months."""
    rows = [
        (f"D{d}", m, x := 1 + 0.05 * ((d * 5 + m * 3) % 7 - 3), 2 - 0.1 * d + 0.5 * x + 0.01 * m)
        for d in range(10)
        for m in range(8)
    ]
    table = pd.DataFrame(rows, columns=["dept_code", "month", "load", "taken"])
    found = relation(table)
    assert found is not None
    assert found.value == pytest.approx(0.5)
    assert relation(table[table["dept_code"] < "D7"]) is None


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
