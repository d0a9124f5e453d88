"""Anyone's file of figures: terms and units as they come; unknown terms are asked about."""

import openpyxl
import pandas as pd
import pytest

from analysis.errors import XukeError
from analysis.problems.integrity.audit import audit_file, audit_report, failing, sources
from analysis.problems.integrity.rates import comparisons, rates, rates_by_report
from analysis.problems.integrity.reading import read_file, shown_number
from analysis.problems.integrity.vocabulary import vocabulary

TEXT = (
    "指标,数值,单位\n受理数量,26569,宗\n许可数量,26462,宗\n不予许可数量,102,宗\n撤销许可数量,5,宗\n"
)


def write(folder, text, encoding="utf-8", name="报告 1.csv"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings(tmp_path, encoding):
    checks = audit_file(write(tmp_path, TEXT, encoding))
    assert failing(checks).empty
    assert "受理 = 同意 + 不同意 + 撤销" in set(checks.loc[checks["结论"] == "成立", "检查"])


def test_titles_tabs_separators_and_other_columns_do_not_matter(tmp_path):
    text = '某区年度数据\n章节,指标,单位,数值\n一,申请,件,"1,801,779"\n一,受理,件,1795742\n一,不受理,件,5146\n'
    checks = audit_file(write(tmp_path, text))
    assert list(failing(checks)["差额"]) == [891]
    tabs = text.replace(",", "\t").replace('"1\t801\t779"', "1,801,779")
    assert list(failing(audit_file(write(tmp_path, tabs)))["差额"]) == [891]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "没有“指标、数值、单位”"),
        ("名称,数值\n受理,1\n".encode(), "没有“指标、数值、单位”"),
        ("指标,数值,单位\n".encode(), "一个数也没有"),
        ("指标,数值,单位\n受理,1,801,件\n".encode(), "第 2 行"),
        ("指标,数值,单位,数值\n受理,1,件,2\n".encode(), "重复"),
        (b"\x89PNG\0\0", "不是文本文件"),
        (b"\xff\xfe\xff\x81", "不是文本文件"),
    ],
)
def test_bad_files_are_refused_in_one_sentence(tmp_path, content, said):
    path = tmp_path / "坏.csv"
    path.write_bytes(content)
    with pytest.raises(XukeError, match=said):
        audit_file(path)


@pytest.mark.parametrize(("name", "said"), [("没有.csv", "打不开"), ("没有.xlsx", "打不开")])
def test_files_that_cannot_be_read(tmp_path, name, said):
    with pytest.raises(XukeError, match=said):
        audit_file(tmp_path / name)


def test_a_spreadsheet_with_a_title_above_its_headings(tmp_path):
    book = openpyxl.Workbook()
    for row in (["某区报告"], ["指标", "数值", "单位"], ["申请量", 10, "件"], ["受理量", 7, "件"]):
        book.active.append(row)
    book.active.append(["不受理量", "1", "件"])
    book.save(tmp_path / "数.xlsx")
    checks = audit_file(tmp_path / "数.xlsx")
    row = checks[checks["检查"] == "申请 = 受理 + 不受理"].iloc[0]
    assert (row["结论"], int(row["差额"])) == ("差额", 2)


def test_what_is_only_named_a_spreadsheet_is_refused(tmp_path):
    (tmp_path / "图.xlsx").write_bytes(b"\x89PNG")
    with pytest.raises(XukeError, match="不是能读的电子表格"):
        audit_file(tmp_path / "图.xlsx")


def audited(*rows):
    return audit_report(pd.DataFrame(rows, columns=["指标", "数值", "单位"]))


@pytest.mark.parametrize(
    "term",
    ["驳回", "网上受理", "行政许可", "非行政许可事项", "审批", "受理率同意", "办结(含撤回)", "xyz"],
)
def test_unknown_terms_are_asked_about_and_not_used(term):
    checks = audited((term, "10", "件"), ("受理", "10", "件"))
    asked = checks[checks["结论"] == "待确认"]
    assert list(asked["检查"]) == [f"用语“{term}”"]
    assert asked["说明"].str.contains("用语表里没有").all()


def test_the_nearest_terms_are_proposed():
    assert "补正" in vocabulary().meaning("补证").nearest
    assert vocabulary().meaning("补证").figure == ""


@pytest.mark.parametrize(
    ("term", "figure"),
    [
        ("准予", "approved"),
        ("许可", "approved"),
        ("不予许可", "disapproved"),
        ("不准予行政许可", "disapproved"),
        ("撤销", "revoked"),
        ("不受理", "not_accepted"),
        ("不予受理量", "refused_acceptance"),
        ("全年行政许可受理总量", "accepted"),
        ("许可申请", "applications"),
        ("上年受理量", "accepted_previous_year"),
        ("受理量同比", "accepted_yoy"),
    ],
)
def test_known_terms(term, figure):
    assert vocabulary().meaning(term).figure == figure


def test_a_unit_that_does_not_fit_is_asked_about():
    checks = audited(("受理", "10", "元"))
    assert list(checks["结论"]) == ["待确认"]
    assert "元" in checks["说明"].iloc[0]


def test_a_dash_is_not_a_nought():
    checks = audited(("受理", "10", "件"), ("办结", "—", "件"), ("同意", "4", "件"))
    assert "按未印出处理" in "".join(checks["说明"])
    assert failing(checks).empty


def test_the_same_figure_printed_twice():
    checks = audited(("受理量", "2275123", "件"), ("受理", "227.5", "万件"))
    assert "在取整范围内" in set(checks["结论"])
    wrong = failing(audited(("受理量", "2275123", "件"), ("受理", "227.4", "万件")))
    assert list(wrong["差额"]) == [1123]


def test_printed_change_against_printed_levels():
    levels = [("受理", "1205", "件"), ("上年受理", "1000", "件")]
    assert failing(audited(*levels, ("受理同比", "20.5", "%"))).empty
    assert failing(audited(*levels, ("受理同比增长", "20.4", "%")))["差额"].iloc[
        0
    ] == pytest.approx(-0.1)
    fell = [("办结", "900", "件"), ("去年办结", "1000", "件"), ("办结同比", "-10.0", "%")]
    assert failing(audited(*fell)).empty


def test_a_change_that_no_count_of_last_year_gives():
    assert failing(audited(("受理", "881", "件"), ("受理同比", "75.15", "%"))).empty
    assert not failing(audited(("受理", "8", "件"), ("受理同比", "75.15", "%"))).empty


def test_not_one_late_case_among_very_many_is_noted():
    checks = audited(("办结", "1795762", "件"), ("超期办结", "0", "件"))
    row = checks[checks["组"] == "zero_lateness"].iloc[0]
    assert row["结论"] == "提示"
    assert row["算式"] == "3 ÷ 1,795,762 × 100 ≈ 0.00017%"


def test_rates_have_exact_parts_and_say_what_may_not_be_compared():
    found = rates(sources())
    table = rates_by_report(found).set_index(["报告", "比率"])
    assert (
        table.loc[("huadu_district_2022", "不受理率"), "算式"]
        == "5,146 ÷ 1,801,779 × 100 ≈ 0.2856%"
    )
    assert table.loc[("guangzhou_city_2021", "不同意率"), "取整范围"] == "0.5934% 至 0.6401%"
    pairs = comparisons(found).set_index(["比率", "甲", "乙"])
    why = pairs.loc[("不受理率", "huadu_district_2022", "panyu_housing_2024"), "为什么"]
    assert "层级不同" in why
    assert "用语不同" in why


def test_numbers_of_a_spreadsheet_are_read_as_they_are_shown(tmp_path):
    """0.997 shown as 99.70% is 99.70 %, not 0.997 %; 227.0 keeps its nought."""
    book = openpyxl.Workbook()
    for row in (["指标", "数值", "单位"], ["受理", 2275, "件"], ["办结", 2268, "件"]):
        book.active.append(row)
    for row, form in ((["办结率", 0.997, "%"], "0.00%"), (["申请", 227.0, "万件"], "0.0")):
        book.active.append(row)
        book.active.cell(book.active.max_row, 2).number_format = form
    book.save(tmp_path / "数.xlsx")
    rows = read_file(tmp_path / "数.xlsx").set_index("指标")["数值"]
    assert rows["办结率"] == "99.70%"
    assert rows["申请"] == "227.0"
    checks = audit_file(tmp_path / "数.xlsx").set_index("检查")
    # 2,268 ÷ 2,275 is 99.692 %: printed as 99.7 it would be right, printed as 99.70 it is not.
    assert checks.at["办结 = 受理 × 办结率", "结论"] == "差额"


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (1801779, "#,##0", "1801779"),
        (0.9025, "0.00%", "90.25%"),
        (0.0024, "0.0000", "0.0024"),
        (2.675, "0.00", "2.68"),
        (5, "0.00_ ", "5.00"),
        (94.49, "General", 94.49),
        ("99.70", "0.0", "99.70"),
        (44562, "yyyy-mm-dd", "44562(显示格式 yyyy-mm-dd)"),
        (2275000, "0!.0,", "2275000(显示格式 0!.0,)"),  # 万 by shifting the point: not understood
        (22.75, '0.00"万件"', "22.75万件"),
        (99.7, '0.00"%"', "99.70%"),
        (1234.5, "#,##0.0", "1234.5"),
        (None, None, None),
        (True, "0", True),
    ],
)
def test_a_number_in_its_format(value, form, shown):
    assert shown_number(value, form) == shown


def test_an_unknown_term_is_asked_about_until_it_is_said_what_it_means(tmp_path):
    text = "指标,数值,单位,对应\n申请,10,件,\n受理,7,件,\n驳回,3,件,{}\n"
    asked = audit_file(write(tmp_path, text.format("")))
    question = asked[asked["结论"] == "待确认"].iloc[0]
    assert "“对应”一列" in question["说明"]
    assert "申请 = 受理 + 不予受理" not in set(asked["检查"])
    told = audit_file(write(tmp_path, text.format("不予受理")))
    row = told[told["检查"] == "申请 = 受理 + 不予受理"].iloc[0]
    assert (row["结论"], row["差额"]) == ("成立", 0)
    assert "待确认" not in set(told["结论"])
