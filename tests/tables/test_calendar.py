"""Working days: against the design's vector, and day by day against chinese_calendar itself."""

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import XukeError
from analysis.tables.calendar import Calendar, china, load_calendar
from tests.tables.build import day

ONE_DAY = timedelta(days=1)
SPRING = (date(2022, 1, 31), date(2022, 2, 6))  # 2022: Mon to Sun off, Sat 29 and Sun 30 worked


def workday(moment: date) -> bool:
    return chinese_calendar.is_workday(moment)


def passed_by_hand(start: date, end: date, count_start_day: bool) -> int:
    """Count one by one the working days after the first one, up to ``end``."""
    while not workday(start):
        start += ONE_DAY
    first = start if count_start_day else start + ONE_DAY
    return sum(workday(first + n * ONE_DAY) for n in range((end - first).days + 1))


def due_by_hand(start: date, limit: int, count_start_day: bool) -> date:
    while not workday(start):
        start += ONE_DAY
    left = limit - count_start_day
    while left:
        start += ONE_DAY
        left -= workday(start)
    return start


def csv(folder: Path, *lines: str, header: str = "date,is_workday") -> Path:
    (folder / "own.csv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return folder


def test_accepted_before_spring_festival_limit_five_is_due_on_the_ninth():
    # Sat 01-29 and Sun 01-30 are make-up days (1, 2); 01-31 to 02-06 off; Mon 7, Tue 8, Wed 9.
    assert china().due(day("2022-01-28"), 5) == day("2022-02-09")
    assert china().working_days(day("2022-01-28"), day("2022-02-09")) == 5


def test_counting_the_start_day_makes_it_one_more_and_due_one_day_sooner():
    calendar = china()
    assert calendar.working_days(day("2022-01-28"), day("2022-02-09"), count_start_day=True) == 6
    assert calendar.due(day("2022-01-28"), 5, count_start_day=True) == day("2022-02-08")
    assert calendar.due(day("2022-03-01"), 1, count_start_day=True) == day("2022-03-01")


@pytest.mark.parametrize("start", ["2022-03-05", "2022-03-06"])  # Saturday, Sunday
def test_start_on_a_non_working_day_counts_from_the_next_working_day(start):
    assert china().working_days(day(start), day("2022-03-07")) == 0
    assert china().working_days(day(start), day("2022-03-07"), count_start_day=True) == 1
    assert china().working_days(day(start), day("2022-03-08")) == 1
    assert china().due(day(start), 1) == day("2022-03-08")


@pytest.mark.parametrize("end", ["2022-03-05", "2022-03-06"])
def test_end_on_a_non_working_day_counts_as_the_previous_working_day(end):
    assert china().working_days(day("2022-03-03"), day(end)) == 1  # Thursday to Friday
    assert china().working_days(day("2022-03-04"), day(end)) == 0


def test_make_up_sunday_is_a_working_day_and_a_weekday_holiday_is_not():
    assert china().working_days(day("2022-01-29"), day("2022-01-30")) == 1
    assert china().working_days(day("2022-01-30"), SPRING[1]) == 0
    assert china().working_days(*SPRING) == 0


@pytest.mark.parametrize("count_start_day", [False, True])
@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2022-03-05", "2022-03-05"),  # both on one Saturday
        ("2022-03-05", "2022-03-06"),
        ("2022-03-07", "2022-03-04"),  # the wrong way round
        ("2022-12-30", "2022-01-04"),
    ],
)
def test_never_below_zero(start, end, count_start_day):
    assert china().working_days(day(start), day(end), count_start_day=count_start_day) == 0


def test_same_working_day():
    monday = day("2022-03-07")
    assert china().working_days(monday, monday) == 0
    assert china().working_days(monday, monday, count_start_day=True) == 1
    assert china().due(monday, 0) == monday


@pytest.mark.parametrize("moment", ["2003-12-31", "2027-01-01", "1999-05-05", "2100-01-01"])
def test_days_that_were_never_decreed_are_refused(moment):
    inside, outside = day("2020-01-02"), day(moment)
    for ask in (
        lambda: china().working_days(outside, inside),
        lambda: china().working_days(inside, outside),
        lambda: china().due(outside, 1),
    ):
        with pytest.raises(XukeError, match=r"工作日历.*2004-01-01 至 2026-12-31"):
            ask()


def test_a_limit_that_runs_past_the_calendar_is_refused():
    assert china().due(day("2026-12-30"), 1) == day("2026-12-31")
    with pytest.raises(XukeError, match="2027"):
        china().due(day("2026-12-31"), 1)


@pytest.mark.parametrize("year", [2003, 2027])
def test_require_refuses_a_year_outside(year):
    with pytest.raises(XukeError, match=f"不能计算 {year} 年的工作日"):
        china().require(year)


def test_require_accepts_the_first_and_the_last_year():
    china().require(2004)
    china().require(2026)


def test_require_refuses_a_year_covered_in_part():
    half = Calendar("half", day("2022-01-01"), [True] * 200)
    with pytest.raises(XukeError, match="half"):
        half.require(2022)


@settings(max_examples=150, deadline=None)
@given(
    start=st.dates(date(2004, 1, 1), date(2025, 12, 31)),
    length=st.integers(-30, 120),
    count_start_day=st.booleans(),
)
def test_working_days_are_what_a_loop_over_the_days_counts(start, length, count_start_day):
    end = max(start + length * ONE_DAY, date(2004, 1, 1))
    assert china().working_days(start, end, count_start_day=count_start_day) == passed_by_hand(
        start, end, count_start_day
    )


@settings(max_examples=100, deadline=None)
@given(
    start=st.dates(date(2004, 1, 1), date(2026, 6, 30)),
    limit=st.integers(1, 60),
    count_start_day=st.booleans(),
)
def test_due_is_what_a_loop_over_the_days_reaches(start, limit, count_start_day):
    due = china().due(start, limit, count_start_day=count_start_day)
    assert due == due_by_hand(start, limit, count_start_day)
    assert workday(due)


def test_frame_numbers_every_day():
    frame = china().frame().set_index("date")
    assert len(frame) == (date(2026, 12, 31) - date(2004, 1, 1)).days + 1
    assert frame["is_workday"].tolist() == [workday(moment.date()) for moment in frame.index]
    row = frame.loc["2022-03-05"]  # Saturday: begins with Monday's number, ends with Friday's
    assert row["start_no"] == frame.loc["2022-03-07", "end_no"]
    assert row["end_no"] == frame.loc["2022-03-04", "start_no"]


def test_own_calendar_from_a_file(tmp_path):
    csv(tmp_path, "2022-02-28,1", "2022-03-01,0", "2022-03-02,0", "2022-03-03,1", "2022-03-04,1")
    calendar = load_calendar("own", tmp_path)
    assert calendar.name == "own"
    assert (calendar.first, calendar.last) == (day("2022-02-28"), day("2022-03-04"))
    assert calendar.working_days(day("2022-02-28"), day("2022-03-04")) == 2
    assert calendar.due(day("2022-03-01"), 1) == day("2022-03-04")


def test_own_calendar_as_excel_saves_it(tmp_path):
    text = "date,is_workday\r\n2022-03-01,1\r\n2022-03-02,0\r\n"
    (tmp_path / "own.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert load_calendar("own", tmp_path).is_workday.tolist() == [True, False]


def test_china_needs_no_file(tmp_path):
    assert load_calendar("china", tmp_path).working_days(day("2022-01-28"), day("2022-02-09")) == 5


@pytest.mark.parametrize(
    "lines",
    [
        ("2022-03-01,1", "2022-03-03,1"),  # a gap
        ("2022-03-01,1", "2022-03-01,1"),  # a day twice
        ("2022-03-02,1", "2022-03-01,1"),  # out of order
        ("2022-03-01,1", "2022-03-02,2"),
        ("2022-03-01,1", "2022-03-02,true"),
        ("2022-03-01,1", "2022-03-02,"),
        ("2022/03/01,1", "2022/03/02,1"),
        ("2022-02-28,1", "2022-02-29,1"),  # no such day
        (),
    ],
)
def test_unusable_file_is_refused(tmp_path, lines):
    csv(tmp_path, *lines)
    with pytest.raises(XukeError, match=r"own\.csv 不能用"):
        load_calendar("own", tmp_path)


@pytest.mark.parametrize("header", ["日期,is_workday", "date,工作日"])
def test_file_without_its_columns_is_refused(tmp_path, header):
    csv(tmp_path, "2022-03-01,1", header=header)
    with pytest.raises(XukeError, match=r"own\.csv 不能用"):
        load_calendar("own", tmp_path)


def test_unknown_calendar_is_refused(tmp_path):
    with pytest.raises(XukeError, match="没有名为“mars”的工作日历"):
        load_calendar("mars", tmp_path)


@pytest.mark.parametrize("content", [b"", "日期,是否工作日\n".encode("gb18030")])
def test_file_that_is_no_table_is_refused(tmp_path, content):
    (tmp_path / "own.csv").write_bytes(content)
    with pytest.raises(XukeError, match=r"own\.csv 不能用"):
        load_calendar("own", tmp_path)


def test_a_limit_of_no_days_is_never_due_before_it_starts():
    monday = day("2022-03-07")
    assert china().due(monday, 0, count_start_day=True) >= monday
