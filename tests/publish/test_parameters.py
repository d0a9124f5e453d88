"""Parameters and tags: refused before any kernel starts what papermill publishes as another year."""

import re
from pathlib import Path

import papermill
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import XukeError
from analysis.publish.notebook import Scope, read
from analysis.publish.parameters import DECLARED, checked
from tests.publish.project import HEADING, PARAMETERS, Project, hidden

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "项目 一")


@pytest.mark.parametrize(
    ("given", "tag"), [({"yaer": 2022}, "parameters"), ({"year": 2022}, "parameter")]
)
def test_plain_papermill_publishes_the_wrong_year(
    project: Project, given: dict[str, int], tag: str
) -> None:
    """What this is all about: exit code 0, and the page of 2021 for who asked for 2022.

    With the tag mistyped papermill puts its own cell first, where the default overrules it.
    """
    notebook = project.write_notebook("page", "print(year)", tag=tag)
    made = papermill.execute_notebook(notebook, None, parameters=given, progress_bar=False)
    assert made.cells[-2].outputs[0].text == "2021\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["2022", "-p", "yaer=2022"], "没有名为“yaer”的参数:是不是 year?"),
        (["2022", "-p", "bogus=1"], "没有名为“bogus”的参数:可用的有:place、year。"),
        (["2022", "-p", "year=2022"], "year 不用 -p 给出"),
        (["2022", "-p", "year"], "应写作 名称=值"),
        (["1999"], "参数 year(年度)的值“1999”不对:应为 2004—2099 的整数"),
        (["2010"], "测试区没有 2010 年的数据(现有 2021、2022 年)"),
        (["--audience", "pubic"], "是不是 public?"),
        (["--audience", "public"], "笔记本 page 没有公开版"),
        (["--place", "tt"], "是不是 t?"),
        (["--notebook", "pgae"], "没有名为“pgae”的笔记本:现有 page。"),
    ],
)
def test_what_is_asked_for_wrongly_is_refused(
    project: Project, words: list[str], said: str
) -> None:
    done = project.run(*words)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not project.reports.exists()


@pytest.mark.parametrize(
    ("parameters", "tag", "said"),
    [
        (PARAMETERS, "parameter", "标签“parameter”应写作 parameters"),
        (PARAMETERS, "", "须有且只有一个标签为 parameters 的单元格(现有 0 个)"),
        ('place = "t"\nyaer = 2021', "parameters", "没有名为“yaer”的参数:是不是 year"),
        ('place = "t"', "parameters", "缺少参数 year"),
        ("year = 2021", "parameters", "缺少参数 place"),
        ('place = "t"\nyear = "2021年"', "parameters", "year(年度)的值“2021年”不对"),
        ('place = "t"\nyear = 2021.0', "parameters", "year(年度)的值“2021.0”不对"),
        ('place = "t"\nyear = True', "parameters", "year(年度)的值“True”不对"),
        ('place = "t"\nyear = 1921', "parameters", "应为 2004—2099 的整数"),
        ('place = "../t"\nyear = 2021', "parameters", "place(地方)的值“../t”不对"),
        ('place = "t"\nyear = 2000 + 21', "parameters", "每行只能写作 名称 = 值"),
        ('place = "t"\nyear = this_year()', "parameters", "每行只能写作 名称 = 值"),
        ('place = "t"\nimport os\nyear = 2021', "parameters", "每行只能写作 名称 = 值"),
        ('place = "t"\nyear = 2021\naudience = "pubic"', "parameters", "是不是 public"),
        ('place = "t" year', "parameters", "每行只能写作 名称 = 值"),
    ],
)
def test_a_notebook_that_declares_wrongly_is_refused(
    project: Project, parameters: str, tag: str, said: str
) -> None:
    path = project.write_notebook("page", parameters=parameters, tag=tag)
    with pytest.raises(XukeError, match=re.escape(said)):
        read(path)


@pytest.mark.parametrize(
    ("xuke", "parameters", "said"),
    [
        ({"scope": "all"}, PARAMETERS, "不能有参数 year"),
        ({"scope": "yaer"}, PARAMETERS, "只能是 year、all"),
        ({"scope": "year"}, 'place = "t"', "缺少参数 year"),
    ],
)
def test_a_scope_that_does_not_fit_is_refused(
    project: Project, xuke: dict[str, str], parameters: str, said: str
) -> None:
    with pytest.raises(XukeError, match=said):
        read(project.write_notebook("page", parameters=parameters, **xuke))


def test_two_tagged_cells_are_refused(project: Project) -> None:
    path = project.write_notebook("page", HEADING)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"metadata": {}', '"metadata": {"tags": ["parameters"]}', 1))
    with pytest.raises(XukeError, match="现有 2 个"):
        read(path)


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"cells": 1, "metadata": {}}', "\x00"])
def test_what_is_no_notebook_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "page.ipynb"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(XukeError, match="读不懂"):
        read(path)


def test_annotated_parameters_are_read(project: Project) -> None:
    path = project.write_notebook("page", parameters='place: str = "t"\nyear: int = 2021  # 年度')
    assert read(path).defaults == {"place": "t", "year": 2021}


def test_the_notebooks_of_the_project_declare_what_they_take() -> None:
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        assert set(read(path).defaults) <= set(DECLARED)


@given(st.text().filter(lambda text: not (text.isascii() and text.isdigit())))
def test_no_text_but_digits_is_a_year(text: str) -> None:
    with pytest.raises(XukeError):
        DECLARED["year"].value(text)


@given(st.integers(-3000, 12_000))
def test_years_are_those_of_the_law(year: int) -> None:
    if 2004 <= year <= 2099:
        assert checked({"year": str(year)}, "page", ["year"]) == {"year": year}
    else:
        with pytest.raises(XukeError, match="2004—2099"):
            checked({"year": str(year)}, "page", ["year"])


@given(st.text(min_size=1))
def test_a_text_parameter_is_safe_in_a_file_name(text: str) -> None:
    safe = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
    if set(text) <= safe:
        assert DECLARED["place"].value(text) == text
    else:
        with pytest.raises(XukeError):
            DECLARED["place"].value(text)


@given(st.text(), st.sampled_from('/\\:*?"<>|\n\0'), st.text())
def test_a_department_may_have_any_name_that_a_file_may_have(
    before: str, forbidden: str, after: str
) -> None:
    assert DECLARED["department"].value("示例区教育局") == "示例区教育局"
    assert DECLARED["department"].value("") == ""
    with pytest.raises(XukeError):
        DECLARED["department"].value(before + forbidden + after)


def test_one_page_over_all_years_of_a_place(project: Project) -> None:
    code = 'from analysis.report.html import Html\nHtml("<h1>各年 {}</h1>").format(place)'
    project.write_notebook(
        "trends", code, parameters='place = "t"', scope=Scope.ALL, title="各年趋势"
    )
    told = project.outcomes("--notebook", "trends")
    assert told == {"t/trends.html": "made", "index.html": "made"}
    assert "<title>测试区各年趋势 · 测试区</title>" in project.page("t/trends.html")
    assert '<a href="t/trends.html">测试区各年趋势</a>' in project.page("index.html")


def test_one_page_over_all_there_is_needs_no_data_of_a_place(project: Project) -> None:
    (project.data / "years").rename(project.folder / "no years")
    code = 'from analysis.report.html import Html\nHtml("<h1>全部</h1>")'
    project.write_notebook("integrity", code, parameters="", scope=Scope.ALL, title="完整性")
    told = project.outcomes("--notebook", "integrity")
    assert told == {"integrity.html": "made", "index.html": "made"}
    assert "<title>完整性</title>" in project.page("integrity.html")
    assert '<a href="integrity.html">完整性</a>' in project.page("index.html")


def test_another_parameter_makes_another_page(project: Project) -> None:
    parameters = PARAMETERS + '\ndepartment = ""'
    code = HEADING.replace("year)", "department)")
    project.write_notebook("page", code, parameters=parameters)
    project.run("2022")
    file = "t/2022/page_department-D1.html"  # by its code, also where its name is given
    assert project.outcomes("2022", "-p", "department=甲局")[file] == "made"
    assert "<h1>t </h1>" in project.page()
    assert "<h1>t D1</h1>" in project.page(file)
    assert "(甲局)</title>" in project.page(file) or "(甲局) · 测试区</title>" in project.page(file)
    wrong = project.run("2022", "-p", "department=甲居")
    assert (wrong.returncode, "没有名为“甲居”的部门:可用的有:甲局。" in wrong.stderr) == (1, True)
    assert not [
        path for path in project.reports.glob("t/2022/*.ipynb") if hidden(path, project.folder)
    ]
