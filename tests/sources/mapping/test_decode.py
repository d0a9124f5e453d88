"""From cells to columns: conditions, codes, constants, zones, rows that become one."""

from datetime import datetime

import pytest

from analysis.errors import XukeError
from analysis.sources.mapping.mapped import Severity
from tests.sources.mapping.sheets import broken, column, frame, mapped, sheet, written

CASES = "办件编号|业务办理项编码|办理部门编码|申报来源|申请时间|受理状态|受理时间|不受理时间|办件类型|办结时间|办结结果"
REGISTER = """
partial = "登记簿没有这一列"
[cases.columns]
case_id = "no"
"""


def test_every_type_of_cell(tmp_path):
    made = mapped(
        "gbt39046",
        [
            sheet(
                "a",
                f"""{CASES}|承诺办结时限|补正次数|容缺受理件
                A1|I1|D1|窗口|2022-01-05 08:00:00|受理|20220105090000||1|2022/1/6|准予许可|即办|0次|是
                A2|I1|D1|2|44562.5|不予受理||2022年1月7日|2|||20个工作日|1,000|N
                """,
            )
        ],
        tmp_path,
    )["cases"]
    assert column(made, "apply_channel") == ["window", "pc"]
    assert column(made, "submitted_at") == [datetime(2022, 1, 5, 8), datetime(2022, 1, 1, 12)]
    assert column(made, "accept_status") == ["accepted", "rejected"]
    assert column(made, "not_accepted_at") == [None, datetime(2022, 1, 7)]
    assert column(made, "promised_days") == [0, 20]
    assert column(made, "supp_rounds") == [0, 1000]
    assert column(made, "tolerance_used") == [True, False]
    assert column(made, "outcome") == ["approved", None]
    assert broken(made) == {}
    assert made.headings[0]["promised_days"] == "承诺办结时限"


def test_what_cannot_be_read_is_told_by_row(tmp_path):
    made = mapped(
        "gbt39046",
        [
            sheet(
                "a",
                f"""{CASES}|承诺办结时限
                A1|I1|D1|8|2022-02-30|受理|||1|||3个月
                A2|I1|D1|1|待定|受理|||7|||5
                """,
            )
        ],
        tmp_path,
    )["cases"]
    assert broken(made) == {
        ("code", "apply_channel"): [2],
        ("time", "submitted_at"): [2, 3],
        ("code", "case_type"): [3],
        ("days", "promised_days"): [2],
    }
    rules = {rule.column: rule for rule in made.rules}
    assert "“8”" in rules["apply_channel"].said
    assert rules["apply_channel"].severity is Severity.QUARANTINE
    assert rules["promised_days"].severity is Severity.WARNING


def test_numbers_that_a_spreadsheet_shortened_are_told(tmp_path):
    made = mapped("gbt39046", [sheet("a", f"{CASES}\n4.40114E+17|I1\n440114E|I1")], tmp_path)
    assert broken(made["cases"]) == {("damaged", "case_id"): [2]}


def test_totals_are_not_data(tmp_path):
    made = mapped("gbt39046", [sheet("a", f"{CASES}\nA1|I1||||||||\n合 计||||||||||")], tmp_path)
    assert made["cases"].rows.order_by("_row").to_pandas()["_not_data"].tolist()[1] == "合计行"


@pytest.mark.parametrize("code", ["1", "5"])
def test_codes_without_a_declared_system_are_refused_with_the_readings(code, tmp_path):
    mapping = written(
        tmp_path, f'{REGISTER}[evaluations.columns]\nevaluation_id = "id"\nsatisfaction = "满意度"'
    )
    with pytest.raises(XukeError) as error:
        mapped(mapping, [sheet("a", f"id|满意度\nE1|{code}")], tmp_path)
    assert 'codes = "satisfaction_a8"' in str(error.value)
    assert 'codes = "satisfaction_interface"' in str(error.value)
    assert "非常满意" in str(error.value)
    assert "非常不满意" in str(error.value)


def test_words_need_no_system(tmp_path):
    mapping = written(
        tmp_path, f'{REGISTER}[evaluations.columns]\nevaluation_id = "id"\nsatisfaction = "满意度"'
    )
    made = mapped(mapping, [sheet("a", "id|满意度\nE1|非常满意\nE2|不满意")], tmp_path)
    assert column(made["evaluations"], "satisfaction") == ["1", "4"]


@pytest.mark.parametrize(
    ("system", "expected"), [("satisfaction_a8", "1"), ("satisfaction_interface", "5")]
)
def test_the_declared_system_decides(system, expected, tmp_path):
    mapping = written(
        tmp_path,
        f'{REGISTER}[evaluations.columns]\nevaluation_id = "id"\n'
        f'satisfaction = {{ from = "满意度", codes = "{system}" }}',
    )
    made = mapped(mapping, [sheet("a", "id|满意度\nE1|1")], tmp_path)
    assert column(made["evaluations"], "satisfaction") == [expected]


def test_codes_in_a_column_of_words_are_asked_about(tmp_path):
    rows = f"{CASES}\nA1|I1|D1|1|2022-01-05|受理|2022-01-05||1|2022-01-06|1"
    with pytest.raises(XukeError, match=r"outcome_guangdong.*outcome_shandong"):
        mapped("gbt39046", [sheet("a", rows)], tmp_path)


def test_codes_may_depend_on_another_column(tmp_path):
    mapping = written(
        tmp_path,
        REGISTER
        + """
        accept_status = { from = "state", codes = "accept_status_guangdong" }
        outcome = { from = "r", codes = "outcome_guangdong", when = { accept_status = "accepted" } }
        """,
    )
    made = mapped(mapping, [sheet("a", "no|state|r\n1|1|0\n2|4|0\n3|1|")], tmp_path)["cases"]
    assert column(made, "outcome") == ["approved", None, None]


def test_long_values_are_not_repeated_in_messages(tmp_path):
    mapping = written(tmp_path, f'{REGISTER}outcome = "谁"')
    with pytest.raises(XukeError) as error:
        mapped(mapping, [sheet("a", "no|谁\n1|某某某的申请人姓名")], tmp_path)
    assert "某某某" not in str(error.value)


GUANGDONG = "SBLSH|SXBM|SXQXBM|SLBMZZJGDM|WSSBQD|SBSJ|SLZTDM|SLSJ|BJSJ|BJJGDM|VERSION"


def test_guangdong_one_time_of_two_decisions(tmp_path):
    made = mapped(
        "guangdong",
        [
            sheet(
                "a",
                f"""{GUANGDONG}
                S1|X||D|0|20220103080000|1|20220104080000|20220105080000|0|1
                S2|X|01|D|3|20220103080000|2|20220104080000|||1
                S3|X||D|9|20220103080000|4|20220104080000|||2
                S4|X||D|9|20220103080000|3|20220104080000|||1
                """,
            )
        ],
        tmp_path,
    )["cases"]
    decided = datetime(2022, 1, 4, 8)
    assert column(made, "accepted_at") == [decided, None, None, None]
    assert column(made, "not_accepted_at") == [None, decided, decided, None]
    assert column(made, "accept_status") == ["accepted", "not_needed", "rejected", "supplement"]
    assert column(made, "item_code") == ["X", "X01", "X", "X"]
    assert column(made, "apply_channel") == ["pc", "mobile", "other", "other"]
    assert column(made, "data_version") == [1, 1, 2, 1]


def test_files_with_other_columns_are_one_table(tmp_path):
    sheets = [
        sheet("a", f"{CASES}|镇街\nA1|I1|D1|1|2022-01-05|受理|||1|||甲街"),
        sheet("b", "|".join(reversed(CASES.split("|"))) + "\n||1|||受理|2022-01-06|1|D1|I1|A2"),
    ]
    made = mapped("gbt39046", sheets, tmp_path)["cases"]
    assert column(made, "case_id") == ["A1", "A2"]
    assert column(made, "region_code") == ["甲街", None]
    assert made.notes == ("“b”没有这些列,记为空:镇街",)


def test_conditions(tmp_path):
    mapping = written(
        tmp_path,
        REGISTER
        + """
        outcome = [
          { value = "refused", when = { note = { contains = ["不予", "驳回"] } } },
          { value = "withdrawn", when = { kind = ["W", "X"] } },
          { value = "other", when = { kind = { not = "P" }, done = { filled = true } } },
          { value = "approved", when = { done = { filled = true } } },
        ]
        """,
    )
    made = mapped(
        mapping,
        [sheet("a", "no|note|kind|done\n1|决定驳回|P|\n2||W|\n3||Q|1\n4||P|1\n5||P|\n6|||1")],
        tmp_path,
    )["cases"]
    expected = ["refused", "withdrawn", "other", "approved", None, "other"]
    assert column(made, "outcome") == expected


def test_parts_of_texts_and_texts_put_together(tmp_path):
    mapping = written(
        tmp_path,
        """
        partial = "没有"
        [cases.columns]
        case_id = { join = ["year", ["no", "number"]], joined_by = "/" }
        item_code = [{ from = "ref", extract = "^[0-9]+/([A-Z]+)$" }, { value = "?" }]
        """,
    )
    made = mapped(mapping, [sheet("a", "year|number|ref\n22|7|15/FUL\n22|8|none")], tmp_path)
    assert column(made["cases"], "case_id") == ["22/7", "22/8"]
    assert column(made["cases"], "item_code") == ["FUL", "?"]


LOCATIONS = """
partial = "没有"
[cases]
one_per = ["case_id"]
[cases.columns]
case_id = "no"
submitted_at = "in"
outcome = { from = "result", codes = "outcome_words" }
"""


def test_one_row_a_location_becomes_one_row_an_application(tmp_path):
    made = mapped(
        written(tmp_path, LOCATIONS),
        [
            sheet(
                "a",
                """no|in|result|place
                1|2022-01-05|同意|x
                1|2022-01-05||y
                2|2022-01-06|同意|x
                2|2022-01-07|同意|y
                 |2022-01-07||z
                合计|||
                """,
            )
        ],
        tmp_path,
    )["cases"]
    rows = made.rows.order_by("_row").to_pandas()
    assert made.merged
    assert made.accounts
    assert rows[["_row", "_rows"]].values.tolist() == [[2, 2], [4, 2], [6, 1], [7, 1]]
    assert column(made, "outcome") == ["approved", "approved", None, None]
    assert broken(made) == {("contradiction", "submitted_at"): [4]}


def test_two_tables_of_one_system_become_one_row_a_case(tmp_path):
    accept = "project_no|task_code|org_code|apply_type|apply_date|accept_date|project_type"
    sheets = [
        sheet(
            "accept",
            f"{accept}\nP1|T|D|1|2022-01-05|2022-01-06|2\nP2|T|D|1|2022-01-05|2022-01-06|2",
        ),
        sheet("result", "project_no|result_date|result_type\nP1|2022-01-09|准予许可"),
    ]
    made = mapped("national", sheets, tmp_path)["cases"]
    assert column(made, "case_id") == ["P1", "P2"]
    assert column(made, "closed_at") == [datetime(2022, 1, 9), None]
    assert column(made, "accept_status") == ["accepted", "accepted"]
    rows = made.rows.order_by("_row").to_pandas()
    assert rows[["_rows", "_rows_0", "_rows_1"]].values.tolist() == [[2, 1, 1], [1, 1, 0]]


def test_limits_with_their_units(tmp_path):
    made = mapped(
        "portal",
        [
            sheet(
                "a",
                """实施编码|事项名称|审批部门|组织机构代码|权力类型|办理类型|法定期限|承诺时限|到现场次数|网办深度|事项状态
                1|甲|局|D|行政许可|即办件|20个工作日|即办|0次|全程网办(Ⅳ级)|在用
                2|乙|局|D|行政许可|承诺件|3个月|20个工作日|1次|Ⅱ级|在用
                3|丙|局|D|行政许可|承诺件|无|5天|1次||在用
                """,
            )
        ],
        tmp_path,
    )["items"]
    assert column(made, "statutory_limit") == [20, 3, None]
    assert column(made, "statutory_unit") == ["W", "M", "W"]
    assert column(made, "no_statutory_limit") == [False, False, True]
    assert column(made, "promised_limit") == [0, 20, 5]
    assert column(made, "promised_unit") == ["W", "W", None]
    assert column(made, "site_visits") == [0, 1, 1]
    assert column(made, "online_depth") == ["5", "2", None]
    assert broken(made) == {("unit", "promised_unit"): [4]}
    assert "items.in_prov_system" in made.absent


def test_rows_keep_their_declared_order_and_hold_nothing_else(tmp_path):
    made = mapped("gbt39046", [sheet("a", f"{CASES}\nA1|||||||||||")], tmp_path)["cases"]
    declared = [c.name for c in made.table.columns if c.name in made.rows.columns]
    assert list(frame(made).columns) == declared
