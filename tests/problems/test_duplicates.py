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
from analysis.problems.finding import Verdict
from analysis.problems.grounds import Grounds
from analysis.problems.judging import judged
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
    days = {each for each in days if 2 <= times[each[0]] <= bundles.MOST}
    near, far, applicants = Counter(), Counter(), {}
    near_others, far_others = Counter(), Counter()
    for who, one, day in days:
        for same, other, later in days:
            lag = abs((later - day).days)
            if same != who and one < other:
                near_others[one, other] += lag <= 7
                far_others[one, other] += 31 <= lag <= 90
            if same == who and one < other:
                near[one, other] += lag <= 7
                far[one, other] += 31 <= lag <= 90
                if lag <= 7:
                    applicants.setdefault((one, other), set()).add(who)
    return {
        (
            *pair,
            *(near[pair], far[pair], len(applicants.get(pair, ()))),
            *(near_others[pair], far_others[pair]),
        )
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
    columns += ["near_exposed", "far_exposed"]
    assert set(found[columns].itertuples(index=False, name=None)) == bundled(rows)
    assert len(found) == len(bundled(rows))


def filed(*rows, **values):
    """Applications: (applicant, item or code, system, day of the year)."""
    return [
        case(
            None,
            submitted_at=pd.Timestamp(START + timedelta(days=int(day), hours=9)),
            applicant_key=who,
            item_code=code,
            catalog_code=f"K{code}",
            source_system=system,
            **values,
        )
        for who, code, system, day in rows
    ]


def test_exposure_counts_the_pairs_of_others_that_there_could_be():
    """By code, in two systems, one by one; of an item open for a month nothing is far apart."""
    rng = np.random.default_rng(3)
    known = [
        (f"p{rng.integers(30)}", code, "STU"[rng.integers(3)], first + rng.integers(length))
        for code, first, length in (("A", 0, 200), ("B", 100, 90), ("C", 50, 28))
        for _ in range(60)
    ]
    expected = {code: np.zeros(91) for code in "ABC"}
    for n, (who, code, system, day) in enumerate(known):
        for other, same, elsewhere, later in known[:n]:
            lag = abs(day - later)
            if code == same and who != other and system != elsewhere and lag <= 90:
                expected[code][lag] += 1
    of = counted(grounds(filed(*known), [item(code) for code in "ABC"]))
    found = exposure(of.daily, of.pairs)
    assert list(found.index) == ["KA", "KB"]
    for code in "AB":
        assert found.loc[f"K{code}"].tolist() == expected[code].tolist()


EVEN = pd.DataFrame(np.ones((1, 91)), index=["K"])


def paired(lags, groups, **values):
    return pd.DataFrame({"code": "K", "lag": lags, "applicant": groups}).assign(**values)


def test_excess_is_what_placebo_lags_do_not_explain():
    """1,200 days of equal traffic: 60 placebo lags hold 60 pairs, so eight days hold about eight."""
    lags = [*range(31, 91), *[3] * 20]
    found = excess(paired(lags, range(80)), EVEN, 7)
    assert (found.found, found.placebo, found.expected) == (20, 60, pytest.approx(8))
    assert found.excess == pytest.approx(12)
    assert found.low < 12 < found.high
    assert found.p_value < 0.01
    clumped = excess(paired(lags, [*range(60), *[99] * 20]), EVEN, 7)
    assert clumped.low < found.low  # one applicant's twenty pairs say less
    assert excess(paired(lags[:60], range(60)), EVEN, 7).p_value > 0.5


def test_what_every_pair_weighs_scales_the_excess_and_changes_no_test():
    pairs = paired([*range(31, 91), *[3] * 20], range(80))
    alone, heavy = excess(pairs, EVEN, 7), excess(pairs.assign(weight=5.0), EVEN, 7)
    assert heavy.p_value == pytest.approx(alone.p_value)
    for name in ("found", "expected", "low", "high", "excess"):
        assert getattr(heavy, name) == pytest.approx(5 * getattr(alone, name))


def test_codes_are_scaled_each_by_its_own_chances():
    """K: 8 of 60; L: 16 of 60, where another code is open on fewer days. Six and six far pairs."""
    exposed = pd.DataFrame([[1.0] * 91, [2.0] * 31 + [1.0] * 60], index=["K", "L"])
    pairs = pd.concat([paired([40] * 6, range(6)), paired([40] * 6, range(6, 12), code="L")])
    assert excess(pairs, exposed, 7).expected == pytest.approx(6 * 8 / 60 + 6 * 16 / 60)


def test_nothing_found_at_all_is_no_excess():
    found = excess(paired([], []).astype({"lag": "int64"}), EVEN, 7)
    assert (found.found, found.expected, found.p_value) == (0, 0, 1)
    assert found.low <= 0 <= found.high


def asked(rows, items, *questions):
    """Answer some questions of this problem, and judge them."""
    of = grounds(rows, items)
    return judged([(each, each.answer(of)) for each in QUESTIONS if each.id in questions])


OF_PAIRS = ("duplicates_beyond_chance", "duplicates_later", "duplicates_materials")


def of_few_days(days):
    """Three hundred applicants, and forty who file twice, all within some days."""
    rng = np.random.default_rng(5)
    once = [(f"z{n}", "A", "ST"[n % 2], rng.integers(days)) for n in range(300)]
    twice = [(f"p{n}", "A", system, rng.integers(days)) for n in range(40) for system in "ST"]
    return filed(*once, *twice)


@pytest.mark.parametrize("days", [1, 30])
def test_without_placebo_lags_nothing_is_told(days):
    for found in asked(of_few_days(days), [item()], *OF_PAIRS):
        assert found.verdict is Verdict.INSUFFICIENT
        assert found.answer.number is None
        assert "31—90日" in found.answer.reason


def test_an_item_open_for_a_month_makes_no_duplicates():
    """Its applicants file on days that have nothing to do with each other; it is left out, and told."""
    rng = np.random.default_rng(5)
    short = [(f"s{n}", "B", system, rng.integers(28)) for n in range(100) for system in "ST"]
    others = [
        (f"o{n}", "A", system, rng.integers(365)) for n in range(500) for system in ("S", "T")
    ]
    (found,) = asked(filed(*short, *others), [item("A"), item("B")], OF_PAIRS[0])
    assert found.verdict is Verdict.NONE
    near = sum(abs(one[3] - two[3]) <= 7 for one, two in zip(short[::2], short[1::2], strict=True))
    assert near > 40
    assert found.answer.counts[2] == (
        "没有足够的31—90日间隔可对照的事项,7日内的重复对(未计)",
        near,
    )


def test_volume_alone_makes_no_duplicates():
    """Three thousand applicants file three times at random: chance alone, and of many there are many."""
    rng, many = np.random.default_rng(8), 3_000
    rows = [(f"p{n // 3}", "A", "ST"[rng.integers(2)], rng.integers(365)) for n in range(3 * many)]
    of = asked(filed(*rows, applicant_type="enterprise"), [item("A", materials_n=4)], *OF_PAIRS)
    # Of two random days, 365 × 15 − 2 × (1 + … + 7) of 365² are within a week.
    by_chance = 3 * many / 2 * (365 * 15 - 56) / 365**2
    for found, each in zip(of, (1, 1, 4), strict=True):
        counts = [n for _, n in found.answer.counts]
        assert counts[0] == pytest.approx(each * by_chance, rel=0.25)
        assert counts[1] == pytest.approx(each * by_chance, rel=0.1)
        assert found.verdict is Verdict.NONE


def test_a_later_application_counts_once_with_its_materials():
    """Ten firms file twice, five in three systems; three hundred others show when it is applied for."""
    rows = [(f"o{n}", "A", "STU"[n % 3], n) for n in range(300)]
    rows += [(f"p{n}", "A", s, 20 * n + day) for n in range(10) for s, day in (("S", 0), ("T", 2))]
    rows += [(f"p{n}", "A", "U", 20 * n + 4) for n in range(5)]  # after two others: two more pairs
    found = [each.answer for each in asked(filed(*rows), [item("A", materials_n=4)], *OF_PAIRS)]
    for answer, expected in zip(found, (20, 15, 60), strict=True):
        assert answer.number == pytest.approx(10_000 * expected / 325)
        assert answer.p_value < 1e-4
    assert found[1].evidence["后申请(件)"].sum() == 10 + 5 + 5
    assert found[2].evidence["重复提交(份)"].tolist() == [60]


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
    found = candidates(of.together).iloc[0]
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
    found = candidates(of.together.assign(near=19, far=1))
    assert found["adjusted_p"].iloc[0] < 0.05
    assert not found["candidate"].iloc[0]  # five applicants are too few


def test_items_of_one_season_are_no_bundle():
    """A and B are applied for in March only, C and D in ten weeks, on days without connection."""
    rng = np.random.default_rng(13)
    rows = [
        (f"{pair}{n}", code, "S", first + rng.integers(length))
        for pair, first, length in (("AB", 59, 31), ("CD", 150, 75))
        for n in range(200)
        for code in pair
    ]
    codes = [item(code) for code in "ABCD"]
    (found,) = asked(filed(*rows), codes, "bundle_candidates")
    assert found.answer.number == 0
    assert [n for _, n in found.answer.counts] == [1, 1, 1]  # C and D tested, A and B not
    (alone,) = asked(filed(*rows[:400]), codes, "bundle_candidates")
    assert alone.verdict is Verdict.INSUFFICIENT
    assert "31—90日" in alone.answer.reason
