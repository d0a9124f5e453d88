"""``check`` on the demo's 2022: right as it is; one case or one digit off, and it says which."""

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from analysis.check import Check, check, compare
from analysis.errors import XukeError
from analysis.sources.published import published_figures
from analysis.statistics.facts import Facts
from analysis.statistics.kept import kept_facts
from analysis.statistics.reconcile import reconcile
from analysis.tables.explanation import Explanation
from analysis.tables.year import Year

PRINTED = {
    "licence_items_total": "593",
    "licence_items_on_platform": "508",
    "applications": "1801779",
    "accepted": "1795742",
    "not_accepted": "5146",
    "completed": "1795762",
    "approved": "1792547",
    "disapproved": "2675",
    "time_compression_rate": "94.49",
    "instant_rate": "90.25",
    "avg_trips": "0.0024",
    "within_statutory_time": "100",
    "tolerant_departments_before": "19",
    "tolerant_items_before": "236",
    "tolerant_departments": "19",
    "tolerant_items": "241",
    "one_thing_packages": "127",
    "service_items_on_application": "2239",
    "service_items_material_reduced": "1965",
}
STATED = {
    "satisfaction_rate_agri_bureau",
    "violations_found_in_licensing",
    "service_circle_minutes",
    "cloud_hall_sites",
    "problems_listed",
    "measures_listed",
}
RESIDUALS = {"residual_acceptance": "891", "residual_outcome": "540", "residual_completion": "20"}


@cache
def unchanged(data: Path) -> Check:
    return checked(data)


def checked(data: Path, year: int = 2022) -> Check:
    return check(Year.open("demo", year, data=data), data=data)


def test_every_printed_figure_of_2022(demo_data: Path) -> None:
    found = unchanged(demo_data)
    rows = found.compared.set_index("id")
    assert found.passed
    assert set(rows.index) == set(PRINTED) | STATED | set(RESIDUALS)
    for key, printed in PRINTED.items():
        assert (rows.at[key, "published"], rows.at[key, "computed"]) == (printed, printed)
        assert rows.at[key, "verdict"] == "校准一致"
    for key, left in RESIDUALS.items():
        assert (rows.at[key, "published"], rows.at[key, "computed"]) == (left, left)
        assert rows.at[key, "verdict"] == "差额"
    assert set(rows.loc[list(STATED), "verdict"]) == {"仅陈述"}


@pytest.mark.parametrize("year", [2021, 2023])
def test_years_without_a_report_pass_and_claim_nothing(demo_data: Path, year: int) -> None:
    found = checked(demo_data, year)
    assert found.passed
    assert found.compared.empty
    assert set(found.figures()["published"]) == {""}


def rewrite(data: Path, table: str, change: str, where: str = "true") -> None:
    """Replace a table of 2022 by a query over it (``t``); some rows must meet ``where``."""
    path = data / "years" / "demo" / "2022" / f"{table}.parquet"
    new = path.with_suffix(".new")
    with duckdb.connect() as con:
        con.execute(f"CREATE VIEW t AS SELECT * FROM read_parquet('{path}')")
        assert con.execute(f"SELECT count(*) FROM t WHERE {where}").fetchall() > [(0,)]
        con.execute(f"COPY ({change}) TO '{new}' (FORMAT parquet)")
    new.replace(path)


def edit(data: Path, table: str, where: str, **to: str) -> None:
    """Set columns of the rows of 2022 that match."""
    changed = ", ".join(
        f"CASE WHEN {where} THEN {value} ELSE {column} END AS {column}"
        for column, value in to.items()
    )
    rewrite(data, table, f"SELECT * REPLACE ({changed}) FROM t", where)


ONE = "case_id = (SELECT min(case_id) FROM t WHERE outcome = 'approved' AND closed_at < '2022-06-01' AND submitted_at > '2022-01-01' AND case_type = '1')"


def service(condition: str) -> str:
    """Select one service of the catalogue that meets a condition, with all its rows."""
    return (
        "impl_code = (SELECT min(impl_code) FROM t WHERE valid_to IS NULL "
        f"AND item_version = 1 AND {condition})"
    )


CASES: dict[str, tuple[Callable[[Path], None], set[str]]] = {
    "one case removed": (
        lambda data: rewrite(data, "cases", f"SELECT * FROM t WHERE NOT ({ONE})"),
        {"applications", "accepted", "completed", "approved"},
    ),
    "one case added": (
        lambda data: rewrite(
            data,
            "cases",
            f"SELECT * FROM t UNION ALL SELECT * REPLACE ('NEW' AS case_id) FROM t WHERE {ONE}",
        ),
        {"applications", "accepted", "completed", "approved"},
    ),
    "one decision changed": (
        lambda data: edit(data, "cases", ONE, outcome="'refused'"),
        {"approved", "disapproved"},
    ),
    "one case late": (
        lambda data: edit(data, "cases", ONE, closed_at="TIMESTAMP '2022-12-30 10:00:00'"),
        {"within_statutory_time"},
    ),
}
ITEMS: dict[str, tuple[Callable[[Path], None], set[str]]] = {
    "one licence off the platform": (
        lambda data: edit(
            data, "items", service("item_type = '01' AND in_prov_system"), in_prov_system="false"
        ),
        {"licence_items_on_platform"},
    ),
    "one tolerance service less": (
        lambda data: edit(data, "items", service("tolerance_ok"), tolerance_ok="false"),
        {"tolerant_items", "tolerant_items_before"},
    ),
    "one tolerance service more": (
        lambda data: edit(data, "items", service("NOT tolerance_ok"), tolerance_ok="true"),
        {"tolerant_items", "tolerant_items_before"},
    ),
    "one service with no fewer materials": (
        lambda data: edit(
            data,
            "items",
            service("materials_n < materials_n_base"),
            materials_n_base="materials_n",
        ),
        {"service_items_material_reduced"},
    ),
    "one immediate item turned commitment": (
        lambda data: edit(
            data,
            "items",
            "item_code = (SELECT min(item_code) FROM t WHERE grain = 'handling' AND case_type = '1')",
            case_type="'2'",
        ),
        {"instant_rate"},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_smallest_change_of_rows_is_noticed(year_2022: Path, name: str) -> None:
    change, named = CASES[name]
    change(year_2022)
    found = checked(year_2022)
    assert not found.passed
    assert named <= set(found.failing["id"])


@pytest.mark.parametrize("name", ITEMS)
def test_the_smallest_change_of_items_is_noticed(
    demo_data: Path, year_2022: Path, name: str
) -> None:
    """The cases are as they were: they need no counting again."""
    change, named = ITEMS[name]
    change(year_2022)
    year = Year.open("demo", 2022, data=year_2022)
    counted = facts(demo_data)
    compared = compare(Facts(year, counted.tally, year.items, counted.oversight))
    assert named <= set(compared.loc[compared["verdict"] == "不一致", "id"])


@pytest.mark.parametrize("figure", PRINTED)
def test_the_last_digit_of_the_print_is_noticed(demo_data: Path, figure: str) -> None:
    published = published_figures("huadu_district_2022", data=demo_data)
    at = published.index[published["figure"] == figure][0]
    value = str(published.at[at, "value"])
    published.at[at, "value"] = value[:-1] + str((int(value[-1]) + 1) % 10)
    compared = reconcile(facts(demo_data), published)
    failing = set(compared.loc[compared["verdict"] == "不一致", "id"])
    assert figure in failing
    assert failing <= {figure, *RESIDUALS}


@cache
def facts(data: Path) -> Facts:
    return kept_facts(Year.open("demo", 2022, data=data))


def test_the_example_of_an_explained_difference_works(demo_data: Path) -> None:
    """Explaining one printed figure also covers the residual that it is part of."""
    published = published_figures("huadu_district_2022", data=demo_data)
    published.loc[published["figure"] == "not_accepted", "value"] = "5143"
    said = Explanation(Decimal(3), "印刷后补录3件", "政务服务科", "2023-05-10")
    rows = reconcile(facts(demo_data), published, {"not_accepted": said}).set_index("id")
    assert rows.at["not_accepted", "verdict"] == "已说明"
    assert rows.at["residual_acceptance", "verdict"] == "已说明"
    assert "不一致" not in set(rows["verdict"])


def test_a_printed_round_number_that_is_exact_is_compared(demo_data: Path) -> None:
    published = published_figures("huadu_district_2022", data=demo_data)
    published.loc[published["figure"] == "accepted", "rounding"] = "1万"
    rows = reconcile(facts(demo_data), published).set_index("id")
    assert rows.at["accepted", "verdict"] == "不一致"


def test_an_unknown_unit_is_told_as_what_it_is(year_2022: Path) -> None:
    edit(year_2022, "items", "grain = 'handling'", statutory_unit="'X'")
    with pytest.raises(XukeError, match=r"法定办结时限单位.*不在代码表"):
        checked(year_2022)


def test_one_row_of_a_service_with_other_materials_is_noticed(year_2022: Path) -> None:
    several = "(SELECT min(item_code) FROM t WHERE item_code LIKE '%02' AND valid_to IS NULL)"
    edit(
        year_2022,
        "items",
        f"item_code = {several}",
        materials_n_base="materials_n + CASE WHEN materials_n_base > materials_n THEN 0 ELSE 1 END",
    )
    found = checked(year_2022)
    assert not found.passed
    assert found.problems["rule"].str.contains("减材料").any()


def test_a_case_lost_between_two_years_is_noticed(demo_data: Path, year_2022: Path) -> None:
    """Open all year, it is in no flow of 2022: only the stock of the year before tells."""
    before = year_2022 / "years" / "demo" / "2021"
    before.symlink_to(demo_data / "years" / "demo" / "2021")
    waiting = "(SELECT min(case_id) FROM t WHERE submitted_at < '2022-01-01')"
    rewrite(year_2022, "cases", f"SELECT * FROM t WHERE case_id <> {waiting}")
    found = checked(year_2022)
    assert not found.passed
    assert len(found.discontinuities) == 1
    row = found.discontinuities.iloc[0]
    assert row["expected"] - row["found"] == 1


def test_rows_that_contradict_themselves_are_named(year_2022: Path) -> None:
    edit(year_2022, "cases", ONE, closed_at="accepted_at - INTERVAL 3 DAY")
    problems = checked(year_2022).problems
    assert list(problems["rule"]) == ["办结时间早于受理时间"]
    assert list(problems["rows"]) == [1]


def test_figures_csv_has_its_columns(demo_data: Path) -> None:
    figures = unchanged(demo_data).figures()
    columns = "place year id variant term value unit numerator denominator kind grain scope cutoff"
    columns += " section published difference verdict data"
    assert set(columns.split()) <= set(figures.columns)
    assert set(figures["data"]) == {"synthetic"}
    assert not figures.duplicated(["id", "variant"]).any()
    assert isinstance(figures, pd.DataFrame)
