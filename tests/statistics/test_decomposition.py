"""A change of a rate, decomposed: exact, additive, and right where it can be worked out by hand."""

from fractions import Fraction

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.decomposition import EFFECTS, by_member, decomposed
from analysis.statistics.facts import Facts
from analysis.statistics.registry import REGISTRY
from tests.tables.build import closed, item, year

parts = st.dictionaries(
    st.sampled_from("abcdefg"), st.tuples(st.integers(0, 10**6), st.integers(0, 10**5)), max_size=7
)


def frame(rows: dict[str, tuple[int, int]]) -> pd.DataFrame:
    names = ["name", "numerator", "denominator"]
    return pd.DataFrame([(k, *v) for k, v in rows.items()], index=list(rows), columns=names)


@given(parts, parts)
def test_the_effects_add_up_exactly(before, now) -> None:
    found = decomposed(frame(before), frame(now))
    sums = [[sum(row[at] for row in rows.values()) for at in (0, 1)] for rows in (before, now)]
    # A part without a denominator has no rate; its numerator belongs to no part.
    kept = [sum(row[0] for row in rows.values() if row[1]) for rows in (before, now)]
    if not (sums[0][1] and sums[1][1]):
        assert found is None
        return
    assert found is not None
    if [row[0] for row in sums] == kept:
        assert found.change == Fraction(*sums[1]) - Fraction(*sums[0])
        assert sum(found.total(effect) for effect in EFFECTS) == found.change


@given(parts)
def test_nothing_changes_without_a_change(rows) -> None:
    found = decomposed(frame(rows), frame(rows))
    assert found is None or not any(found.total(effect) for effect in EFFECTS)


def test_worked_out_by_hand() -> None:
    """The rates of both parts stay; the slow one grows: all of the change is the mix."""
    before = {"quick": (100, 100), "slow": (100, 10)}  # 1 day and 10 days
    now = {"quick": (100, 100), "slow": (1000, 100)}
    found = decomposed(frame(before), frame(now))
    assert found is not None
    assert (found.before, found.now) == (Fraction(200, 110), Fraction(1100, 200))
    assert found.total("mix") == found.change
    # The mix the other way round: the same shares, the slow part slower by 1 day.
    slower = decomposed(frame(before), frame({"quick": (100, 100), "slow": (110, 10)}))
    assert slower is not None
    assert (slower.total("rate"), slower.total("mix")) == (Fraction(10, 110), 0)


def test_what_came_and_what_went_stand_apart() -> None:
    found = decomposed(
        frame({"old": (4, 2), "both": (2, 2)}), frame({"new": (9, 3), "both": (3, 3)})
    )
    assert found is not None
    mean = (Fraction(6, 4) + Fraction(12, 6)) / 2
    assert found.total("entered") == Fraction(3, 6) * (3 - mean)
    assert found.total("left") == -Fraction(2, 4) * (2 - mean)
    assert sum(found.total(effect) for effect in EFFECTS) == found.change == Fraction(1, 2)


def test_the_parts_of_a_figure_make_the_figure() -> None:
    """The items of a year are the parts of its mean: 8 March is 4 working days, 10 March is 6."""
    facts = Facts.of(
        year(
            [
                closed("2022-03-01", "2022-03-02", "2022-03-08"),
                closed("2022-03-01", "2022-03-02", "2022-03-10", item_code="B"),
                closed("2022-03-01", "2022-03-02", "2022-03-10", item_code="B"),
            ],
            [item("A"), item("B")],
        )
    )
    (found,) = by_member([REGISTRY["mean_days", "commitment"]], facts)
    assert dict(found["numerator"]) == {"A": 4, "B": 12}
    assert dict(found["denominator"]) == {"A": 1, "B": 2}
