"""A city of eleven districts: what their tallies add up to is what all their cases give together."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from analysis.federation.file import read, write
from analysis.federation.tallies import Tallies, added, counted
from analysis.report.edition import months
from analysis.statistics.facts import Facts
from analysis.statistics.figures import figures
from analysis.statistics.registry import REGISTRY
from analysis.tables.place import Place
from analysis.tables.year import Year
from tests.engines.years import SHORT, random_tables
from tests.statistics.test_random_supervision import places

DISTRICTS = 11
CUTOFFS = [date(2024, 12, 31), date(2024, 2, 29)]
COUNTED = ("items", "cases", "inspections", "evaluations", "staff")
VALUES = ["id", "variant", "value", "numerator", "denominator", "reason"]


def own_departments(rows: dict[str, list], n: int) -> dict[str, pd.DataFrame]:
    """The tables of a district: a department belongs to one of them only."""
    return {
        name: frame.assign(dept_code=f"{n}-" + frame["dept_code"].astype("str"))
        if name != "items"
        else frame
        for name, frame in random_tables(rows).items()
    }


def place(n: int) -> Place:
    return Place(f"d{n}", f"第{n}区", SHORT.calendar)


@pytest.mark.full
def test_eleven_districts_of_the_demo_are_the_demo(few_demo_cases: Path, tmp_path: Path) -> None:
    """Its departments shared out among eleven districts, which hand up a tally each."""
    whole = Year.open("demo", 2022, data=few_demo_cases)
    tables = {name: table.to_pandas() for name, table in whole.tables.items() if name in COUNTED}
    departments = sorted(set(tables["cases"]["dept_code"]) | set(tables["items"]["dept_code"]))
    district = {code: n % DISTRICTS for n, code in enumerate(departments)}
    files = []
    for n in range(DISTRICTS):
        own = {
            name: rows[rows["dept_code"].map(district) == n] if name != "items" else rows
            for name, rows in tables.items()
        }
        year = Year.from_frames(place(n), 2022, own, synthetic=True)
        write(counted(year), tmp_path / f"{n}")
        files.append(read(tmp_path / f"{n}"))

    found, union = (figures(facts)[VALUES] for facts in (added(files).facts, Facts.of(whole)))
    additive = [figure.additive for figure in REGISTRY.values()]
    pd.testing.assert_frame_equal(found[additive], union[additive])
    assert union.loc[additive, "value"].ne("").sum() > 60
    together, alone = (months(facts).loc["合计"] for facts in (added(files).facts, Facts.of(whole)))
    pd.testing.assert_series_equal(together, alone)


@given(
    districts=st.lists(places(), min_size=DISTRICTS, max_size=DISTRICTS),
    cutoff=st.sampled_from(CUTOFFS),
)
@settings(
    max_examples=1,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_the_city_is_the_sum_of_its_districts(tmp_path: Path, districts, cutoff) -> None:
    tables = [own_departments(rows, n) for n, rows in enumerate(districts)]
    for n, own in enumerate(tables):
        year = Year.from_frames(place(n), 2024, own, cutoff=cutoff)
        write(Tallies.of(year, "0"), tmp_path / f"{n}")
    files = [read(tmp_path / f"{n}") for n in range(DISTRICTS)]
    # In two steps: what has been added up can be added up again.
    write(added(files[:4]), tmp_path / "south")
    city = added([read(tmp_path / "south"), *files[4:]])

    together = {
        name: pd.concat([own[name] for own in tables], ignore_index=True) for name in tables[0]
    } | {"items": tables[0]["items"]}
    union = figures(Year.from_frames(SHORT, 2024, together, cutoff=cutoff))[VALUES]
    found = figures(city.facts)[VALUES]

    additive = [figure.additive for figure in REGISTRY.values()]
    assert sum(additive) > 60
    pd.testing.assert_frame_equal(found[additive], union[additive])
    others = found[[not each for each in additive]]
    assert others["value"].eq("").all()
    for figure, reason in zip(
        (f for f in REGISTRY.values() if not f.additive), others["reason"], strict=True
    ):
        assert figure.compute is None or reason == f"数据不足:{figure.not_additive}"
