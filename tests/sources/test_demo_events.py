"""The demo's events against its cases: times, order, counts. Plain pandas, own calendar."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from tests.sources.demo_files import EXPORTED, path, read, working_days

YEARS = (2022, 2023)
COLUMN_OF = {
    "submit": "submitted_at",
    "accept": "accepted_at",
    "reject": "not_accepted_at",
    "close": "closed_at",
    "deliver": "delivered_at",
}
ART45 = {"听证", "招标", "拍卖", "检验", "检测", "检疫", "鉴定", "专家评审"}


@lru_cache(maxsize=1)
def events(data: Path, year: int) -> pd.DataFrame:
    words = ["activity", "dept_code", "special_name", "clock", "action", "resource_key"]
    columns = ["case_id", "seq", "start_at", "end_at", *words]
    table = pq.read_table(path(data, year, "events"), columns=columns, read_dictionary=words)
    frame: pd.DataFrame = table.to_pandas()
    # Both files have their cases in one order: which case an event is of, as a number.
    frame["case"] = (frame["seq"] == 1).cumsum() - 1
    return frame


def cases(data: Path, year: int) -> pd.DataFrame:
    return read(
        data,
        year,
        "cases",
        *("case_id", "dept_code", "case_type", "handler_key", "supp_rounds", "received_at"),
        *("first_supp_notice_at", "decided_at", "extended_days", "stopped_days_art45"),
        *("stopped_days_other", "outcome", *COLUMN_OF.values()),
    )


def at(frame: pd.DataFrame, activity: str) -> pd.DataFrame:
    return frame[frame["activity"] == activity]


@pytest.mark.parametrize("year", [2021, *YEARS])
def test_events_are_the_cases_own(demo_data: Path, year: int) -> None:
    found, own = events(demo_data, year), cases(demo_data, year)
    assert found["case"].iloc[-1] == len(own) - 1
    case_id = own["case_id"].to_numpy(dtype=object)[found["case"]]
    assert (found["case_id"].to_numpy(dtype=object) == case_id).all()
    department = own["dept_code"].astype(found["dept_code"].dtype).cat.codes.to_numpy()
    assert (found["dept_code"].cat.codes.to_numpy() == department[found["case"]]).all()
    first = found["seq"] == 1
    assert (found["seq"].diff()[~first] == 1).all()
    assert (found["start_at"].diff()[~first] >= pd.Timedelta(0)).all()
    assert not (found["end_at"] < found["start_at"]).any()
    assert found[["start_at", "end_at"]].max().max() < EXPORTED[year]
    for activity, column in COLUMN_OF.items():
        happened = own[column].dropna()
        steps = at(found, activity)
        np.testing.assert_array_equal(steps["case"], happened.index, activity)
        np.testing.assert_array_equal(steps["start_at"], happened, activity)


@pytest.mark.parametrize("year", YEARS)
def test_commitment_cases_have_every_step(demo_data: Path, year: int) -> None:
    found, own = events(demo_data, year), cases(demo_data, year)
    committed = own["case_type"] == "2"
    for activity, column in (("receive", "received_at"), ("decide", "decided_at")):
        steps = at(found, activity)
        np.testing.assert_array_equal(steps["start_at"], own.loc[steps["case"], column], activity)
        assert set(own.index[committed & own[column].notna()]) <= set(steps["case"])
    for activity in ("review", "approve"):
        decided = committed & own["decided_at"].notna()
        assert set(own.index[decided]) <= set(at(found, activity)["case"])
    handled = at(found, "handle")
    keys = handled["resource_key"].to_numpy(dtype=object)
    assert (keys == own.loc[handled["case"], "handler_key"].to_numpy(dtype=object)).all()
    immediate = found[~committed[found["case"]].to_numpy()]
    steps = {"submit", "receive", "supp_notice", "supp_received", *COLUMN_OF}
    assert set(immediate["activity"].unique()) == steps


@pytest.mark.parametrize("year", YEARS)
def test_supplements_and_returns(demo_data: Path, year: int) -> None:
    found, own = events(demo_data, year), cases(demo_data, year)
    notices = at(found, "supp_notice")
    rounds = notices["case"].value_counts().reindex(own.index, fill_value=0)
    np.testing.assert_array_equal(rounds, own["supp_rounds"])
    assert set(rounds) == {0, 1, 2, 3}
    first = notices.drop_duplicates("case").set_index("case")["start_at"]
    np.testing.assert_array_equal(first, own["first_supp_notice_at"].dropna())
    assert (first.index == own["first_supp_notice_at"].dropna().index).all()
    assert not (own["received_at"] > own["first_supp_notice_at"]).any()
    assert not (own["first_supp_notice_at"] > own["accepted_at"]).any()
    following = found["activity"].astype(object).shift(-1)[found["activity"] == "supp_notice"]
    assert set(following) <= {"supp_received", "submit"}  # the next case: not answered yet
    assert (following == "submit").sum() < 30
    returned = found.index[found["activity"] == "return"]
    loop = ["review", "return", "handle", "review"]
    around = [found["activity"].astype(object).to_numpy()[returned + k] for k in (-1, 0, 1, 2)]
    whole = np.ones(len(returned), dtype=bool)
    for name, names in zip(loop, around, strict=True):
        whole &= names == name
    assert len(returned) > 1000
    assert whole.mean() > 0.99  # the others were not over at the export


@pytest.mark.parametrize("year", YEARS)
def test_stops_and_extensions(demo_data: Path, year: int) -> None:
    """Each stop lasts as many working days as its case says; a running one until the export."""
    found, own = events(demo_data, year), cases(demo_data, year)
    stops = found[found["special_name"].notna() & (found["activity"] != "extend")]
    started, ended = at(stops, "stop_start"), at(stops, "stop_end")
    assert (started["clock"] == "stop").all()
    assert (ended["clock"] == "run").all()
    assert len(started) == (found["activity"] == "stop_start").sum() > 5000
    kinds: dict[str, Callable[[pd.Series], pd.Series]] = {
        "stopped_days_art45": lambda name: name.isin(ART45),
        "stopped_days_other": lambda name: ~name.isin(ART45),
    }
    for column, of_kind in kinds.items():
        begun = started[of_kind(started["special_name"])].set_index("case")["start_at"]
        over = ended[of_kind(ended["special_name"])].set_index("case")["start_at"]
        until = over.reindex(begun.index).fillna(EXPORTED[year] - pd.Timedelta(days=1))
        days = pd.Series(working_days(begun, until), begun.index).reindex(own.index, fill_value=0)
        np.testing.assert_array_equal(days, own[column], column)
    extended = at(found, "extend")
    assert (own.loc[extended["case"], "extended_days"] > 0).all()
    assert len(extended) == (own["extended_days"] > 0).sum()


def test_event_ids_are_unique(demo_data: Path) -> None:
    """The id is the case's, which is unique, with the number of the step in two digits."""
    found = pd.read_parquet(path(demo_data, 2021, "events"), columns=["event_id", "case_id", "seq"])
    assert found["seq"].between(1, 99).all()
    suffix = found["seq"].astype(str).str.zfill(2)
    assert (found["event_id"] == found["case_id"] + "-" + suffix).all()


def test_the_next_export_knows_the_same_and_more(demo_data: Path) -> None:
    """A case that is carried over has the same steps in both files, as far as both know them."""
    newer = pd.read_parquet(path(demo_data, 2022, "events"), filters=[("case_id", "<", "SL2022")])
    carried = [("case_id", "in", set(newer["case_id"]))]
    older = pd.read_parquet(path(demo_data, 2021, "events"), filters=carried)
    assert older["case_id"].nunique() == newer["case_id"].nunique() > 5000
    columns = ["event_id", "activity", "start_at", "dept_code", "resource_key", "special_name"]
    both = newer[newer["start_at"] < EXPORTED[2021]]
    assert len(both) < len(newer)
    pd.testing.assert_frame_equal(
        older[columns].reset_index(drop=True), both[columns].reset_index(drop=True)
    )
