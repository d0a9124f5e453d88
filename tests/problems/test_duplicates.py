"""Duplicates against plain loops over the same cases, on random small years."""

from collections import Counter
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.problems.duplicates import bundles
from analysis.problems.duplicates.answers import submitted_again
from analysis.problems.duplicates.bundles import candidates
from analysis.problems.duplicates.chance import excess, exposure
from analysis.problems.duplicates.counted import counted
from analysis.problems.duplicates.questions import QUESTIONS
from analysis.problems.grounds import Grounds
from analysis.statistics.facts import Facts
from tests.tables.build import case, item, year

START = datetime(2022, 1, 1)
ITEMS = [item("A"), item("B", catalog_code="K"), item("C", catalog_code="K")]
CODES = {"A": "A", "B": "K", "C": "K"}
slow = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def applications(draw):
    rows = []
    for n in range(draw(st.integers(1, 25))):
        at = START + timedelta(hours=draw(st.integers(0, 24 * 120)))
        failed = draw(st.sampled_from([None, None, "refused", "rejected"]))
        later = at + timedelta(days=draw(st.integers(1, 40)))
        rows.append(
            case(
                None,
                case_id=f"c{n:03d}",
                submitted_at=pd.Timestamp(at),
                item_code=(code := draw(st.sampled_from("ABC"))),
                catalog_code=None if code == "A" else "K",
                applicant_key=draw(st.sampled_from(["p", "q", None])),
                applicant_type="enterprise",
                source_system=draw(st.sampled_from(["S", "T", "U", None])),
                project_code=draw(st.sampled_from([None, None, "x", "y"])),
                original_case_id="c000" if draw(st.integers(0, 9)) == 0 else None,
                entry_mode="api",
                loaded_at=pd.Timestamp(at),
                accepted_at=pd.Timestamp(at) if failed == "refused" else None,
                closed_at=pd.Timestamp(later) if failed == "refused" else None,
                outcome=failed if failed == "refused" else None,
                not_accepted_at=pd.Timestamp(later) if failed == "rejected" else None,
            )
        )
    return rows


def grounds(rows, items=ITEMS):
    whole = year(rows, items)
    return Grounds(Facts(whole, pd.DataFrame(), whole.items))  # no tally is looked at


def failed_at(row):
    return row["not_accepted_at"] or row["closed_at"]


def looped(rows):
    """Count the pairs by (code, systems, lag), as the definition says, one by one."""
    known = [r for r in rows if r["applicant_key"] and r["source_system"]]
    of = Counter((r["applicant_key"], CODES[r["item_code"]]) for r in known)
    found = Counter()
    for one in known:
        for other in known:
            same = (one["applicant_key"], CODES[one["item_code"]]) == (
                other["applicant_key"],
                CODES[other["item_code"]],
            )
            first = (one["submitted_at"], one["case_id"]) < (
                other["submitted_at"],
                other["case_id"],
            )
            if not same or not first or one["source_system"] == other["source_system"]:
                continue
            objects = {r["project_code"] for r in (one, other)} - {None}
            both = one["project_code"] and other["project_code"]
            lag = (other["submitted_at"].normalize() - one["submitted_at"].normalize()).days
            routine = of[one["applicant_key"], CODES[one["item_code"]]] > 12
            if other["original_case_id"] or lag > 90 or len(objects) == 2:
                continue
            if failed_at(one) and failed_at(one) <= other["submitted_at"]:
                continue
            if routine and not both:
                continue
            found[CODES[one["item_code"]], one["source_system"], other["source_system"], lag] += 1
    return found


@given(rows=applications())
@slow
def test_pairs_are_those_of_the_definition(rows):
    found = counted(grounds(rows)).pairs
    keys = found[["code", "from_system", "to_system", "lag"]].itertuples(index=False, name=None)
    assert Counter(keys) == looped(rows)


@given(rows=applications())
@slow
def test_resubmissions_are_those_of_the_definition(rows):
    known = [r for r in rows if r["applicant_key"]]
    again = set()
    for other in known:
        if other["original_case_id"]:
            again.add(other["case_id"])
        for one in known:
            same = all(one[name] == other[name] for name in ("applicant_key", "source_system"))
            same = same and CODES[one["item_code"]] == CODES[other["item_code"]]
            if one is other or not same or not failed_at(one):
                continue
            since = other["submitted_at"] - failed_at(one)
            if timedelta(0) <= since < timedelta(days=30):
                again.add(other["case_id"])
    assert counted(grounds(rows)).resubmitted["n"].sum() == len(again)


def test_what_is_submitted_again_is_called_by_its_latest_name():
    """The catalogue renamed A; its code K1 is called after the same row."""
    items = [
        item("A", item_name="旧名", catalog_code="K1"),
        item("A", item_name="新名", catalog_code="K1", item_version=2),
    ]
    rows = [
        case(
            "2022-03-01", applicant_key="p", catalog_code=code, item_code="A", original_case_id="c"
        )
        for code in ("K1", None)
    ]
    named = submitted_again(grounds(rows, items)).evidence
    assert set(named["基本编码"]) == {"K1", "A"}
    assert set(named["事项"]) == {"新名"}


def bundled(rows):
    """Count near and far pairs, and the applicants of near ones, by two items, one by one."""
    known = [row for row in rows if row["applicant_key"]]
    times = Counter(row["applicant_key"] for row in known)
    days = {(r["applicant_key"], r["item_code"], r["submitted_at"].date()) for r in known}
    near, far, applicants = Counter(), Counter(), {}
    for who, one, day in days:
        for same, other, later in days:
            if same == who and one < other and 2 <= times[who] <= bundles.MOST:
                lag = abs((later - day).days)
                near[one, other] += lag <= 7
                far[one, other] += 31 <= lag <= 90
                if lag <= 7:
                    applicants.setdefault((one, other), set()).add(who)
    return {
        (*pair, near[pair], far[pair], len(applicants.get(pair, ())))
        for pair in near | far
        if near[pair] + far[pair] >= bundles.SUPPORT
    }


@pytest.mark.parametrize("most", [50, 8])
@given(rows=applications())
@slow
def test_bundles_are_those_of_the_definition(monkeypatch, most, rows):
    monkeypatch.setattr(bundles, "SUPPORT", 1)
    monkeypatch.setattr(bundles, "MOST", most)
    found = counted(grounds(rows)).together
    columns = ["item_code", "other_code", "near", "far", "applicants"]
    assert set(found[columns].itertuples(index=False, name=None)) == bundled(rows)
    assert len(found) == len(bundled(rows))


def test_exposure_counts_the_pairs_that_there_could_be():
    days = pd.to_datetime(["2022-01-01"] * 3 + ["2022-01-02"] * 2 + ["2022-01-09"])
    per_day = pd.Series(1, index=days).groupby(level=0).sum()
    apart = Counter(abs((days[i] - days[j]).days) for i in range(len(days)) for j in range(i))
    found = exposure(per_day)
    assert {lag: n for lag, n in enumerate(found) if n} == dict(apart)
    assert not exposure(pd.Series(dtype="int64")).any()


def test_excess_is_what_placebo_lags_do_not_explain():
    """1,200 days of equal traffic: 60 placebo lags hold 60 pairs, so eight days hold about eight."""
    exposed = np.ones(91)
    lags = pd.Series([*range(31, 91), *[3] * 20])
    found = excess(lags, pd.Series(range(80)), exposed, 7)
    assert (found.pairs, found.placebo, found.expected) == (20, 60, 8)
    assert found.excess == 12
    assert found.low < 12 < found.high
    assert found.p_value < 0.01
    clumped = excess(lags, pd.Series([*range(60), *[99] * 20]), exposed, 7)
    assert clumped.low < found.low  # one applicant's twenty pairs say less
    assert excess(lags[:60], pd.Series(range(60)), exposed, 7).p_value > 0.5


def test_no_pairs_no_answer_without_a_second_system():
    rows = [case("2022-03-01", applicant_key="p", source_system="S") for _ in range(3)]
    whole = grounds(rows)
    asked = {question.id: question.answer(whole) for question in QUESTIONS[:3]}
    assert all(answer.number is None for answer in asked.values())
    assert all("两个以上系统" in answer.reason for answer in asked.values())


def test_items_that_go_together_are_candidates():
    """Thirty applicants file A and B within days; thirty others file them two months apart."""
    rows = []
    for n in range(60):
        near = n < 30
        first = START + timedelta(days=3 * n)
        second = first + timedelta(days=2 if near else 60)
        rows += [
            case(None, submitted_at=pd.Timestamp(at), item_code=code, applicant_key=f"p{n}")
            for at, code in ((first, "A"), (second, "B"))
        ]
    of = counted(grounds(rows))
    assert of.together[
        ["item_code", "other_code", "near", "far", "applicants"]
    ].values.tolist() == [["A", "B", 30, 30, 30]]
    per_day = of.daily.groupby("day")["n"].sum()
    found = candidates(of.together, per_day).iloc[0]
    assert found["candidate"]
    assert found["lift"] == pytest.approx(30 / found["expected"])


def test_pairs_of_items_are_not_picked_for_being_near():
    """What few apply for together within a week belongs to those tested: else chance is called a find."""
    rows = []
    for n in range(25):
        first = START + timedelta(days=3 * n)
        second = first + timedelta(days=2 if n < 5 else 60)
        rows += [
            case(None, submitted_at=pd.Timestamp(at), item_code=code, applicant_key=f"p{n}")
            for at, code in ((first, "A"), (second, "B"))
        ]
    of = counted(grounds(rows))
    assert of.together[["near", "far", "applicants"]].values.tolist() == [[5, 20, 5]]
    found = candidates(of.together.assign(near=19, far=1), of.daily.groupby("day")["n"].sum())
    assert found["adjusted_p"].iloc[0] < 0.05
    assert not found["candidate"].iloc[0]  # five applicants are too few
