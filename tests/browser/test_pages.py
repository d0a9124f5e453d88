"""Every page that a run makes, opened in Chromium as its readers would, without a network."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.browsing import assert_anyone_can_open
from tests.components import need
from tests.publish.project import files_of

ROOT = Path(__file__).parents[2]
PAGES = sorted(files_of(ROOT / "notebooks", "demo", (2022,)))
POINTS_PER_MM = 72 / 25.4
ON_PAPER = 5  # rows of a table of evidence
PAPER = 657  # CSS pixels between the margins of A4
MARGIN = 16 * POINTS_PER_MM  # what print leaves free at the sides is 18 mm
FOCUSABLE = "a[href], summary, [tabindex='0']"

pytestmark = pytest.mark.browser


@pytest.fixture(params=PAGES)
def file(request: pytest.FixtureRequest, demo_reports: Path) -> Path:
    return demo_reports / request.param


@pytest.fixture
def page(browser: Any, file: Path) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1400, "height": 900}, offline=True)
    opened = context.new_page()
    opened.goto(file.as_uri())
    yield opened
    context.close()


@pytest.mark.parametrize("width", [1400, 360])
def test_anyone_can_open_it(browser: Any, file: Path, width: int) -> None:
    assert_anyone_can_open(browser, file, width)


def test_no_picture_is_without_words(page: Any) -> None:
    """Nor with nbconvert's placeholder."""
    assert "No description" not in page.content()
    for picture in page.locator("img, svg[role=img]").all():
        words = picture.get_attribute("alt") or picture.get_attribute("aria-label")
        assert len(words) > 10


def test_links_lead_where_they_say(page: Any) -> None:
    """From the contents, and from every figure to its definition."""
    links = page.locator("nav a, a.n")
    targets = {link.get_attribute("href") for link in links.all()}
    assert targets
    for target in targets:
        page.evaluate("address => { location.hash = address }", target)
        box = page.locator(f"[id='{target[1:]}']").bounding_box()
        assert box
        assert -2 <= box["y"] < 900
        assert box["height"] > 0


def test_everything_is_reached_by_keyboard(page: Any) -> None:
    """Tab by Tab, in the order of the page, with something to see where one is."""
    page.evaluate(
        f"""for (const [at, e] of [...document.querySelectorAll("{FOCUSABLE}")].entries())
            e.dataset.at = at"""
    )
    # What lies in a closed fold is reached when the fold is open.
    there = page.evaluate(
        f"""[...document.querySelectorAll("{FOCUSABLE}")]
            .filter(e => e.checkVisibility({{contentVisibilityAuto: true}})).map(e => e.dataset.at)"""
    )
    reached = []
    for _ in there:
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.dataset.at"))
        style = "getComputedStyle(document.activeElement).outlineStyle"
        assert page.evaluate(style) != "none"
    assert reached == there


def test_the_skip_link_goes_past_the_contents(page: Any) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_folds_open_by_keyboard(page: Any) -> None:
    folds = page.locator("main details:not([open])")
    before = page.locator("main details[open]").count()
    for at in range(min(folds.count(), 3)):
        folds.nth(0).locator("summary").focus()
        page.keyboard.press("Enter")
        assert page.locator("main details[open]").count() == before + at + 1


def test_captions_are_read_without_scrolling_on_a_phone(browser: Any, file: Path) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780}, offline=True)
    page = context.new_page()
    page.goto(file.as_uri())
    for caption in page.locator("caption, figcaption").all():
        box = caption.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
    context.close()


def test_print_shows_all_of_every_table(page: Any, file: Path, tmp_path: Path) -> None:
    """Nothing lies beyond the margins, and every cell is on paper, folded ones too.

    Of a finding's evidence the first rows are, with how many there are more; of a finding that saw
    nothing, what it says.
    """
    need("pdftotext", which("pdftotext") is not None, "install poppler-utils")
    printed = tmp_path / "page.pdf"
    page.pdf(path=printed, prefer_css_page_size=True)
    boxes = _pdftotext(printed, "-bbox")
    widths = [float(width) for width in re.findall(r'<page width="([\d.]+)"', boxes)]
    assert widths
    assert all(abs(width - 210 * POINTS_PER_MM) < 1 for width in widths)
    words = re.findall(r'<word xMin="([\d.-]+)" yMin="[\d.-]+" xMax="([\d.]+)"', boxes)
    assert min(float(left) for left, _ in words) >= MARGIN
    assert max(float(right) for _, right in words) <= widths[0] - MARGIN
    text = _squeezed(_pdftotext(printed, "-raw"))
    page.emulate_media(media="print")  # what is wider than paper shrinks the whole print
    page.set_viewport_size({"width": PAPER, "height": 900})
    wide = "[...document.querySelectorAll('.tbl,.scroll')].filter(e=>e.scrollWidth>e.clientWidth+1)"
    assert page.evaluate(f"{wide}.map(e=>e.ariaLabel)") == []
    soup = BeautifulSoup(file.read_text(encoding="utf-8"), "lxml")
    for unseen in soup.select(".sr"):
        unseen.decompose()
    for quiet in soup.select(".fold.quiet"):
        assert _squeezed(quiet.summary.text) in text
        quiet.decompose()
    for body in soup.select(".finding .tbl tbody"):
        if more := body.select(f"tr:nth-child(n + {ON_PAPER + 1})"):
            assert f"打印只列前{ON_PAPER}行,其余{len(more)}行见网页" in text
            for row in more:
                row.decompose()
    for cell in soup.select("th, td"):
        assert _squeezed(cell.text) in text
    for code in soup.select("details.code"):  # folded on the screen, gone in print
        code.decompose()
    assert text.count("代码") <= _squeezed(soup.text).count("代码")
    assert "fromanalysis" not in text


def _pdftotext(file: Path, how: str) -> str:
    return subprocess.run(
        ["pdftotext", how, str(file), "-"], capture_output=True, check=True, encoding="utf-8"
    ).stdout


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)
