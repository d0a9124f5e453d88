"""How the numbers of findings are said."""

import pytest

from analysis.problems.findings import QUESTIONS, with_unit


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.0, "0.000%"), (0.0002, "不到 0.001%"), (0.0005, "0.001%"), (1.2345, "1.235%")],
)
def test_a_few_are_not_printed_as_none(value: float, said: str) -> None:
    assert with_unit(value, QUESTIONS["late_closed_statutory"]) == said
