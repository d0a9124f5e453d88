"""The demo's other tables against its cases, and all of them against the declarations."""

from pathlib import Path

import chinese_calendar
import numpy as np
import pandas as pd
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from analysis.tables import TABLES
from analysis.tables.schema import Type
from tests.sources.demo_files import EXPORTED, during, path, read

YEARS = (2021, 2022, 2023)
FILES = ("items", "cases", "events", "inspections", "evaluations", "staff", "reported")


@pytest.mark.parametrize("table", FILES)
def test_columns_are_as_declared(demo_data: Path, table: str) -> None:
    """Names and order, codes from the lists, required ones filled; nothing declared is left out."""
    declared, file = TABLES[table], pq.ParquetFile(path(demo_data, 2023, table))
    wanted = [c.name for c in declared.columns]
    assert file.schema_arrow.names == wanted
    for column in declared.columns:
        if column.codes and column.type is Type.CODE:
            words = file.read([column.name])[column.name]
            assert set(pc.unique(words).drop_null().to_pylist()) <= set(column.codes.terms)
    for key in declared.key:
        assert file.read([key])[key].null_count == 0


@pytest.mark.parametrize("year", [2022, 2023])
def test_ratings_are_of_closed_cases(demo_data: Path, year: int) -> None:
    ratings = read(demo_data, year, "evaluations")
    columns = ("case_id", "item_code", "dept_code", "closed_at")
    cases = read(demo_data, year, "cases", *columns)
    assert ratings["evaluation_id"].is_unique
    own = ratings[["case_id"]].merge(cases, on="case_id", how="left", validate="many_to_one")
    assert during(own["closed_at"], year).all()
    for column in ("item_code", "dept_code"):
        assert (own[column].to_numpy() == ratings[column].to_numpy()).all()
    assert (ratings["evaluated_at"].to_numpy() > own["closed_at"].to_numpy()).all()
    assert ratings["evaluated_at"].max() < EXPORTED[year]
    default = ratings["is_default"]
    assert ((ratings["channel"] == "7") == default).all()
    assert set(ratings["channel"]) == set("1234567")
    assert (ratings.loc[default, "satisfaction"] == "3").all()
    waited = ratings["evaluated_at"].to_numpy() - own["closed_at"].to_numpy()
    assert (waited[default] == np.timedelta64(7, "D")).all()
    assert 0.7 < default.mean() < 0.95
    per_case = ratings["case_id"].value_counts()
    assert set(per_case) == {1, 2}
    first = ratings[ratings["round"] == 1].set_index("case_id")
    again = ratings[ratings["round"] == 2].set_index("case_id")
    assert len(first) == len(per_case)
    assert (first.loc[again.index, "evaluated_at"] < again["evaluated_at"]).all()
    assert not first.loc[again.index, "is_default"].any()


@pytest.mark.parametrize("year", YEARS)
def test_bad_ratings_are_handled(demo_data: Path, year: int) -> None:
    """GB/T 39046 counts from 非常满意 (1) to 非常不满意 (5): few are 4 or 5, and these have orders."""
    ratings = read(demo_data, year, "evaluations")
    bad = ratings["satisfaction"].isin(["4", "5"])
    assert 0.0001 < bad.mean() < 0.01
    assert ratings.loc[bad, "tags"].notna().all()
    assert ratings.loc[~bad, ["tags", "order_created_at", "rectified_at"]].isna().all(axis=None)
    handled = ratings[bad]
    assert handled["order_created_at"].notna().mean() > 0.9
    assert not (handled["order_created_at"] < handled["evaluated_at"]).any()
    assert not (handled["rectified_at"] < handled["order_created_at"]).any()
    assert 0.8 < handled["rectified_at"].notna().mean() < 1


@pytest.mark.parametrize("year", YEARS)
def test_inspections(demo_data: Path, year: int) -> None:
    found = read(demo_data, year, "inspections")
    items = read(demo_data, year, "items").drop_duplicates("item_code").set_index("item_code")
    columns = ("applicant_key", "item_code", "outcome", "closed_at", "applicant_type")
    cases = read(demo_data, year, "cases", *columns)
    assert found["inspection_id"].is_unique
    assert 10_000 < len(found) < 30_000
    dates = pd.to_datetime(found["inspected_on"])
    assert during(dates, year).all()
    assert all(chinese_calendar.is_workday(day.date()) for day in dates.unique())
    assert (items.loc[found["item_code"], "dept_code"].to_numpy() == found["dept_code"]).all()
    assert set(found["inspect_type"]) == {"random", "key", "special", "complaint", "joint"}
    planned = found["inspect_type"].isin(["random", "joint"])
    assert (found["plan_id"].notna() == planned).all()
    published = pd.to_datetime(found["published_on"])
    assert not (published < dates).any()
    assert published.max() < EXPORTED[year]
    assert (found.loc[found["penalty"], "result"] == "violation").all()
    assert found.groupby("holder_key")["risk_level"].nunique().max() == 1
    licensed = cases[(cases["outcome"] == "approved") & (cases["applicant_type"] == "enterprise")]
    since = licensed.groupby(["applicant_key", "item_code"])["closed_at"].min()
    since = since.reindex(pd.MultiIndex.from_frame(found[["holder_key", "item_code"]]))
    after = (since.to_numpy() < dates.to_numpy()).sum()  # the others were licensed before
    assert 0.4 < after / len(found) < 0.9


@pytest.mark.parametrize("year", YEARS)
def test_staff(demo_data: Path, year: int) -> None:
    staff, items = read(demo_data, year, "staff"), read(demo_data, year, "items", "dept_code")
    departments, roles = set(items["dept_code"]), {"window", "approval", "supervision"}
    periods = {f"{year}-{month:02d}" for month in range(1, 13)}
    rows = set(staff[["dept_code", "period", "role"]].itertuples(index=False, name=None))
    assert len(rows) == len(staff) == len(departments) * 12 * 3
    assert rows == {(d, p, r) for d in departments for p in periods for r in roles}
    assert ((staff["fte"] > 0) & (staff["fte"] <= staff["headcount"])).all()
    events = pq.read_table(path(demo_data, year, "events"), columns=["dept_code", "resource_key"])
    pairs = events.group_by(["dept_code", "resource_key"]).aggregate([]).to_pandas().dropna()
    acting = pairs["dept_code"].value_counts()
    approving = staff[staff["role"] == "approval"].groupby("dept_code")["headcount"].max()
    assert (acting <= approving[acting.index]).all()
    assert (acting == approving[acting.index]).sum() > 10  # who has many cases needs everybody
    assert pairs["resource_key"].is_unique


@pytest.mark.parametrize("year", [2022])
def test_applicants_and_what_is_submitted_again(demo_data: Path, year: int) -> None:
    columns = ("case_id", "original_case_id", "applicant_key", "applicant_type", "item_code")
    cases = read(
        demo_data, year, "cases", *columns, "submitted_at", "not_accepted_at", "handler_key"
    )
    assert cases["applicant_key"].str.fullmatch("[0-9a-f]{16}").all()
    assert cases.groupby("applicant_key")["applicant_type"].nunique().max() == 1
    assert cases["applicant_key"].nunique() < 0.8 * len(cases)
    assert not set(cases["handler_key"]) & set(cases["applicant_key"])
    again = cases[cases["original_case_id"].notna()]
    before = cases.set_index("case_id").reindex(again["original_case_id"])
    known = before["item_code"].notna().to_numpy()  # the others are in the file of the year before
    assert known.mean() > 0.95
    again, before = again[known], before[known]
    assert len(again) > 500
    assert again["original_case_id"].is_unique
    for column in ("applicant_key", "item_code"):
        assert (again[column].to_numpy() == before[column].to_numpy()).all()
    waited = again["submitted_at"].to_numpy() - before["not_accepted_at"].to_numpy()
    assert (waited > np.timedelta64(0)).all()


@pytest.mark.parametrize("year", YEARS)
def test_supplements_are_few_and_concentrated(demo_data: Path, year: int) -> None:
    columns = ("item_code", "supp_rounds", "accepted_at", "first_supp_notice_at", "loaded_at")
    cases = read(demo_data, year, "cases", *columns, "site_visits_actual", "apply_channel")
    accepted = cases[cases["accepted_at"].notna()]
    assert 0.95 < (accepted["supp_rounds"] == 0).mean() < 0.995
    rounds = cases.groupby("item_code")["supp_rounds"].sum().sort_values(ascending=False)
    assert rounds.head(len(rounds) // 10).sum() > rounds.sum() / 2
    assert ((cases["supp_rounds"] > 0) == cases["first_supp_notice_at"].notna()).all()
    assert cases["loaded_at"].max() < EXPORTED[year]
    assert not (cases["loaded_at"] < cases["accepted_at"]).any()
    visits = cases.groupby(cases["apply_channel"] == "window")["site_visits_actual"].mean()
    assert visits[False] < 0.1 < 1 <= visits[True]
