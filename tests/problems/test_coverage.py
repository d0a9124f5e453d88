"""A short run of ``benchmarks/coverage.py``: shares within what so few seeds allow."""

from benchmarks.coverage import trials
from scipy.stats import binom

SEEDS = 8


def test_intervals_cover_and_alarms_are_few():
    table = trials(range(SEEDS)).set_index("name")
    for name, row in table.iterrows():
        if "对照" in name:  # the usual interval, shown beside ours
            continue
        for kind in ("", "_nothing"):
            covered, of = row[f"covered{kind}"], row[f"intervals{kind}"]
            if of:  # intervals of one world are taken for one, which is on the safe side
                assert SEEDS * covered / of >= binom.ppf(0.0005, SEEDS, 0.95), name
        assert row["alarms"] <= binom.ppf(0.9995, SEEDS, 0.05), name
