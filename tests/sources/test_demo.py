"""The demo place against the printed totals: plain pandas on the Parquet files, no code of ours."""

import hashlib
import json
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import chinese_calendar
import pandas as pd
import pytest

from analysis.errors import XukeError
from analysis.sources.demo import generate
from tests.sources.demo_files import during, read, working_days

START, END = pd.Timestamp("2022-01-01"), pd.Timestamp("2023-01-01")
ORDER = ("submitted_at", "received_at", "accepted_at", "decided_at", "closed_at", "delivered_at")
OTHERS = ("case_id", "dept_code", "not_accepted_at", "accept_status", "outcome", "statutory_days")
ALLOWANCES = ("extended_days", "stopped_days_art45")


def cases_of(data: Path, year: int) -> pd.DataFrame:
    """Return the columns of a year's cases that are looked at here; all of them take 1 GB."""
    return read(data, year, "cases", *ORDER, *OTHERS, *ALLOWANCES)


def in_force(items: pd.DataFrame, day: str) -> pd.DataFrame:
    since = items["valid_from"].isna() | (pd.to_datetime(items["valid_from"]) <= day)
    until = items["valid_to"].isna() | (pd.to_datetime(items["valid_to"]) >= day)
    return items[since & until & (items["item_status"] == "1")]


def test_flows_of_2022_are_the_printed_ones(demo_data: Path) -> None:
    cases = cases_of(demo_data, 2022)
    completed = cases[
        during(cases["closed_at"], 2022)
        & cases["accepted_at"].notna()
        & (cases["outcome"] != "deleted")
    ]
    assert cases["case_id"].is_unique
    assert during(cases["submitted_at"], 2022).sum() == 1_801_779
    assert during(cases["accepted_at"], 2022).sum() == 1_795_742
    assert during(cases["not_accepted_at"], 2022).sum() == 5_146
    assert len(completed) == 1_795_762
    assert (completed["outcome"] == "approved").sum() == 1_792_547
    assert (completed["outcome"] == "refused").sum() == 2_675
    assert (~completed["outcome"].isin(["approved", "refused"])).sum() == 540


def test_catalogue_of_2022_is_the_printed_one(demo_data: Path) -> None:
    items = in_force(read(demo_data, 2022, "items"), "2022-12-31")
    licences = items[items["item_type"] == "01"]
    platform = licences[licences["in_prov_system"]]
    assert licences["impl_code"].nunique() == 593
    assert platform["impl_code"].nunique() == 508
    assert len(platform) == 841
    assert (platform["grain"] == "handling").all()
    outside = licences[~licences["in_prov_system"]]
    assert len(outside) == 85
    assert (outside["item_code"] == outside["impl_code"]).all()
    saved = 1 - platform["promised_limit"].sum() / platform["statutory_limit"].sum()
    assert round(saved * 100, 2) == 94.49
    assert (platform["case_type"] == "1").sum() == 759
    assert platform["site_visits"].sum() == 2
    services = items[items["on_application"]]
    assert services["impl_code"].nunique() == 2_239
    assert licences["on_application"].all()
    reduced = services[services["materials_n"] < services["materials_n_base"]]
    assert reduced["impl_code"].nunique() == 1_965
    packages = services["package_codes"].dropna().str.split("^").explode()
    assert packages.nunique() == 127


@pytest.mark.parametrize(
    ("year", "day", "services"),
    [(2021, "2021-12-31", 236), (2022, "2021-12-31", 236), (2022, "2022-12-31", 241)],
)
def test_tolerance_services_before_and_after(
    demo_data: Path, year: int, day: str, services: int
) -> None:
    items = in_force(read(demo_data, year, "items"), day)
    tolerant = items[items["tolerance_ok"]]
    assert tolerant["impl_code"].nunique() == services
    assert tolerant["dept_code"].nunique() == 19


def test_one_service_has_one_set_of_flags(demo_data: Path) -> None:
    items = in_force(read(demo_data, 2022, "items"), "2022-12-31")
    flags = ["in_prov_system", "tolerance_ok", "on_application", "item_type"]
    assert (items.groupby("impl_code")[flags].nunique() == 1).all(axis=None)


@pytest.mark.parametrize("year", [2021, 2022])
def test_what_is_open_at_a_year_end_opens_the_next(demo_data: Path, year: int) -> None:
    """The same cases, so the same numbers in total and in every department."""
    border = pd.Timestamp(year + 1, 1, 1)
    before, after = cases_of(demo_data, year), cases_of(demo_data, year + 1)
    for accepted in (True, False):
        stocks = [waiting(cases, border, accepted=accepted) for cases in (before, after)]
        assert set(stocks[0]["case_id"]) == set(stocks[1]["case_id"])
        departments = [stock["dept_code"].value_counts().sort_index() for stock in stocks]
        pd.testing.assert_series_equal(*departments)


def waiting(cases: pd.DataFrame, moment: pd.Timestamp, *, accepted: bool) -> pd.DataFrame:
    was_accepted = cases["accepted_at"] < moment
    was_closed = cases["closed_at"] < moment
    if accepted:
        return cases[was_accepted & ~was_closed]
    decided = was_accepted | was_closed | (cases["not_accepted_at"] < moment)
    return cases[(cases["submitted_at"] < moment) & ~decided]


def test_stocks_change_by_the_printed_residuals(demo_data: Path) -> None:
    cases = cases_of(demo_data, 2022)
    pending, open_ = (
        len(waiting(cases, END, accepted=accepted)) - len(waiting(cases, START, accepted=accepted))
        for accepted in (False, True)
    )
    deleted = during(cases["closed_at"], 2022) & (cases["outcome"] == "deleted")
    assert (pending, open_) == (891, -20 - deleted.sum())
    assert (cases.loc[deleted, "accepted_at"] < START).all()
    closed = cases[cases["closed_at"] < END]
    assert closed["accepted_at"].notna().all()


@pytest.mark.parametrize("year", [2021, 2023])
def test_other_years_have_endings_that_2022_has_not(demo_data: Path, year: int) -> None:
    cases = cases_of(demo_data, year)
    ended = cases["closed_at"].notna() & cases["accepted_at"].isna()
    assert ended.sum() > 100
    deleted = cases["outcome"] == "deleted"
    assert (deleted & during(cases["accepted_at"], year)).sum() > 10


@pytest.mark.parametrize("year", [2021, 2022, 2023])
def test_things_happen_in_order_and_before_the_export(demo_data: Path, year: int) -> None:
    cases = cases_of(demo_data, year)
    exported = pd.Timestamp(year + 1, 1, 15)
    for earlier, later in pairwise(ORDER):
        assert not (cases[earlier] > cases[later]).any(), (earlier, later)
    assert not (cases["submitted_at"] > cases["not_accepted_at"]).any()
    for column in ORDER:
        assert cases[column].dropna().max() < exported
    assert cases["submitted_at"].max() < pd.Timestamp(year + 1, 1, 1)
    assert cases.loc[cases["outcome"].notna(), "closed_at"].notna().all()
    assert set(cases["accept_status"]) == {"accepted", "not_needed", "rejected", "pending"}


def late(cases: pd.DataFrame, year: int) -> tuple[int, int]:
    """Count cases closed late in a year, and open and late at its end, day by day.

    Who was deleted by then is neither.
    """
    end = pd.Timestamp(year + 1, 1, 1)
    accepted = cases[cases["accepted_at"] < end]
    closed = accepted["closed_at"].where(accepted["closed_at"] < end)
    until = closed.fillna(end - pd.Timedelta(days=1))
    taken = working_days(accepted["accepted_at"], until)
    allowed = accepted["statutory_days"] + accepted["extended_days"].clip(upper=10)
    is_late = taken > (allowed + accepted["stopped_days_art45"]).to_numpy()
    completed = during(closed, year) & (accepted["outcome"] != "deleted")
    return int((is_late & completed).sum()), int((is_late & closed.isna()).sum())


def test_nobody_is_late_in_2022(demo_data: Path) -> None:
    assert late(cases_of(demo_data, 2022), 2022) == (0, 0)


@pytest.mark.parametrize("year", [2021, 2023])
def test_some_are_late_in_other_years(demo_data: Path, year: int) -> None:
    closed, still_open = late(cases_of(demo_data, year), year)
    assert closed > 100
    assert still_open > 10


def test_shape(demo_data: Path) -> None:
    """About 30 bureaux, one with 40 % of the volume, little on days off, all of it fictitious."""
    cases, items = cases_of(demo_data, 2022), read(demo_data, 2022, "items")
    volume = cases["dept_code"].value_counts(normalize=True)
    assert 28 <= items["dept_code"].nunique() <= 32
    assert 0.38 < volume.iloc[0] < 0.42
    assert items["dept_code"].str.startswith("DEMO").all()
    assert items["dept_name"].str.startswith("示例区").all()
    dates = cases.loc[during(cases["submitted_at"], 2022), "submitted_at"].dt.date
    per_day = dates.value_counts()
    holidays = [day for day in per_day.index if not chinese_calendar.is_workday(day)]
    assert per_day[holidays].sum() / len(dates) < 0.05
    assert chinese_calendar.is_workday(date(2022, 1, 29))  # a make-up Saturday
    assert per_day[date(2022, 1, 29)] > 5 * per_day[date(2022, 1, 29) + timedelta(days=7)]


def test_same_seed_same_bytes(demo_data: Path, tmp_path: Path) -> None:
    generate(tmp_path)
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.*") if path.is_file())
    assert len(made) == 27  # seven tables, truth.json and year.json, three times
    for path in made:
        first, second = (
            hashlib.sha256((root / path).read_bytes()).hexdigest() for root in (demo_data, tmp_path)
        )
        assert first == second, path


@pytest.mark.parametrize("meta", [None, '{"kind": "real"}', "not json"])
def test_real_data_are_never_overwritten(tmp_path: Path, meta: str | None) -> None:
    folder = tmp_path / "years" / "demo" / "2023"
    folder.mkdir(parents=True)
    (folder / "cases.parquet").write_bytes(b"precious")
    if meta:
        (folder / "year.json").write_text(meta, encoding="utf-8")
    with pytest.raises(XukeError, match="不是演示数据"):
        generate(tmp_path)
    assert (folder / "cases.parquet").read_bytes() == b"precious"
    assert not (tmp_path / "years" / "demo" / "2021").exists()


def test_a_year_says_that_it_is_synthetic(demo_data: Path) -> None:
    meta = json.loads((demo_data / "years/demo/2022/year.json").read_text(encoding="utf-8"))
    assert meta["kind"] == "synthetic"
    assert meta["calibrated_to"] == "huadu_district_2022"
    assert (meta["cutoff"], meta["exported_on"]) == ("2022-12-31", "2023-01-15")
