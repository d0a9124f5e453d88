"""One number everywhere: page, draft, workbook, JSON and CSV of one run, figure by figure."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest
from bs4 import BeautifulSoup, Tag
from docx.oxml.ns import qn

Key = tuple[str, str]


@pytest.fixture(scope="module", params=[2021, 2022])
def folder(demo_reports: Path, request: pytest.FixtureRequest) -> Path:
    return demo_reports / "demo" / str(request.param)


@pytest.fixture(scope="module")
def figures(folder: Path) -> dict[Key, dict[str, str]]:
    """The figures of the CSV: the others are held against them."""
    with (folder / "figures.csv").open(encoding="utf-8", newline="") as file:
        return {(row["id"], row["variant"]): row for row in csv.DictReader(file)}


def plain(text: str) -> str:
    """Return a number without separators, as the CSV has it."""
    return text.replace(",", "").replace("−", "-")


def test_json(folder: Path, figures: dict[Key, dict[str, str]]) -> None:
    found = json.loads((folder / "figures.json").read_text(encoding="utf-8"))["figures"]
    assert [(each["id"], each["variant"]) for each in found] == list(figures)
    for each in found:
        row = figures[each["id"], each["variant"]]
        for name in ("value", "numerator", "denominator", "published", "difference"):
            assert (each[name] or "") == row[name], each["id"]


def test_workbook(folder: Path, figures: dict[Key, dict[str, str]]) -> None:
    sheet = openpyxl.load_workbook(folder / "figures.xlsx")["指标"]
    head, *rows = sheet.iter_rows(min_row=4)
    at = {cell.value: n for n, cell in enumerate(head)}
    assert len(rows) == len(figures)
    for row in rows:
        variant = row[at["口径"]].value
        figure = figures[row[at["编号"]].value, "" if variant == "—" else variant]
        cell = row[at["数值"]]
        decimals = len(cell.number_format.partition(".")[2])
        shown = "" if cell.value == "—" else f"{cell.value:.{decimals}f}"
        assert shown == figure["value"], figure["id"]


def test_draft(folder: Path, figures: dict[Key, dict[str, str]]) -> None:
    body = docx.Document(folder / "draft.docx").element.body
    found = set()
    for link in body.iter(qn("w:hyperlink")):
        name, _, change = link.get(qn("w:tooltip")).partition(" ")
        if link.get(qn("w:anchor")).startswith("def_") and not change:
            figure, _, variant = name.partition(":")
            words = "".join(text.text for text in link.iter(qn("w:t")))
            assert plain(words) == figures[figure, variant]["value"], name
            found.add(figure)
    assert {"applications", "time_compression_rate", "tolerant_items", "inspections"} <= found
    assert len(found) > 50


def test_page(folder: Path, figures: dict[Key, dict[str, str]]) -> None:
    """Each definition ends in its value; the text of the draft stands there in the same words."""
    page = BeautifulSoup((folder / "statistics.html").read_text(encoding="utf-8"), "lxml")
    found = list(_defined(page))
    by_id: dict[str, list[str]] = {}
    for (figure, _), row in figures.items():
        if row["value"]:
            by_id.setdefault(figure, []).append(f"{row['value']} {row['unit']}")
    assert dict(found) == by_id
    first = {figure: row["value"] for (figure, _), row in reversed(figures.items())}
    text = page.select_one("div.draft")
    assert text
    numbers = [(link["href"].removeprefix("#def-"), plain(link.text)) for link in text.select("a")]
    same = [figure for figure, words in numbers if words == first[figure]]
    assert len(set(same)) > 40
    assert _in_word(folder, text)


def test_problems_page(folder: Path) -> None:
    """The other two parts stand on the page of findings, each finding linked to what it rests on."""
    page = BeautifulSoup((folder / "problems.html").read_text(encoding="utf-8"), "lxml")
    text = page.select_one("div.draft")
    assert text
    assert _in_word(folder, text)
    heads = [head.text for head in text.select("strong")]
    assert {"二、存在问题和困难", "三、下一步工作措施及有关建议"} <= set(heads)
    body = docx.Document(folder / "draft.docx").element.body
    anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    told = [link["href"] for link in text.select("a")]
    assert len(told) == sum(anchor.startswith("find_") for anchor in anchors) > 10
    assert all(page.select(f"details.finding{link}") for link in told)


def _in_word(folder: Path, text: Tag) -> bool:
    """Tell whether the paragraphs of a page follow each other in the draft, word for word."""
    body = docx.Document(folder / "draft.docx").element.body
    word = ["".join(t.text for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))]
    here = [paragraph.text for paragraph in text.select("p")]
    start = word.index(here[0])
    return word[start : start + len(here)] == here


def _defined(page: BeautifulSoup) -> Iterator[tuple[str, list[str]]]:
    for entry in page.select("dl.def > div"):
        lines = [line.text for line in entry.select("dd")]
        values = [found[1] for line in lines if (found := re.search(r"= (-?[−\d.,]+ \S+)$", line))]
        if values:
            yield entry["id"].removeprefix("def-"), [plain(value) for value in values]
