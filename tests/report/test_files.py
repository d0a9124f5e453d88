"""The workbook and the JSON of figures: accessible, valid, safe, the same bytes."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import jsonschema
import openpyxl
import pandas as pd
import pytest

from analysis.check import compare
from analysis.publish.write import csv
from analysis.report.edition import Edition, Sheet
from analysis.report.edition import edition as edition_of
from analysis.report.machine import document, figures_json
from analysis.report.reconciled import printed_report, provenance
from analysis.report.workbook import workbook
from analysis.report.workbook.pages import pages
from analysis.statistics.facts import Facts
from tests.report.editions import LABEL, LABELLED, small_edition
from tests.statistics.supervised import supervised_year

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs/figures.schema.json").read_text(encoding="utf-8"))
EVIL = '=HYPERLINK("http://x","y")'


@pytest.fixture(scope="module")
def edition() -> Edition:
    return small_edition()


@pytest.fixture(scope="module")
def book(edition: Edition) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(workbook(edition)))


def test_the_first_sheet_says_what_the_others_hold(book: openpyxl.Workbook) -> None:
    contents = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in contents.iter_rows(min_row=5, max_col=3)]
    assert [row[0] for row in rows] == book.sheetnames[1:]
    for (name, _, n), cell in zip(rows, contents["A"][4:], strict=True):
        table = next(iter(book[name].tables.values()))
        first, last = (int("".join(filter(str.isdigit, end))) for end in table.ref.split(":"))
        assert last - first == n
        assert cell.hyperlink.location == f"'{name}'!A1"


def test_each_sheet_is_one_named_table_that_a_screen_reader_can_read(book) -> None:
    names = [name for sheet in book for name in sheet.tables]
    assert len(names) == len(set(names)) == len(book.sheetnames)
    for sheet in book:
        assert not sheet.merged_cells.ranges
        assert sheet["A1"].value
        assert sheet["A2"].value == LABEL
        assert "演示数据" in sheet.oddHeader.center.text
        table = next(iter(sheet.tables.values()))
        head, *rows = sheet[table.ref]
        assert head[0].row == 4
        assert sheet.freeze_panes.endswith("5")
        assert [cell.value for cell in head] == [column.name for column in table.tableColumns]
        assert len({cell.value for cell in head}) == len(head)
        assert all(cell.value is not None for row in rows for cell in row)
        assert sheet.max_row == rows[-1][0].row  # nothing beside or below the table


def test_figures_are_numbers_with_their_decimals(book, edition: Edition) -> None:
    head, *rows = [list(row) for row in book["指标"].iter_rows(min_row=4)]
    at = {cell.value: n for n, cell in enumerate(head)}
    expected = edition.figures.to_dict("records")
    assert len(rows) == len(expected)
    for row, figure in zip(rows, expected, strict=True):
        cell = row[at["数值"]]
        assert row[at["编号"]].value == figure["id"]
        if not figure["value"]:
            assert (cell.value, row[at["未计算的原因"]].value) == ("—", figure["reason"])
            continue
        assert cell.data_type == "n"
        assert float(figure["value"]) == cell.value
        decimals = len(figure["value"].partition(".")[2])
        assert cell.number_format == "#,##0" + ("." + "0" * decimals if decimals else "")


def test_all_figures_are_defined(book, edition: Edition) -> None:
    rows = list(book["口径"].iter_rows(min_row=5, values_only=True))
    found = [(row[0], "" if row[1] == "—" else row[1]) for row in rows]
    assert found == list(zip(edition.figures["id"], edition.figures["variant"], strict=True))
    assert all(row[4] != "—" and row[9] != "—" for row in rows)  # formula and source


def test_data_bring_no_formula_and_no_link() -> None:
    evil = replace(LABELLED, name=EVIL, label=EVIL, assumptions=(EVIL, "+1", "@x", "http://x"))
    edition = small_edition(place=evil)
    sheet = replace(edition.sheets[0], frame=edition.sheets[0].frame.rename(index={"甲局": EVIL}))
    reasons = edition.figures.assign(reason=EVIL, value="")
    made = workbook(replace(edition, figures=reasons, sheets=(sheet,)))
    book = openpyxl.load_workbook(BytesIO(made))
    cells = [cell for each in book for row in each.iter_rows() for cell in row]
    assert sum(cell.value == EVIL for cell in cells) > 100
    assert not [cell for cell in cells if cell.data_type == "f"]
    links = {cell.hyperlink.target for cell in cells if cell.hyperlink}
    assert links == {None}  # inside the book


def test_csv_holds_no_formula_and_may_tell_excel_its_encoding() -> None:
    frame = pd.DataFrame({"a": [EVIL, "-20", "+3.5", "-1/3", "@x", "甲", ""], "b": range(7)})
    text = csv(frame)
    assert text.splitlines()[1].startswith("\"'=HYPERLINK(")
    assert [line.rpartition(",")[0] for line in text.splitlines()[2:]] == [
        "-20", "+3.5", "-1/3", "'@x", "甲", ""
    ]  # fmt: skip
    assert csv(frame, bom=True).encode() == b"\xef\xbb\xbf" + text.encode()


def test_json_is_as_the_schema_says(edition: Edition) -> None:
    found = json.loads(figures_json(edition))
    validator = jsonschema.Draft202012Validator(SCHEMA)
    validator.check_schema(SCHEMA)
    validator.validate(found)
    for broken in (
        found | {"label": ""},  # made-up data without a label
        found | {"year": "2022"},
        {name: value for name, value in found.items() if name != "cutoff"},
        found | {"figures": [found["figures"][0] | {"value": 1.0}]},
        found | {"figures": [found["figures"][0] | {"value": None}]},  # without a reason
    ):
        assert not validator.is_valid(broken | {"data": "synthetic"})


def test_json_says_what_the_figures_say(edition: Edition) -> None:
    found = document(edition)
    rows = edition.figures.to_dict("records")
    assert [figure["value"] or "" for figure in found["figures"]] == [row["value"] for row in rows]
    table = found["tables"][0]
    assert (table["name"], table["rows"]) == ("departments", "部门")
    frame = edition.sheets[0].frame
    assert [row["label"] for row in table["data"]] == list(frame.index)
    assert table["data"][0]["values"] == frame.iloc[0].to_list()


def test_what_is_not_public_is_told_apart_from_what_is_not_there(edition: Edition) -> None:
    figures = edition.figures.copy()
    figures.loc[0, ["value", "reason"]] = ["*", "公开版已抑制"]
    hidden = replace(edition, figures=figures, audience="public")
    assert document(hidden)["figures"][0]["value"] is None
    jsonschema.validate(document(hidden) | {"data": "real"}, SCHEMA)
    book = openpyxl.load_workbook(BytesIO(workbook(hidden)))
    assert book["指标"]["D5"].value == "*"


def test_nothing_is_cut_off(edition: Edition) -> None:
    rows = pd.DataFrame({"件": [1795762, "*"], "说明": ["短", "字" * 60]}, index=["甲局", "乙局"])
    sheet = Sheet("wide", "宽表", "", rows.rename_axis("部门"))
    made = openpyxl.load_workbook(BytesIO(workbook(replace(edition, sheets=(sheet,)))))["宽表"]
    assert made.column_dimensions["B"].width >= len("1,795,762") + 2  # and the indent
    assert made["B6"].value == "*"
    assert made["B6"].alignment.horizontal == made["B5"].alignment.horizontal == "right"
    columns = made.column_dimensions["C"].width
    assert made.row_dimensions[6].height >= 15 * (60 * 2 / columns)
    assert made.row_dimensions[5].height in (None, 15)


def test_workbook_and_page_name_the_printed_report_alike() -> None:
    place = replace(LABELLED, published={2022: "huadu_district_2022"})
    made = small_edition(place=place)
    year = replace(made.year, year=2022)
    rows = pages(replace(made, year=year))[-1].frame.set_index("项目")["内容"]
    assert "花都区" in rows["公开报告"]
    assert rows["公开报告"] in provenance(year, printed_report(year))


def test_two_processes_write_the_same_bytes() -> None:
    """In another time zone, locale and hash order; written with different times of day."""
    command = [sys.executable, "-m", "tests.report.editions"]
    said = [
        subprocess.run(
            command, cwd=ROOT, env=os.environ | other, capture_output=True, check=True, text=True
        ).stdout
        for other in (
            {"TZ": "UTC", "PYTHONHASHSEED": "1"},
            {"TZ": "Asia/Shanghai", "LC_CTYPE": "C", "PYTHONHASHSEED": "2"},
        )
    ]
    assert said[0] == said[1]
    assert len(said[0].split()) == 6


def test_a_year_that_cannot_tell_refusals_has_a_workbook_all_the_same() -> None:
    """Its column of refusals has no numbers; the presets of two systems are so."""
    year = supervised_year(place=LABELLED)
    facts = Facts.of(replace(year, absent={"cases.outcome=refused": "没有代码"}))
    made = edition_of(facts, None, compare(facts))
    assert workbook(made)[:2] == b"PK"
    (departments,) = [sheet.frame for sheet in made.sheets if sheet.name == "departments"]
    assert departments["审批不同意"].isna().all()
