"""The notebook that an analyst lives in, used in JupyterLab as an analyst would."""

import json
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen
from uuid import uuid4

import pyarrow.parquet as pq
import pytest

from analysis.tables import TABLES
from analysis.tables.conform import conform
from tests.publish.project import marked, processes
from tests.tables.build import closed, frames, item, refused_acceptance

EXPLORE = Path(__file__).parents[2] / "notebooks" / "explore.ipynb"
PATIENCE = 150_000  # milliseconds: kernels start slowly on a busy machine

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with one year: 5 applications at 甲局, 2 at 乙局, with keys of persons."""
    folder = tmp_path_factory.mktemp("我的 项目")
    year = folder / "data/years/t/2022"
    year.mkdir(parents=True)
    (folder / "data/places.toml").write_text(
        '[t]\nname = "测试区"\ncalendar = "china"\n', encoding="utf-8"
    )
    key = {"applicant_key": "KEYKEYKEY"}
    cases = [
        *(closed(f"2022-03-0{day}", "2022-03-07", "2022-03-09", **key) for day in range(1, 5)),
        refused_acceptance("2022-05-06", "2022-05-09", **key),
        closed("2022-06-01", "2022-06-02", "2022-06-20", item_code="B", dept_code="D2", **key),
        closed("2022-07-01", "2022-07-04", "2022-07-05", item_code="B", dept_code="D2", **key),
    ]
    items = [item("A"), item("B", dept_code="D2", dept_name="乙局")]
    for name, frame in frames(cases, items).items():
        pq.write_table(conform(frame, TABLES[name]), year / f"{name}.parquet")
    meta = {"place": "t", "year": 2022, "kind": "real", "cutoff": "2022-12-31"}
    (year / "year.json").write_text(json.dumps(meta), encoding="utf-8")
    (folder / "notebooks").mkdir()
    shutil.copy(EXPLORE, folder / "notebooks")
    return folder


class Lab:
    """A running ``xuke lab``."""

    def __init__(self, folder: Path):
        """Start it and wait until it tells its address."""
        self.mark = uuid4().hex
        self.told: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "analysis", "lab", "--no-browser"],
            cwd=folder,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=marked(self.mark),
        )
        threading.Thread(target=self._listen, daemon=True).start()
        until = time.monotonic() + PATIENCE / 1000
        while not (found := re.search(r"http://127\.0\.0\.1:\S+", "".join(self.told))):
            assert self.process.poll() is None, self.told
            assert time.monotonic() < until, self.told
            time.sleep(0.1)
        self.address = found[0]

    def _listen(self) -> None:
        assert self.process.stderr
        self.told.extend(iter(self.process.stderr.readline, ""))

    def wait_for_kernel(self) -> None:
        """Wait until the notebook has its kernel: who is quicker is asked which one to take."""
        server, _, token = self.address.partition("/lab/tree/explore.ipynb")
        until = time.monotonic() + PATIENCE / 1000
        while True:
            with urlopen(f"{server}/api/sessions{token}") as answer:
                kernels = [session["kernel"] for session in json.load(answer)]
            if any(k["execution_state"] == "idle" and k["connections"] for k in kernels):
                return
            assert time.monotonic() < until, kernels
            time.sleep(0.2)

    def end(self) -> int:
        """Press Ctrl-C and wait."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE / 1000)


@pytest.fixture
def lab(folder: Path, browser: Any) -> Iterator[Lab]:
    running = Lab(folder)
    yield running
    if running.process.poll() is None:
        running.end()


def number(page: Any, term: str) -> str:
    """Return a key number of the panel, without its unit."""
    card = page.locator(".kpis div", has=page.locator("dt", has_text=re.compile(f"^{term}$")))
    text: str = card.locator("dd").first.evaluate("cell => cell.firstChild.textContent")
    return text


def choose(page: Any, label: str, option: str) -> None:
    box = page.locator(".widget-dropdown", has=page.locator("label", has_text=label))
    value = box.locator("option", has_text=re.compile(option)).first.get_attribute("value")
    box.locator("select").select_option(value=value)


def press(page: Any, tab: str) -> None:
    page.locator(".widget-toggle-buttons button", has_text=re.compile(f"^{tab}$")).click()


def wait_for(page: Any, term: str, value: str) -> None:
    until = time.monotonic() + PATIENCE / 1000
    while number(page, term) != value:
        assert time.monotonic() < until, (term, number(page, term), value)
        page.wait_for_timeout(50)


def test_an_analyst_explores(browser: Any, lab: Lab, folder: Path) -> None:
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(lab.address)
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    lab.wait_for_kernel()
    page.locator(".lm-MenuBar-item", has_text="运行").click()
    page.locator("li[data-command='runmenu:run-all']").click()

    page.locator(".kpis").wait_for()
    assert [number(page, term) for term in ("申请量", "受理量", "不受理量")] == ["7", "6", "1"]
    choose(page, "部门", "乙局")
    wait_for(page, "申请量", "2")
    assert number(page, "不受理量") == "0"

    # One level down: the items of 乙局, then the months of item B, then the cases of a month.
    press(page, "下钻")
    page.locator("select option", has_text="事项B 2").wait_for(state="attached")
    page.locator("table.dataTable td", has_text="事项B").first.wait_for()
    page.locator(".widget-select select").last.select_option(label="事项B 2")
    page.locator(".widget-select select option", has_text="6月 1").wait_for(state="attached")
    page.locator(".widget-select select").last.select_option(label="6月 1")
    wait_for(page, "申请量", "1")
    page.locator("table.dataTable td", has_text="2022-06-01").first.wait_for()
    assert "KEYKEYKEY" not in page.content()

    # The code of what is looked at.
    press(page, "代码")
    code = 'look("t", 2022, department="D2", item="B", months=(6,))'
    page.locator(".xuke pre", has_text=code).first.wait_for()

    # Saved, the notebook is as it was: no outputs, no small numbers.
    page.keyboard.press("Control+s")
    saved = folder / "notebooks" / "explore.ipynb"
    page.locator(".jp-mod-dirty").first.wait_for(state="detached")
    assert saved.read_bytes() == EXPLORE.read_bytes()
    outside = [url for url in asked if not url.startswith(("http://127.0.0.1:", "data:", "blob:"))]
    assert outside == []
    context.close()
    assert lab.end() == 0
    assert "".join(lab.told).splitlines()[-1].startswith("JupyterLab 已结束")
    assert processes(lab.mark) == {}
