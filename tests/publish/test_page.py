import os
import re
from collections import Counter
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from analysis.errors import XukeError
from analysis.publish.frame import plain_page
from analysis.publish.page import TEMPLATES, page_html
from analysis.report.show import Html, table
from tests.browsing import assert_anyone_can_open
from tests.report.sample import CELLS, LABEL, run, sample, sample_page

CHROMIUM = Path(os.environ.get("XUKE_CHROMIUM", "/usr/bin/chromium"))
HEAD = next(cell for cell in CELLS if "masthead(" in cell[1])
START = [*CELLS[1:2], ("code", HEAD[1].replace("cite(", "(lambda _, n: n)("), [])]
PIXEL = "iVBORw0KGgo="


@pytest.fixture(scope="module")
def html() -> str:
    return sample_page()


@pytest.fixture(scope="module")
def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "lxml")


def page_of(*outputs: NotebookNode, source: str = "look()") -> str:
    cells = run(START).cells
    notebook = new_notebook(cells=[*cells, new_code_cell(source, outputs=list(outputs), id="last")])
    return page_html(notebook, title="题", place="示例区", label="")


def test_one_file_that_fetches_nothing(html: str):
    assert "<script" not in html
    assert not re.findall(r"https?://", html)
    assert "default-src 'none'" in html
    assert len(html.encode()) < 400_000


def test_what_html_lets_one_leave_out_changes_nothing():
    rows = pd.DataFrame({"部门": ["甲局", "乙局"], "件": [1, 2], "说": ["a", "b"]})
    body = table(rows, caption="表", total=True) + Html(
        "<h1>题</h1><dl><div><dt>甲</dt><dd>一</dd><dd>二</dd></div></dl>"
        "<ul><li>甲<ol><li>一</li></ol></li><li>乙 &lt;/td&gt;</li></ul><p>后</p>"
    )
    made = plain_page(body, title="题", place="", label="")
    assert "</t" not in made.replace("</title>", "").replace("</table>", "")
    shown, whole = (BeautifulSoup(page, "lxml") for page in (made, f"<main>{body}</main>"))
    assert "".join(map(str, shown.main.contents)).strip() == "".join(map(str, whole.main.contents))


def test_a_chinese_document_with_landmarks_and_one_main_heading(soup: BeautifulSoup):
    assert soup.html["lang"] == "zh"
    assert len(soup.select("h1")) == len(soup.select("main")) == len(soup.select("nav")) == 1
    assert soup.select_one("a.skip")["href"] == "#main"
    assert soup.title.text == "2022 年行政许可基本情况 · 示例区"


def test_contents_link_to_every_heading(soup: BeautifulSoup):
    listed = [(a["href"][1:], a.text) for a in soup.select("nav a")]
    assert listed == [(h["id"], h.text) for h in soup.select("main h2, main h3")]
    assert soup.select_one("nav li li a").text == "(一)依法实施"


def test_every_id_is_there_once_and_every_link_leads_somewhere(soup: BeautifulSoup):
    ids = Counter(each["id"] for each in soup.select("[id]"))
    assert max(ids.values()) == 1
    assert {a["href"][1:] for a in soup.select("a[href^='#']")} <= set(ids)


def test_the_label_is_on_the_banner_and_across_the_page(soup: BeautifulSoup):
    assert soup.select_one("aside").text == LABEL
    assert soup.select_one("aside b").text == "演示数据"
    assert 'body::after{background-image:url("data:image/svg+xml' in str(soup.head)
    unlabelled = BeautifulSoup(sample_page(label=""), "lxml")
    assert not unlabelled.select("aside")
    assert "background-image" not in str(unlabelled.head)


def test_code_is_folded_and_what_readers_do_not_need_is_gone(soup: BeautifulSoup):
    assert "place = 'shili'" not in soup.text
    folds = soup.select("details.code")
    assert len(folds) == len([cell for cell in CELLS if cell[0] == "code"]) - 2
    assert "from analysis.report import charts" in folds[0].text
    assert "masthead(" in folds[0].text


def test_the_same_notebook_is_the_same_bytes(html: str):
    assert html == sample_page()


def test_two_figures_with_one_caption_keep_their_ids_apart():
    chart = next(cell for cell in CELLS if "charts.months" in cell[1])
    notebook = run([*START, chart, chart])
    page = page_html(notebook, title="题", place="示例区", label="")
    figures = BeautifulSoup(page, "lxml").select("figure")
    assert figures[0]["id"] + "-2" == figures[1]["id"]
    for figure in figures:
        uses = {use["href"][1:] for use in figure.select("use")}
        assert uses <= {each["id"] for each in figure.select("[id]")}


def test_the_title_of_the_notebook_goes_before():
    notebook = run(START)
    notebook.metadata.title = "自己的<题>"
    page = page_html(notebook, title="题", place="示例区", label="")
    assert "<title>自己的&lt;题&gt; · 示例区</title>" in page
    assert notebook.metadata.title == "自己的<题>"


def test_printed_text_is_shown_and_complaints_are_not():
    page = page_of(
        new_output("stream", name="stdout", text="核对<完毕>"),
        new_output("stream", name="stderr", text="FutureWarning"),
    )
    assert '<pre class="out">核对&lt;完毕&gt;</pre>' in page
    assert "FutureWarning" not in page


def test_hidden_cells_are_not_shown():
    notebook = run([*START, ("code", "secret = 1", ["hide"])])
    assert "secret" not in page_html(notebook, title="题", place="示例区", label="")


def test_code_that_shows_nothing_is_kept_even_at_the_end():
    assert "<summary>代码</summary>" in page_of(source="last_words = 1").split("last_words")[0]


@pytest.mark.parametrize(
    ("output", "said"),
    [
        (new_output("error", ename="KeyError", evalue="受理量", traceback=[]), "KeyError: 受理量"),
        (
            new_output("display_data", {"image/png": PIXEL, "text/plain": "图"}),
            "look().*没有标题或替代文字",
        ),
        (
            new_output("display_data", {"image/png": PIXEL}, metadata={"image/png": {"alt": "图"}}),
            "look().*没有标题或替代文字",
        ),
        (
            new_output("display_data", {"text/html": "<table><tr><td>1</td></tr></table>"}),
            "没有标题",
        ),
        (
            new_output(
                "display_data",
                {"text/html": "<table><caption>表</caption><tr><th>1</th></tr></table>"},
            ),
            "没有 scope",
        ),
        (new_output("display_data", {"text/html": "<figure>图</figure>"}), "没有标题"),
        (new_output("display_data", {"text/html": "<svg></svg>"}), "没有替代文字"),
        (new_output("display_data", {"text/html": "<script>1</script>"}), "脚本"),
        (new_output("display_data", {"text/html": "<img src='data:,'>"}), "没有替代文字"),
        (new_output("display_data", {"text/html": "<h1>二</h1>"}), "2 个一级标题"),
        (new_output("display_data", {"text/markdown": "# 一"}), "paragraph"),
        (new_output("display_data", {"text/html": "<a href='#def-x'>1</a>"}), "#def-x"),
    ],
)
def test_what_must_not_reach_readers_makes_no_page(output: NotebookNode, said: str):
    with pytest.raises(XukeError, match=said.replace("()", r"\(\)")):
        page_of(output)


def test_a_picture_with_words_is_let_through():
    page = page_of(
        new_output(
            "display_data",
            {"image/png": PIXEL},
            metadata={"image/png": {"alt": '地图"甲"', "caption": "地图"}},
        )
    )
    assert BeautifulSoup(page, "lxml").img["alt"] == '地图"甲"'


def test_nbconvert_makes_the_page_from_the_template_alone(soup: BeautifulSoup):
    exporter = HTMLExporter(template_name="xuke", extra_template_basedirs=[str(TEMPLATES)])
    notebook = nbformat.from_dict(sample())
    notebook.metadata.title = "题"
    plain = BeautifulSoup(exporter.from_notebook_node(notebook)[0], "lxml")
    assert plain.main.text == soup.main.text
    assert plain.nav.text == soup.nav.text


@pytest.mark.browser
@pytest.mark.parametrize("width", [1400, 800, 360])
@pytest.mark.parametrize("label", [LABEL, ""], ids=["labelled", "unlabelled"])
def test_anyone_can_open_it_without_a_network(browser: Any, tmp_path: Path, width: int, label: str):
    file = tmp_path / "page.html"
    file.write_text(sample_page(label), encoding="utf-8")
    assert_anyone_can_open(browser, file, width)


@pytest.mark.browser
def test_it_prints_without_contents_code_or_cut_tables(browser: Any, tmp_path: Path):
    file = tmp_path / "page.html"
    file.write_text(sample_page(), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 660, "height": 900})  # the width of text on A4
    for gone in ("nav", "details.code", "a.skip"):
        assert not page.locator(gone).first.is_visible()
    overflows = "[...document.querySelectorAll('table,svg')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).length"
    assert page.evaluate(overflows) == 0
