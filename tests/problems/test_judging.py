"""When a number is called what: of few cases nothing, of an estimate what its whole interval says."""

import pytest

from analysis.problems.finding import Answer, Interval, Threshold, Verdict
from analysis.problems.judging import verdict
from analysis.problems.shares import enough, share

LINES = Threshold(20, 10, "")
TERMS = ("坏的", "全部")


@pytest.mark.parametrize(("whole", "known"), [(1, False), (29, False), (30, True)])
def test_a_share_needs_thirty(whole, known):
    answer = enough(share(whole, whole, TERMS))
    assert (answer.number is not None) == known
    assert answer.counts == (("坏的", whole), ("全部", whole))
    expected = Verdict.EVIDENT if known else Verdict.INSUFFICIENT
    assert verdict(answer, LINES, None) is expected


def test_what_is_no_share_needs_no_number_of_cases():
    assert enough(Answer(5.0, counts=(("对", 5),))).number == 5


@pytest.mark.parametrize(
    ("low", "said"),
    [(20.0, Verdict.EVIDENT), (19.9, Verdict.SIGNS), (9.9, Verdict.NONE), (-3.0, Verdict.NONE)],
)
def test_the_whole_interval_must_reach_the_line(low, said):
    assert verdict(Answer(50.0, interval=Interval(low, 90.0, "", "")), LINES, 0.001) is said


def test_what_chance_may_have_made_is_nothing():
    assert verdict(Answer(50.0), LINES, 0.06) is Verdict.NONE
