"""Public pages, read as a reader would: no small number, and none that follows from what is shown."""

import csv
import io
import json
import re
import shutil

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from bs4 import BeautifulSoup

from analysis.publish.task import BESIDE, FIGURES
from analysis.tables import TABLES
from analysis.tables.conform import conform
from tests.conftest import DATA
from tests.publish.project import Project
from tests.report import public_knowledge
from tests.report.attacker import Attacker
from tests.report.public_attack import K, Published, learnt
from tests.report.small_place import YEARS, place_frames


@pytest.fixture(scope="module")
def public(tmp_path_factory) -> Project:
    """The small place's public pages, made by the command with the real notebook."""
    project = Project(tmp_path_factory.mktemp("public"))
    (project.data / "places.toml").write_text(
        '[t]\nname = "测试区"\ncalendar = "china"\n', encoding="utf-8"
    )
    made = place_frames(1)
    for year, tables in made.items():
        folder = project.data / "years/t" / str(year)
        for name, frame in tables.items():
            pq.write_table(conform(frame, TABLES[name]), folder / f"{name}.parquet")
    notebooks = project.folder / "notebooks"
    shutil.copy(DATA.parent / "notebooks/statistics.ipynb", notebooks)
    done = project.run("--audience", "public")
    assert done.returncode == 0, done.stderr
    assert "没有公开版,不生成:page。" in done.stderr  # the project's own notebook has none
    return project


def page(project, year):
    return project.page(f"public/t/{year}/statistics.html")


def figures(project, year):
    file = project.reports / f"public/t/{year}/figures.csv"
    return pd.read_csv(file, dtype=str, keep_default_na=False)


def log(project):
    text = (project.reports / "public-internal/t/disclosure.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_public_folder_holds_what_is_public_and_the_list_lies_beside_it(public):
    made = set(public.published())
    names = ("statistics.html", FIGURES, *BESIDE)
    pages = {f"public/t/{year}/{file}" for year in YEARS for file in names}
    assert made == pages | {"public/index.html", "public-internal/t/disclosure.csv"}
    listed = json.loads((public.reports / "public-internal/t/manifest.json").read_text("utf-8"))
    assert list(listed["outputs"]) == ["disclosure.csv"]


def test_no_small_number_is_shown_but_what_the_list_excepts(public):
    """In tables and files: counts of 1 to 4 are there only where the list names them."""
    excepted = {(row["行"], row["列"]) for row in log(public) if row["处理"] == "例外公开"}
    small = set()
    for year in YEARS:
        known, _ = public_knowledge.shown({year: page(public, year)}, {year: figures(public, year)})
        small |= {(who, what) for (_, who, what), n in known.items() if 0 < n < K}
    terms = {"受理": "受理量", "办结": "办结量", "同意": "审批同意", "不同意": "审批不同意"}
    assert small
    assert {what for _, what in small} <= set(terms)
    assert {(who, terms[what]) for who, what in small} <= excepted
    assert all(row["理由"] for row in log(public))
    assert all(row["决定人"] for row in log(public) if row["处理"] == "例外公开")


def test_the_workbook_and_the_json_show_no_more_than_the_rest(public):
    """Figures as in the CSV; in tables no small count but those that must be published.

    The sum over the types of a department's accepted cases is its 受理量.
    """
    law = {"受理量", "办结量", "审批同意", "审批不同意"}
    excepted = {"各部门办件": law, "各部门办件类型": {"合计"}}
    for year in YEARS:
        folder = public.reports / f"public/t/{year}"
        made = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
        values = [figure["value"] or "" for figure in made["figures"]]
        assert values == list(figures(public, year)["value"])
        book = openpyxl.load_workbook(folder / "figures.xlsx")
        assert made["tables"]
        for table in made["tables"]:
            rows = [[row["label"], *row["values"]] for row in table["data"]]
            small = {
                name
                for row in rows
                for name, n in zip(table["columns"], row[1:], strict=True)
                if isinstance(n, int) and 0 < n < K
            }
            assert small <= excepted.get(table["title"], set())
            cells = book[table["title"]].iter_rows(min_row=5, values_only=True)
            assert [[None if v in ("*", "—") else v for v in row] for row in cells] == rows


def test_files_show_no_small_count_of_cases_or_persons(public):
    for year in YEARS:
        rows = figures(public, year)
        counted = rows[rows["grain"].isin(["办件", "检查", "评价", "人员", "被许可人(去重)"])]
        law = ("accepted", "completed", "approved", "disapproved")
        counted = counted[~counted["id"].isin(law)]
        # A residual is a net change of numbers that are shown: it counts nobody.
        for row in counted[counted["kind"] != "residual"].to_dict("records"):
            for part in ("numerator", "denominator"):
                assert not re.fullmatch("[1-4]", row[part]), row
            if row["numerator"] and row["denominator"]:
                rest = int(row["denominator"]) - int(row["numerator"])
                assert not 0 < rest < K or row["id"] == "completion_rate", row


def test_captions_alternatives_and_paragraphs_show_nothing_that_tables_hide(public):
    """All words outside the tables and definitions of the catalogue: numbers of cases are known."""
    for year in YEARS:
        soup = BeautifulSoup(page(public, year), "lxml")
        for what in soup.select(
            "table, dl.def, style, script, .note, footer, nav, p.meta, h1, title"
        ):
            what.decompose()
        words = soup.get_text(" ")
        assert not re.search(r"(?<![\d.,])[1-4] ?件", words)
        assert not re.search(r"\bnan\b", words)


def test_an_attacker_learns_nothing_from_all_pages_together(public):
    """All years, pages, tables and files at once: what is hidden stays hidden, and wide enough."""
    found, (known, hidden, _) = learnt(Published(public.reports / "public/t", YEARS))
    assert known > 150
    assert hidden > 50
    assert not found


def test_the_attacker_finds_what_one_number_too_many_gives_away(public):
    """The same pages with one hidden number told: what adds up with it is found to follow."""
    known, hidden, sums = Published(public.reports / "public/t", YEARS).read()
    pairs = ([n for n, _ in each if n not in known] for each in sums)
    told, other = next(p for p in pairs if len(p) == 2 and set(p) <= hidden)
    low, _ = Attacker(known, sums).ranges([told], whole=True)[told]
    assert other not in public_knowledge.following(known, sums)
    assert other in public_knowledge.following(known | {told: round(low)}, sums)
