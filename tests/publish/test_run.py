"""``xuke run`` from the outside: two years of the demo place, into a folder with 中文 and spaces."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from analysis.publish.page import TEMPLATES
from analysis.publish.task import BESIDE, FIGURES, INSIDE
from tests.publish.project import files_of

ROOT = Path(__file__).parents[2]


def xuke(*words: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would, and never see a traceback."""
    command = [sys.executable, "-m", "analysis", *map(str, words)]
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, encoding="utf-8", timeout=300, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


@pytest.fixture
def reports(demo_reports: Path) -> Path:
    return demo_reports


def page(reports: Path, year: int) -> str:
    return (reports / "demo" / str(year) / "statistics.html").read_text(encoding="utf-8")


def test_it_leaves_what_it_says_and_nothing_else(reports: Path) -> None:
    made = {str(path.relative_to(reports)) for path in reports.rglob("*") if path.is_file()}
    pages = files_of(ROOT / "notebooks", "demo", (2021, 2022))
    names = (FIGURES, *BESIDE, *INSIDE)
    figures = {f"demo/{year}/{name}" for year in (2021, 2022) for name in names}
    manifests = {str(Path(file).with_name("manifest.json")) for file in pages}
    own = {".lock", ".cache/hashes.json"}  # not for readers
    assert made == pages | figures | manifests | own


def test_the_manifest_says_what_a_page_was_made_from(reports: Path, demo_data: Path) -> None:
    folder = reports / "demo/2022"
    entry = json.loads((folder / "manifest.json").read_text())["outputs"]["statistics.html"]
    html = (folder / "statistics.html").read_bytes()
    assert (entry["sha256"], entry["bytes"]) == (sha256(html).hexdigest(), len(html))
    inputs = entry["inputs"]
    assert inputs["parameters"] == {"place": "demo", "year": 2022}
    cases = "years/demo/2022/cases.parquet"
    assert inputs["data"][cases] == sha256((demo_data / cases).read_bytes()).hexdigest()
    assert [name for name in inputs["data"] if "2021" in name]  # compared with the year before
    assert not [name for name in inputs["data"] if "2023" in name]
    notebook = (ROOT / "notebooks/statistics.ipynb").read_bytes()
    assert inputs["notebook"] == sha256(notebook).hexdigest()
    assert entry["sources"]["demo/2022"]["calibrated_to"] == "huadu_district_2022"
    assert set(entry["git"]) == {"commit", "dirty"}
    assert set(entry["host"]) == {"name", "system"}
    assert datetime.fromisoformat(entry["finished"]).tzinfo
    assert entry["seconds"] > 0


def test_the_page_shows_the_printed_figures(reports: Path) -> None:
    html = page(reports, 2022)
    for printed in ("593", "508", "1,801,779", "1,795,742", "5,146", "1,795,762", "1,792,547"):
        assert printed in html
    for printed in ("2,675", "94.49", "90.25", "0.0024", "891", "540", "校准一致", "假设"):
        assert printed in html
    assert html.count("<h1>") == 1
    for heading in ("依法实施", "公开公示", "监督管理", "实施效果", "创新方式", "推行标准化"):
        assert heading in html


def test_a_year_has_its_own_figures(reports: Path) -> None:
    assert "1,801,779" not in page(reports, 2021).replace(page(reports, 2022), "")
    assert "<title>示例区 2021 年" in page(reports, 2021)
    assert "没有登记公开报告" in page(reports, 2021)


def test_pages_are_marked_and_name_no_machine(reports: Path, demo_data: Path) -> None:
    for year in (2021, 2022):
        html = page(reports, year)
        assert "示例区及其部门均为虚构" in html
        for private in (str(ROOT), str(demo_data), str(Path.home()), os.environ.get("USER", "?!")):
            assert private not in html or private == "root"
        assert not re.search(r"(src|href)=[\"']?(https?:)?//", html)
        assert len(html.encode()) < 400_000


def test_figures_csv_is_complete(reports: Path) -> None:
    with (reports / "demo/2022/figures.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = "place year id variant term value unit numerator denominator kind grain scope cutoff"
    assert set(f"{columns} section published difference verdict data".split()) <= set(rows[0])
    by_id = {(row["id"], row["variant"]): row for row in rows}
    applications = by_id["applications", ""]
    assert applications["value"] == applications["published"] == "1801779"
    assert (applications["verdict"], applications["data"]) == ("校准一致", "synthetic")
    rate = by_id["instant_rate", "item_flag"]
    assert (rate["numerator"], rate["denominator"], rate["value"]) == ("759", "841", "90.25")


def test_the_same_inputs_are_the_same_bytes(
    reports: Path, demo_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One at a time, in a project that has moved, for a user with other settings elsewhere."""
    moved = tmp_path / "搬到 别处"
    shutil.copytree(ROOT / "notebooks", moved / "notebooks")
    shutil.copytree(demo_data, moved / "data", copy_function=os.link)
    (tmp_path / "matplotlibrc").write_text("font.size: 30\naxes.facecolor: red\n")
    for name, value in {
        "MATPLOTLIBRC": str(tmp_path / "matplotlibrc"),
        "PYTHONHASHSEED": "7",
        "TZ": "America/New_York",
        "LC_CTYPE": "C",
        "XUKE_DATA": str(tmp_path),
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("LC_ALL", raising=False)  # set, Python cannot start below a folder in 中文
    done = xuke("run", "2022", "--jobs", "1", "--data", moved / "data", cwd=moved)
    assert done.returncode == 0, done.stderr
    ends = ("csv", "html", "xlsx", "docx", "figures.json")
    made = {file for end in ends for file in (moved / "reports").rglob(f"*{end}")}
    made.remove(moved / "reports" / "index.html")  # it lists one year less
    assert len(made) >= 9
    for again in made:
        file = reports / again.relative_to(moved / "reports")
        assert again.read_bytes() == file.read_bytes()


def test_plain_papermill_and_nbconvert_give_the_same_page(
    reports: Path, demo_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As an analyst types it, with the template where nbconvert looks (``share/jupyter``)."""
    monkeypatch.setenv("XUKE_DATA", str(demo_data))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share"))
    installed = tmp_path / "share" / "nbconvert" / "templates" / "xuke"
    shutil.copytree(TEMPLATES / "xuke", installed)
    notebook, out = ROOT / "notebooks" / "statistics.ipynb", tmp_path / "out.ipynb"
    for words in (
        ["papermill", str(notebook), str(out), "-p", "year", "2022", "-k", "python3"],
        ["jupyter", "nbconvert", "--to", "html", "--template", "xuke", str(out)],
    ):
        command = [str(Path(sys.executable).with_name(words[0])), *words[1:]]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    plain = BeautifulSoup((tmp_path / "out.html").read_text(encoding="utf-8"), "lxml")
    ours = BeautifulSoup(page(reports, 2022), "lxml")
    assert plain.main.text == ours.main.text
    assert plain.nav.text == ours.nav.text
    assert [str(svg) for svg in plain.select("svg")] == [str(svg) for svg in ours.select("svg")]


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (["rnu", "2022"], "没有命令 rnu:是不是 run", 2),
        (["run", "2010"], "没有 2010 年的数据", 1),
        (["check", "2o22"], "年度 的值不对:年度写作四位数字", 2),
        (["run", "--year", "2023"], "没有选项 --year:年度不用选项,直接写在命令之后", 2),
        (["run", "--jobs", "0"], "--jobs 的值不对:要写整数,不小于 1", 2),
        (["run", "--timeout", "x"], "--timeout 的值不对:要写数字,不小于 1", 2),
        (["check", "--plcae", "demo"], "没有选项 --plcae:是不是 --place", 2),
        (["figures"], "没有写年度", 1),
        (["diff"], "缺少 甲", 2),
        (["run", "--notebook", "statistic"], "没有名为“statistic”的笔记本", 1),
        (["run", "2022", "-p", "yaer=2022"], "没有名为“yaer”的参数:是不是 year?", 1),
        (["run", "2022", "-p", "year=2021"], "year 不用 -p 给出", 1),
        (["check", "--place", "dmo"], "是不是 demo?", 1),
    ],
)
def test_mistakes_get_one_chinese_sentence(
    demo_data: Path, tmp_path: Path, words: list[str], said: str, code: int
) -> None:
    extra = ["--data", str(demo_data)] if words[0] != "rnu" else []
    out = ["--out", str(tmp_path)] if words[0] == "run" else []
    done = xuke(*words, *extra, *out)
    assert done.returncode == code
    assert said in done.stderr
    assert len([line for line in done.stderr.splitlines() if line.strip()]) == 1


def test_no_command_is_answered_with_the_help() -> None:
    done, asked = xuke(), xuke("--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "生成各年度的页面" in done.stdout
    assert done.stdout == asked.stdout


def test_it_speaks_chinese_without_a_locale(
    few_demo_cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    done = xuke("figures", "2022", "--data", few_demo_cases)
    assert done.returncode == 0, done.stderr
    assert "申请量" in done.stdout


def test_no_data_at_all_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "places.toml").write_text('[demo]\nname = "示例区"\n', encoding="utf-8")
    done = xuke("run", "--data", tmp_path)
    assert done.returncode == 1
    assert "xuke demo" in done.stderr


@pytest.mark.parametrize(("not_accepted", "code"), [("6037", 0), ("5146", 1)])
def test_audit_of_a_new_report(
    demo_data: Path, tmp_path: Path, not_accepted: str, code: int
) -> None:
    file = tmp_path / "报告.csv"
    rows = f"指标,数值,单位\n申请量,1801779,件\n受理量,1795742,件\n不受理量,{not_accepted},件\n"
    file.write_text(rows, encoding="gb18030")
    done = xuke("audit", file, "--data", demo_data)
    assert done.returncode == code
    assert f"1,801,779 − (1,795,742 + {int(not_accepted):,})" in done.stdout


def test_check_lists_every_printed_figure(demo_data: Path) -> None:
    done = xuke("check", "2022", "--data", demo_data)
    assert done.returncode == 0
    for printed in ("593", "1801779", "94.49", "90.25", "0.0024", "1965", "891", "540", "20"):
        assert printed in done.stdout
    assert "校准一致" in done.stdout
    assert "假设" in done.stdout
