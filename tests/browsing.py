"""Opening a page in Chromium as a reader would, without a network."""

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.components import need

CHROMIUM = Path(os.environ.get("XUKE_CHROMIUM", "/usr/bin/chromium"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Return a running headless Chromium."""
    need("playwright", find_spec("playwright") is not None, "pip install playwright")
    need("axe", find_spec("axe_playwright_python") is not None, "pip install axe-playwright-python")
    need("Chromium", CHROMIUM.exists(), "install chromium, or name it in XUKE_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-background-networking"],
        )
        yield opened
        opened.close()


def assert_anyone_can_open(browser: Any, file: Path, width: int) -> None:
    """Open a page offline: nothing asked for, no complaints, no sideways scroll, accessible."""
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(viewport={"width": width, "height": 800}, offline=True)
    page = context.new_page()
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(file.as_uri())
    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    # Loaded on demand: charts always use it, text only where there is no Chinese font.
    loaded = "document.fonts.load('12px \"Xuke Sans\"', '许可').then(faces => faces.length)"
    assert page.evaluate(loaded) == 1
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    violations = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in violations] == []
    context.close()
