"""An import as its user sees it: what goes in, what comes out, what is said."""

import json
from fractions import Fraction

import duckdb
import pytest

from analysis.errors import XukeError
from analysis.report.reconciled import provenance
from analysis.statistics.facts import Facts
from analysis.statistics.registry import REGISTRY
from analysis.tables.kept_out import kept_out
from analysis.tables.swap import previous
from analysis.tables.year import Year
from tests.problems.asked import ask
from tests.sources.importing.exports import case, item, kept, meta, problem_rows, write

REFUSED = {"办结结果": "refused"}
NOT_ACCEPTED = {
    "受理状态": "rejected",
    "受理时间": "",
    "不受理时间": "2022-03-02 10:00:00",
    "办结时间": "",
    "办结结果": "",
}
OPEN = {"办结时间": "", "办结结果": ""}


DECISIONS = """
term = "行政许可信息公示"
partial = "只公示决定"
[cases]
needs = ["case_id"]
[cases.columns]
case_id = "决定文书号"
item_code = "许可事项"
dept_code = "许可机关"
closed_at = "决定日期"
outcome = { value = "approved" }
[items]
rows_of = "cases"
one_per = ["item_code", "item_version"]
needs = ["item_code"]
[items.columns]
item_code = "许可事项"
impl_code = { copy = "item_code" }
grain = { value = "main" }
item_version = { value = 1 }
item_status = { value = "1" }
item_name = { copy = "item_code" }
item_type = { value = "01" }
on_application = { value = true }
dept_code = "许可机关"
dept_name = "许可机关"
case_type = { value = "9" }
"""


@pytest.fixture
def items(tmp_path):
    return write(tmp_path / "事项.csv", [item("A"), item("B", 办件类型="1", 承诺办结时限="0")])


def number(data, figure, variant=""):
    facts = Facts.of(Year.open("t", 2022, data=data))
    result = REGISTRY[figure, variant].result(facts)
    return result.reason or REGISTRY[figure, variant].value(result)


def test_what_goes_in_comes_out_as_figures(data, tmp_path, run, items):
    rows = [case(), case(**REFUSED), case(**NOT_ACCEPTED), case(**OPEN), case(业务办理项编码="Z")]
    said = run(items, write(tmp_path / "办件.csv", rows, "gb18030"), "--exported-on", "2023-01-15")
    assert said.code == 0, said.err
    counts = {
        "applications": 5,
        "accepted": 4,
        "not_accepted": 1,
        "completed": 3,
        "approved": 2,
        "disapproved": 1,
        "open_at_end": 1,
        "uncatalogued": 1,
        "licence_items_total": 2,
    }
    assert {figure: number(data, figure) for figure in counts} == counts
    assert number(data, "instant_rate", "item_flag") == Fraction(50)
    year = Year.open("t", 2022, data=data)
    assert (str(year.exported_on), str(year.cutoff)) == ("2023-01-15", "2022-12-31")
    assert not year.synthetic


def test_recap_and_year_json_account_for_every_row(data, tmp_path, run, items):
    again = case(数据版本="1")
    rows = [
        again,
        again | {"数据版本": "2"},
        case(数据状态="void"),
        case(申请时间="不详"),
        case(申请时间="2020-01-01", 受理时间="2020-01-01", 办结时间="2020-01-02"),
        {"办件编号": "合计", "申报来源": "5"},
        case(),
    ]
    said = run(items, write(tmp_path / "办件.csv", rows))
    assert said.code == 0, said.err
    (found,) = meta(data)["imported"]["cases"]["rows"]
    assert found == {
        "file": "办件.csv",
        "sheet": "",
        "read": 7,
        "kept": 2,
        "superseded": 1,
        "void": 1,
        "not_data": 1,
        "quarantined": 2,
    }
    recap = next(line for line in said.out.splitlines() if "办件.csv" in line)
    assert recap.split()[2:] == ["7", "2", "1", "1", "1", "2"]
    assert "problems.csv" in said.out
    file = meta(data)["imported"]["cases"]["files"][0]
    assert file["bytes"] == (tmp_path / "办件.csv").stat().st_size
    assert len(file["sha256"]) == 64


def test_tables_may_come_one_after_the_other(data, tmp_path, run, items):
    first = run(items, "--exported-on", "2023-01-10")
    assert first.code == 0
    assert "还缺办件表" in first.out
    with pytest.raises(XukeError, match="缺少办件表"):
        Year.open("t", 2022, data=data)
    second = run(write(tmp_path / "办件.csv", [case()]))
    assert "还缺" not in second.out
    assert number(data, "applications") == 1
    assert set(meta(data)["imported"]) == {"items", "cases"}
    assert meta(data)["exported_on"] == "2023-01-10"
    assert len(kept(data, "items")) == 2


def test_a_table_imported_again_is_replaced_and_the_old_year_kept(data, tmp_path, run, items):
    run(items, write(tmp_path / "1.csv", [case(), case()]))
    run(write(tmp_path / "2.csv", [case()]))
    assert len(kept(data)) == 1
    old = previous(data / "years" / "t" / "2022")
    assert duckdb.sql(f"select count(*) from '{old / 'cases.parquet'}'").fetchall() == [(2,)]
    assert (old / "year.json").is_file()


def test_a_demo_year_is_replaced_whole(data, tmp_path, run, items):
    run(items, write(tmp_path / "1.csv", [case()]))
    path = data / "years" / "t" / "2022" / "year.json"
    path.write_text(json.dumps(meta(data) | {"kind": "synthetic"}), encoding="utf-8")
    said = run(write(tmp_path / "2.csv", [case()]))
    assert "还缺事项目录表" in said.out
    assert not (path.parent / "items.parquet").exists()
    assert meta(data)["kind"] == "real"


def test_dry_run_does_all_but_the_swap(data, tmp_path, run, items):
    said = run(items, write(tmp_path / "办件.csv", [case(), case(申请时间="?")]), "--dry-run")
    assert said.code == 0
    assert "没有改动" in said.out
    assert len(problem_rows(data)) > 0
    assert [p.name for p in (data / "years" / "t").iterdir()] == [".import.lock"]


def test_same_input_same_bytes(data, tmp_path, run, items):
    rows = write(tmp_path / "办件.csv", [case(申请人标识=f"人{n % 7}") for n in range(500)])
    made = []
    for _ in range(2):
        assert run(items, rows).code == 0
        folder = data / "years" / "t" / "2022"
        made.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert made[0] == made[1]


def test_problem_rows_are_named_as_the_user_knows_them(data, tmp_path, run, items):
    rows = [
        case(),
        case(申请时间="三月一日"),
        case(办结结果="满意"),
        case(办件编号="", 镇街="某镇"),
    ]
    run(items, write(tmp_path / "办件.csv", rows))
    found = {(row["规则"], row["行"], row["列"], row["值"]) for row in problem_rows(data)}
    assert ("empty_case_id", "5", "办件编号", "") in found
    assert any(row[1:] == ("3", "申请时间", "三月一日") for row in found)
    assert any(row[1:] == ("4", "办结结果", "满意") for row in found)
    for row in problem_rows(data):
        assert row["文件"].endswith("办件.csv")
        assert row["问题"]
        assert row["怎么办"]
        assert row["程度"] in ("隔离", "提示")


def test_values_of_quasi_identifiers_are_not_quoted(data, tmp_path, run, items):
    twice = case(办件编号="SECRET-1", 数据版本="1")
    run(items, write(tmp_path / "办件.csv", [case(), twice, twice | REFUSED]))
    found = [row for row in problem_rows(data) if row["规则"] == "same_version"]
    assert [(row["行"], row["值"]) for row in found] == [("3", "(已遮盖)"), ("4", "(已遮盖)")]
    assert "SECRET" not in (data / "imports" / "t" / "2022" / "problems.html").read_text("utf-8")


def test_what_is_quoted_can_do_no_harm(data, tmp_path, run, items):
    evil = ["=1+1", "+cmd", "@sum", "<script>alert(1)</script>"]
    rows = [case(), *(case(申请时间=value) for value in evil)]
    assert run(items, write(tmp_path / "办件.csv", rows)).code == 0
    values = [row["值"] for row in problem_rows(data) if row["列"] == "申请时间"]
    assert {"'=1+1", "'+cmd", "'@sum"} <= set(values)
    page = (data / "imports" / "t" / "2022" / "problems.html").read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_rows_of_other_years_are_left_out_and_told(data, tmp_path, run, items):
    rows = [
        case(),
        case(申请时间="2021-12-30", 受理时间="2021-12-31", 办结时间="2022-01-04"),  # closed in it
        case(申请时间="2021-05-01", 受理时间="2021-05-02", **OPEN),  # open at its start
        case(申请时间="2021-05-01", 受理时间="2021-05-02", 办结时间="2021-12-31 23:59:59"),
        case(申请时间="2023-01-01", 受理时间="2023-01-01", 办结时间="2023-01-02"),
    ]
    said = run(items, write(tmp_path / "办件.csv", rows), "--exported-on", "2023-01-15")
    assert said.code == 0
    assert len(kept(data)) == 3
    found = [row for row in problem_rows(data) if row["规则"] == "other_year"]
    assert [row["行"] for row in found] == ["5", "6"]
    assert all(row["问题"] == "与 2022 年无关" for row in found)


def test_nothing_to_keep_leaves_the_old_year(data, tmp_path, run, items):
    run(items, write(tmp_path / "1.csv", [case(), case()]))
    wrong = case(申请时间="2019-01-01", 受理时间="2019-01-01", 办结时间="2019-01-02")
    said = run(write(tmp_path / "2.csv", [wrong]))
    assert said.code == 1
    assert "办件表没有一行可以保留" in said.err
    assert len(kept(data)) == 2
    assert problem_rows(data)[0]["规则"] == "other_year"


def test_months_without_applications_are_told(data, tmp_path, run, items):
    said = run(items, write(tmp_path / "办件.csv", [case()]))
    assert "1、2、4、5、6、7、8、9、10、11、12 月没有一件申请" in said.out


BACK = {"受理时间": "2022-03-04 16:00:00", "办结时间": "2022-03-04 09:00:00"}


def test_what_is_kept_out_of_the_year_is_told_with_its_numbers(data, tmp_path, run, items):
    """Of 40 cases closed in 2022 four end before they begin, and one has an ending without its day."""
    rows = [
        *(case() for _ in range(36)),
        *(case(**BACK) for _ in range(4)),
        case(办结时间=""),
        case(申请时间="2019-01-01", 受理时间="2019-01-03", 办结时间="2019-01-02"),
        case(申请时间="不详"),
    ]
    assert run(items, write(tmp_path / "办件.csv", rows)).code == 0
    out = kept_out(Year.open("t", 2022, data=data), "cases")
    assert {rule: n for rule, (_, n) in out.items()} == {
        "closed_at_before_accepted_at": 4,
        "outcome_without_closed": 1,
        "time": 1,
    }
    found = ask(Year.open("t", 2022, data=data), "reversed_times").answer
    assert found.number == 10
    assert dict(found.counts)["其中导入时隔离的"] == 4
    shown = str(provenance(Year.open("t", 2022, data=data), None))
    assert "办结时间早于受理时间 4 行" in shown
    assert "隔离" not in str(provenance(Year.open("t", 2022, data=data), None, audience="public"))


def test_a_list_of_decisions_needs_no_times_of_application(data, tmp_path, run):
    """双公示 publishes decisions alone: the cases are kept, and what needs more says what it needs."""
    mapping = tmp_path / "m.toml"
    mapping.write_text(DECISIONS, encoding="utf-8")
    rows = [
        {"决定文书号": f"{n}", "许可事项": "A", "许可机关": "甲局", "决定日期": "2022/03/04"}
        for n in range(3)
    ]
    said = run(write(tmp_path / "公示.csv", rows), "--mapping", mapping, preset="")
    assert said.code == 0, said.err
    assert len(kept(data)) == 3
    assert "“申请时间”" in number(data, "completed")
    assert "只公示决定" in number(data, "completed")
    assert Year.open("t", 2022, data=data).absent["cases.outcome=refused"] == (
        "对照没有写明怎样认出“不予许可”的办件"
    )
    assert "cases.outcome=approved" not in Year.open("t", 2022, data=data).absent


def test_cases_of_other_types_are_told(data, tmp_path, run):
    items = write(
        tmp_path / "事项.csv", [item("A"), item("B", 事项类型="02"), item("C", 事项类型="07")]
    )
    codes = ["A"] * 3 + ["B"] * 4 + ["C"] * 2 + ["Z"]
    rows = [case(业务办理项编码=code) for code in codes]
    said = run(items, write(tmp_path / "办件.csv", rows))
    assert "事项类型不是行政许可的办件,各项指标都不计(行政处罚 4、行政确认 2)(6 件)" in said.out
    assert number(data, "applications") == 4


@pytest.mark.parametrize("carried", [False, True])
def test_an_export_by_day_of_application_is_told(tmp_path, run, items, carried):
    rows = [case(**OPEN) for _ in range(30)]
    if carried:
        rows.append(case(申请时间="2021-12-30", 受理时间="2021-12-30"))
    said = run(items, write(tmp_path / "办件.csv", rows))
    assert ("年末在办 30 件,年初却一件也没有" in said.out) is not carried


def test_steps_stay_with_their_cases(data, tmp_path, run, items):
    mine, other = case(), case(申请时间="2019-01-01", 受理时间="2019-01-01", 办结时间="2019-01-02")
    steps = [
        {
            "环节编号": f"e{n}",
            "办件编号": row["办件编号"],
            "环节": "accept",
            "环节开始时间": "2022-03-01",
        }
        for n, row in enumerate([mine, other])
    ]
    said = run(
        items, write(tmp_path / "办件.csv", [mine, other]), write(tmp_path / "环节.csv", steps)
    )
    assert said.code == 0, said.err
    assert [row["event_id"] for row in kept(data, "events")] == ["e0"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--place", "nowhere"], "没有登记名为“nowhere”的地方"),
        (["--cutoff", "2021-12-31"], "不在 2022 年内"),
        (["--exported-on", "15.1.2023"], "不是日期"),
        (["--table", "case"], "没有表 case"),
        (["--mapping", "x.toml"], "二者取一"),
    ],
)
def test_mistakes_get_one_sentence(run, items, words, said):
    found = run(items, *words)
    assert found.code == 1
    assert said in found.err.splitlines()[-1]


def test_an_unknown_place_is_told_how_to_be_declared(run, items):
    said = run(items, "--place", "huadu").err
    assert "places.toml" in said
    assert "[huadu]" in said


def test_without_preset_the_presets_are_named(run, items):
    said = run(items, preset="")
    assert said.code == 1
    assert "canonical" in said.err
    assert "guangdong" in said.err


def test_rows_that_become_one_are_counted_as_read_and_as_written(data, tmp_path, run):
    mapping = tmp_path / "m.toml"
    mapping.write_text(
        'based_on = "canonical"\n[cases]\none_per = ["case_id"]\n[items]\nrows_of = "cases"\n'
        'one_per = ["item_code", "item_version"]\nneeds = ["item_code"]\n'
        "[items.columns]\nitem_version = { value = 1 }\n",
        encoding="utf-8",
    )
    catalogue = item()
    rows = [case(办件编号=number) | catalogue for number in ("a", "a", "a", "b")]
    said = run(write(tmp_path / "c.csv", rows), "--mapping", mapping, preset="")
    assert said.code == 0, said.err
    assert "得到:事项目录 1 行、办件 2 行" in said.out
    assert said.out.split("得到")[0].count("c.csv") == 1  # the catalogue has no rows of its own


def test_versions_whose_texts_the_engine_hashes_alike_are_still_different(
    data, tmp_path, run, items
):
    """DuckDB's hash is one and the same for these two texts, and for many pairs like them."""
    texts = ("SL20220000001-01", "SL20220900001-04")
    assert len({duckdb.sql(f"select hash('{text}')").fetchall()[0] for text in texts}) == 1
    rows = [case(办件编号="k", 镇街=text) for text in texts]
    said = run(items, write(tmp_path / "办件.csv", [case(), *rows]))
    assert said.code == 0, said.err
    assert len(kept(data)) == 1
    assert [row["规则"] for row in problem_rows(data)] == ["same_version"] * 2


LOCATIONS = """
based_on = "canonical"

[cases]
one_per = ["case_id"{}]
"""


def located(number, version, region, outcome):
    """One row of a register with a row for each location, in which versions of a case occur."""
    return case(办件编号=number, 数据版本=version, 镇街=region, 办结结果=outcome)


def test_each_version_of_a_folded_case_is_folded_and_the_latest_holds(data, tmp_path, run, items):
    mapping = tmp_path / "m.toml"
    fold = (
        LOCATIONS.format(', "data_version"')
        + '[cases.columns]\nregion_code = { from = "镇街", pick = "first" }'
    )
    mapping.write_text(fold, encoding="utf-8")
    rows = [
        located("a", "1", "东", "refused"),
        located("a", "1", "西", "refused"),
        located("a", "2", "南", "approved"),
        located("b", "1", "东", "withdrawn"),
        located("a", "2", "北", "approved"),
        located("b", "1", "西", "withdrawn"),
    ]
    said = run(items, write(tmp_path / "c.csv", rows), "--mapping", mapping, preset="")
    assert said.code == 0, said.err
    found = [(row["case_id"], row["region_code"], row["outcome"]) for row in kept(data)]
    assert found == [("a", "南", "approved"), ("b", "东", "withdrawn")]
    (account,) = meta(data)["imported"]["cases"]["rows"]
    assert (account["read"], account["kept"], account["superseded"]) == (6, 4, 2)


def test_versions_that_nobody_tells_apart_are_told_and_how_to(data, tmp_path, run, items):
    mapping = tmp_path / "m.toml"
    mapping.write_text(LOCATIONS.format(""), encoding="utf-8")
    rows = [case(), located("a", "1", "东", "refused"), located("a", "2", "东", "refused")]
    said = run(items, write(tmp_path / "c.csv", rows), "--mapping", mapping, preset="")
    assert said.code == 0, said.err
    (problem,) = problem_rows(data)
    assert (problem["规则"], problem["列"]) == ("contradiction", "数据版本")
    assert 'one_per 里加上 "data_version"' in problem["怎么办"]


def test_a_file_without_the_columns_that_rows_are_merged_by_is_refused(data, tmp_path, run, items):
    """Its rows would be versions of their own, and what they say would be lost."""
    mapping = tmp_path / "m.toml"
    fold = LOCATIONS.format(', "data_version"').replace("[cases]", '[cases]\nneeds = ["case_id"]')
    mapping.write_text('partial = "几张表"\n' + fold, encoding="utf-8")
    first = {k: v for k, v in case(办件编号="a", 数据版本="1").items() if k != "办结结果"}
    second = {"办件编号": "a", "办结结果": "approved"}
    files = write(tmp_path / "c.csv", [first]), write(tmp_path / "d.csv", [second])
    said = run(items, *files, "--mapping", mapping, preset="")
    assert said.code == 1
    assert "d.csv”没有“数据版本”(data_version),而办件表按它合并" in said.err
