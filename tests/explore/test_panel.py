"""The panel: what is chosen is what is shown, with widgets and without."""

import json
from pathlib import Path

import nbformat
import papermill
import pyarrow.parquet as pq
import pytest

from analysis.explore import explore
from analysis.explore.look import look
from analysis.explore.offer import Offer
from analysis.explore.panel import CASES, CODE, DOWN, TABS, Panel
from analysis.explore.source import source
from analysis.project import DATA_VARIABLE
from analysis.publish.notebook import Scope, of_pages, read
from analysis.tables import TABLES
from analysis.tables.conform import conform
from tests.tables.build import closed, frames, item, refused_acceptance

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


def write_data(folder: Path, *, with_year: bool) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "places.toml").write_text(
        '[t]\nname = "测试区"\ncalendar = "china"\n', encoding="utf-8"
    )
    if with_year:
        year = folder / "years/t/2022"
        year.mkdir(parents=True)
        cases = [
            closed("2022-03-01", "2022-03-02", "2022-03-08"),
            closed("2022-06-01", "2022-06-02", "2022-06-30", item_code="B", dept_code="D2"),
            refused_acceptance("2022-05-01", "2022-05-05"),
        ]
        items = [item("A"), item("B", dept_code="D2", dept_name="乙局", item_name="<b>乙</b>")]
        for name, frame in frames(cases, items).items():
            pq.write_table(conform(frame, TABLES[name]), year / f"{name}.parquet")
        meta = {"place": "t", "year": 2022, "kind": "synthetic", "cutoff": "2022-12-31"}
        (year / "year.json").write_text(json.dumps(meta), encoding="utf-8")
    return folder


@pytest.fixture
def panel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Panel:
    monkeypatch.setenv(DATA_VARIABLE, str(write_data(tmp_path / "data", with_year=True)))
    source.cache_clear()
    made = explore()
    assert isinstance(made, Panel)
    return made


def test_every_tab_shows_the_choice(panel: Panel) -> None:
    panel.choose.department.value = "D2"
    for tab in TABS:
        panel.tabs.value = tab
        assert panel.body.value
        assert "程序出错" not in panel.body.value
    assert "乙局" in panel.head.value
    assert "演示数据" in panel.head.value  # synthetic data are never without a label
    assert panel.view.choices.department == "D2"


def test_going_down_and_up_again(panel: Panel) -> None:
    panel.tabs.value = DOWN
    panel.below.value = "D2"
    panel.below.value = "B"
    panel.below.value = 6
    assert (panel.tabs.value, panel.view.choices.months) == (CASES, (6,))
    panel.choose.up.click()  # the month
    panel.choose.up.click()  # the item
    assert (panel.view.choices.department, panel.view.choices.item) == ("D2", "")
    panel.choose.up.click()
    assert panel.view.choices.dimensions == ()


def test_a_stock_of_some_months_is_told_in_the_panel(panel: Panel) -> None:
    panel.choose.months.value = (1, 3)
    panel.behind.value = "open_at_end"
    panel.tabs.value = CASES
    assert "存量" in panel.body.value


def test_names_of_the_data_are_no_html(panel: Panel) -> None:
    panel.choose.item.value = "B"
    for tab in (DOWN, CASES, CODE):
        panel.tabs.value = tab
        shown = panel.head.value + panel.body.value + str(panel.table.outputs)
        assert "<b>乙</b>" not in shown


def test_the_code_gives_the_same_numbers(panel: Panel) -> None:
    panel.choose.department.value = "D2"
    panel.choose.months.value = (5, 6)
    names: dict = {}
    exec(panel.view.code, names)
    again = names["shown"]
    for part in ("figures", "members", "months"):
        assert getattr(again, part).equals(getattr(panel.view, part))
    assert again.cases("accepted").equals(panel.view.cases("accepted"))


def test_without_widgets_it_is_a_static_view(panel: Panel) -> None:
    bundle = panel._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle["text/html"] == look("t", 2022)._repr_html_()
    assert "<script" not in bundle["text/html"]


def test_without_data_the_demo_is_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(write_data(tmp_path / "data", with_year=False)))
    offer = explore()
    assert isinstance(offer, Offer)
    assert "演示数据" in offer._repr_mimebundle_()["text/html"]
    assert "没有" in offer.code


@pytest.mark.parametrize("with_year", [True, False])
def test_the_notebook_runs_headless(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, with_year: bool
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(write_data(tmp_path / "data", with_year=with_year)))
    out = tmp_path / "out.ipynb"
    papermill.execute_notebook(NOTEBOOKS / "explore.ipynb", out, progress_bar=False)
    cells = {cell["id"]: cell for cell in nbformat.read(out, as_version=4).cells}
    html = cells["panel"].outputs[0]["data"]["text/html"]
    assert ("测试区 2022 年" if with_year else "演示数据") in html


def test_it_is_no_page_of_a_run() -> None:
    assert read(NOTEBOOKS / "explore.ipynb").scope is Scope.INTERACTIVE
    assert "explore" not in {notebook.name for notebook in of_pages(NOTEBOOKS)}
