"""The committed printed figures: consistent, and the 2022 report's as they are printed."""

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import XukeError
from analysis.sources.differences import explanations
from analysis.sources.published import published_figures, published_source
from analysis.tables import TABLES
from analysis.tables.place import places

DATA = Path(__file__).parents[2] / "data"
FIGURES = pd.read_csv(DATA / "published" / "figures.csv", dtype=str, keep_default_na=False)
SOURCES = pd.read_csv(DATA / "published" / "sources.csv", dtype=str, keep_default_na=False)

# Read from the report of 花都区 for 2022, word for word.
HUADU_2022 = {
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
    "tolerant_departments_before": "19",
    "tolerant_items_before": "236",
    "tolerant_departments": "19",
    "tolerant_items": "241",
    "one_thing_packages": "127",
    "service_items_on_application": "2239",
    "service_items_material_reduced": "1965",
}


@pytest.mark.parametrize("figure", HUADU_2022)
def test_figure_of_the_2022_report(figure):
    printed = published_figures("huadu_district_2022", data=DATA).set_index("figure")
    assert printed.loc[figure, "value"] == HUADU_2022[figure]


def test_words_of_the_2022_report_are_marked_as_words():
    printed = published_figures("huadu_district_2022", data=DATA).set_index("figure")
    within = printed.loc["within_statutory_time"]
    assert (within["value"], within["basis"]) == ("100", "words")
    assert set(printed.loc[list(HUADU_2022), "basis"]) == {"printed"}


def test_residuals_of_the_2022_report():
    printed = published_figures("huadu_district_2022", data=DATA).set_index("figure")["value"]
    n = {key: int(printed[key]) for key in list(HUADU_2022)[2:8]}
    assert n["applications"] - n["accepted"] - n["not_accepted"] == 891
    assert n["accepted"] - n["completed"] == -20
    assert n["completed"] - n["approved"] - n["disapproved"] == 540


def test_columns_are_the_declared_ones():
    assert list(FIGURES) == [column.name for column in TABLES["published"].columns]


def test_no_figure_stands_twice():
    assert not FIGURES.duplicated(["report", "figure"]).any()
    assert not SOURCES["report"].duplicated().any()


@pytest.mark.parametrize(
    "column", ["report", "figure", "term", "value", "rounding", "basis", "kind"]
)
def test_required_columns_are_filled(column):
    assert (FIGURES[column].str.strip() == FIGURES[column]).all()
    assert (FIGURES[column] != "").all()


@pytest.mark.parametrize("column", ["rounding", "basis", "kind"])
def test_codes_are_in_their_lists(column):
    assert set(FIGURES[column]) <= set(TABLES["published"][column].codes.terms)


def test_every_report_has_a_source_and_every_source_a_figure():
    assert set(FIGURES["report"]) == set(SOURCES["report"])


@pytest.mark.parametrize("column", ["place", "period", "title", "url", "publisher"])
def test_sources_are_complete(column):
    assert (SOURCES[column].str.strip() != "").all()


def test_addresses_are_addresses():
    assert SOURCES["url"].str.match(r"https?://[\w.-]+/\S+$").all()


def test_values_are_plain_numbers():
    assert FIGURES["value"].str.fullmatch(r"-?\d+(\.\d+)?").all()
    assert all(Decimal(value).is_finite() for value in FIGURES["value"])


def test_counts_are_whole_and_not_negative():
    counts = FIGURES[FIGURES["kind"] == "count"]
    assert counts["value"].str.fullmatch(r"\d+").all()


def test_shares_are_between_nought_and_a_hundred_percent():
    shares = FIGURES[(FIGURES["kind"] == "share") & (FIGURES["unit"] == "%")]
    assert len(shares)
    assert shares["value"].map(Decimal).between(0, 100).all()


def test_rounded_tens_of_thousands_have_the_noughts_that_rounding_leaves():
    for code, step in {"0.01万": 100, "0.1万": 1000, "1万": 10000}.items():
        for value in FIGURES.loc[FIGURES["rounding"] == code, "value"]:
            assert Decimal(value) % step == 0, value


def test_no_report_approves_more_than_it_completes():
    for report, rows in FIGURES.groupby("report"):
        values = rows.set_index("figure")["value"].map(Decimal)
        if {"completed", "approved"} <= set(values.index):
            assert values["approved"] <= values["completed"], report


def test_every_declared_place_is_held_to_a_report_that_exists():
    for place in places(DATA).values():
        for year, report in place.published.items():
            assert len(published_figures(report, data=DATA))
            assert published_source(report, data=DATA)["period"].startswith(str(year))


def test_source_of_a_report():
    source = published_source("huadu_district_2022", data=DATA)
    assert source["place"] == "广州市花都区"
    assert source["period"] == "2022"
    assert "2022年度行政许可实施和监督管理情况报告" in source["title"]


# Files that are not as they should be -----------------------------------------------------------

HEADER = "report,figure,term,value,unit,rounding,basis,kind,section,note"
ROW = "r,accepted,受理,5,件,exact,printed,count,一,"


def files(tmp_path, *rows, header=HEADER):
    folder = tmp_path / "published"
    folder.mkdir()
    (folder / "figures.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    (folder / "sources.csv").write_text(
        "report,place,period,title,url\nr,某区,2022,报告,https://example.org/1\n", encoding="utf-8"
    )
    return tmp_path


def test_figures_keep_their_order_and_their_decimals(tmp_path):
    data = files(
        tmp_path,
        ROW,
        "other,accepted,受理,9,件,exact,printed,count,一,",
        "r,instant_rate,即办率,90.20,%,decimals,printed,share,一,",
    )
    rows = published_figures("r", data=data)
    assert rows["figure"].tolist() == ["accepted", "instant_rate"]
    assert rows["value"].tolist() == ["5", "90.20"]
    assert rows["note"].tolist() == ["", ""]


def test_unknown_report_is_refused(tmp_path):
    data = files(tmp_path, ROW)
    with pytest.raises(XukeError, match=r"没有报告“q”"):
        published_figures("q", data=data)
    with pytest.raises(XukeError, match=r"没有报告“q”"):
        published_source("q", data=data)


def test_figure_that_stands_twice_is_refused(tmp_path):
    with pytest.raises(XukeError, match=r"“accepted”在报告“r”中登记了两次"):
        published_figures("r", data=files(tmp_path, ROW, ROW.replace(",5,", ",6,")))


def test_missing_column_is_refused(tmp_path):
    header = HEADER.replace("value,", "")
    with pytest.raises(XukeError, match=r"figures\.csv 缺少列:value"):
        published_figures("r", data=files(tmp_path, ROW.replace("5,", "", 1), header=header))


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(XukeError, match=r"published/figures\.csv 读不出来"):
        published_figures("r", data=tmp_path)


def test_file_in_another_encoding_is_refused(tmp_path):
    data = files(tmp_path, ROW)
    path = data / "published" / "figures.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    with pytest.raises(XukeError, match=r"published/figures\.csv 读不出来"):
        published_figures("r", data=data)


# Explained differences --------------------------------------------------------------------------

ENTRY = """
[[difference]]
place = "t"
year = 2022
figure = "accepted"
difference = "-2"
reason = "两件重复登记"
who = "张科员"
date = 2023-02-01
"""


def explained(tmp_path, text, place="t", year=2022):
    (tmp_path / "differences.toml").write_text(text, encoding="utf-8")
    return explanations(place, year, data=tmp_path)


def test_explanation(tmp_path):
    found = explained(tmp_path, ENTRY)["accepted"]
    assert found.difference == Decimal(-2)
    assert (found.reason, found.who, found.date) == ("两件重复登记", "张科员", "2023-02-01")


@pytest.mark.parametrize(
    ("written", "value"), [("-2", "-2"), ("0.01", "0.01"), ('"0.0003"', "0.0003")]
)
def test_difference_may_be_a_number_or_text(tmp_path, written, value):
    entry = ENTRY.replace('"-2"', written)
    assert explained(tmp_path, entry)["accepted"].difference == Decimal(value)


@pytest.mark.parametrize(("place", "year"), [("u", 2022), ("t", 2021), ("t", "2022")])
def test_explanations_of_another_place_or_year_do_not_count(tmp_path, place, year):
    assert explained(tmp_path, ENTRY, place, year) == {}


def test_no_file_means_no_explanations(tmp_path):
    assert explanations("t", 2022, data=tmp_path) == {}


@pytest.mark.parametrize("key", ["place", "year", "figure", "difference", "reason", "who", "date"])
def test_entry_that_lacks_something_is_refused(tmp_path, key):
    entry = "\n".join(line for line in ENTRY.splitlines() if not line.startswith(f"{key} ="))
    with pytest.raises(XukeError, match=r"differences\.toml 读不懂.*须有 place"):
        explained(tmp_path, entry)


@pytest.mark.parametrize(
    "text",
    [
        "[[difference",
        ENTRY.replace('"-2"', '"两件"'),
        'difference = "两件"',
        "[difference]\nplace = 't'\n",
        "difference = 3",
    ],
)
def test_file_that_makes_no_sense_is_refused(tmp_path, text):
    with pytest.raises(XukeError, match=r"differences\.toml 读不懂"):
        explained(tmp_path, text)


def test_file_in_another_encoding_makes_no_sense(tmp_path):
    (tmp_path / "differences.toml").write_bytes(ENTRY.encode("gb18030"))
    with pytest.raises(XukeError, match=r"differences\.toml 读不懂"):
        explanations("t", 2022, data=tmp_path)


@pytest.mark.parametrize("key", ["reason", "who"])
def test_empty_words_explain_nothing(tmp_path, key):
    empty = "\n".join(
        f'{key} = ""' if line.startswith(f"{key} =") else line for line in ENTRY.splitlines()
    )
    with pytest.raises(XukeError, match=r"differences\.toml"):
        explained(tmp_path, empty)


def test_one_figure_explained_twice_is_refused(tmp_path):
    """Otherwise the later entry would silently replace the earlier one."""
    with pytest.raises(XukeError, match=r"differences\.toml"):
        explained(tmp_path, ENTRY + ENTRY.replace("-2", "-3"))
