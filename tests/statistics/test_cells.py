"""The cells themselves: cases alike in everything that is measured are one cell."""

from analysis.statistics.passes.cells import cells
from tests.tables.build import closed, year


def test_limits_and_stops_that_come_to_the_same_days_are_one_cell():
    """20 and 1.6 days, or 20.3 and 1.3, are 21 whole days; Tuesday to Tuesday are 5, less 1 of stops."""
    rows = [
        closed(
            "2022-03-01",
            "2022-03-01",
            "2022-03-08",
            statutory_days=limit,
            stopped_days_art45=stops,
            stopped_days_other=0.2,
        )
        for limit, stops in ((20.0, 1.6), (20.3, 1.3), (21.0, 1.1))
    ]
    other, two = cells(year(rows)).sort_values("n").to_dict("records")
    assert (other["n"], other["statutory_margin"], other["statutory_limit"]) == (1, 22 - 5, 21)
    assert (two["n"], two["statutory_margin"], two["statutory_limit"]) == (2, 21 - 5, 20 + 20)
    assert (two["days"], two["running_days"], two["statutory_taken"]) == (5, 5 - 1, 5 + 5)
    assert (two["promised_margin"], two["promised_taken"]) == (5 + 1 - 5, 5 + 5)
