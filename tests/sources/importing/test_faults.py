"""Each fault is found in the row that has it, and only there."""

import pytest

from tests.sources.importing.exports import case, item, kept, problem_rows, write

QUARANTINED = {
    "empty_dept_code": {"办理部门编码": ""},
    "empty_case_type": {"办件类型": ""},
    "early_submitted_at": {"申请时间": "1970-01-01"},
    "late_closed_at": {"办结时间": "2023-01-16"},
    "accepted_at_before_submitted_at": {"受理时间": "2022-02-28 10:00:00"},
    "closed_at_before_accepted_at": {"办结时间": "2022-03-01 09:30:00"},
    "accepted_without_time": {"受理时间": "", "办结时间": "", "办结结果": ""},
    "closed_without_outcome": {"办结结果": ""},
    "outcome_without_closed": {"办结时间": ""},
    "not_accepted_without_time": {
        "受理状态": "rejected",
        "受理时间": "",
        "办结时间": "",
        "办结结果": "",
    },
    "accepted_and_not": {"不受理时间": "2022-03-02 10:00:00"},
    "number_supp_rounds": {"补正次数": "-1"},
}
WARNED = {
    "not_in_catalogue": {"业务办理项编码": "Z"},
    "promise_above_statute": {"承诺办结时限": "21"},
    "immediate_over_a_day": {"办件类型": "1", "承诺办结时限": "3"},
    "late_delivered_at": {"送达时间": "2024-01-01"},
    "decided_before_accepted": {"决定时间": "2022-02-01 10:00:00"},
}
ODD_ITEMS = {
    "promise_above_statute": {"承诺办结时限": "25"},
    "immediate_over_a_day": {"办件类型": "1", "承诺办结时限": "3"},
    "commitment_without_days": {"承诺办结时限": "0"},
    "visits_without_reason": {"到办事现场次数": "1"},
    "limit_though_none": {"法律未规定时限": "是"},
    "valid_to_before_valid_from": {"生效日期": "2022-05-01", "失效日期": "2022-04-01"},
}
WHOLE = {"补正次数": "0", "法定办结时限": "20", "承诺办结时限": "5", "送达时间": "", "决定时间": ""}


@pytest.fixture
def found(data, tmp_path, run):
    """Import all faulty rows in one go; return for each rule the row numbers that break it."""
    rows = [case(**WHOLE), *(case(**WHOLE | faulty) for faulty in (QUARANTINED | WARNED).values())]
    codes = {f"A{n}": odd for n, odd in enumerate(ODD_ITEMS.values())}
    dates = {"生效日期": "", "失效日期": "", "必须现场办理原因": ""}
    items = [item("A", **dates), *(item(code, **dates | odd) for code, odd in codes.items())]
    files = write(tmp_path / "i.csv", items), write(tmp_path / "c.csv", rows)
    said = run(*files, "--exported-on", "2023-01-15")
    assert said.code == 0, said.err
    broken: dict[tuple[str, str], list[int]] = {}
    for row in problem_rows(data):
        broken.setdefault((row["表"], row["规则"]), []).append(int(row["行"]))
    return broken


def test_faults(data, found):
    for n, rule in enumerate(QUARANTINED | WARNED, start=3):
        assert n in found["办件", rule], rule
    for n, rule in enumerate(ODD_ITEMS, start=3):
        assert found["事项目录", rule] == [n], rule
    assert not any(2 in rows for rows in found.values())
    assert len(kept(data)) == 1 + len(WARNED)
    assert len(kept(data, "items")) == 1 + len(ODD_ITEMS)


def test_a_date_without_time_of_day_contradicts_nothing_on_its_day(data, tmp_path, run):
    rows = [case(受理时间="2022-03-01", 办结时间="2022-03-01 00:00:00")]
    said = run(write(tmp_path / "i.csv", [item()]), write(tmp_path / "c.csv", rows))
    assert said.code == 0, said.err
    assert len(kept(data)) == 1


def test_bulk_entries_days_off_and_midnights_are_told(data, tmp_path, run):
    # 2022-03-05 is a Saturday.
    bulk = case(
        申请时间="2022-03-05", 受理时间="2022-03-05 10:00:00", 办结时间="2022-03-05 10:00:30"
    )
    rows = [bulk | {"办件编号": f"b{n}"} for n in range(60)]
    rows += [case(受理时间="2022-03-02", 办结时间="2022-03-03 10:00:00") for _ in range(10)]
    said = run(write(tmp_path / "i.csv", [item()]), write(tmp_path / "c.csv", rows))
    assert "疑似批量补录" in said.out
    assert "(60 件)" in said.out
    assert "在休息日办结的" in said.out
    assert "受理时间正好是零点" in said.out


def test_rows_of_one_rule_are_listed_up_to_a_limit_and_counted_in_full(
    data, tmp_path, run, monkeypatch
):
    monkeypatch.setattr("analysis.sources.importing.problems.LISTED", 5)
    rows = [case(), *(case(办结结果="") for _ in range(12))]
    said = run(write(tmp_path / "i.csv", [item()]), write(tmp_path / "c.csv", rows))
    listed = [row for row in problem_rows(data) if row["规则"] == "closed_without_outcome"]
    assert [row["行"] for row in listed] == ["3", "4", "5", "6", "7"]
    assert any("没有办结结果" in line and " 12 " in line for line in said.out.splitlines())


def test_what_cannot_be_read_is_told_once(data, tmp_path, run):
    """Not that the column is empty, nor what an empty one contradicts, also where it is copied."""
    mapping = tmp_path / "m.toml"
    mapping.write_text(
        'based_on = "canonical"\n[cases.columns]\naccepted_at = { copy = "submitted_at" }\n'
    )
    rows = [case(), case(申请时间="某日"), case(办结时间="32/13/2022"), case(申请时间="")]
    files = write(tmp_path / "i.csv", [item()]), write(tmp_path / "c.csv", rows)
    said = run(*files, "--mapping", mapping, "--exported-on", "2023-01-15", preset="")
    assert said.code == 0, said.err
    told = [(row["行"], row["规则"], row["列"]) for row in problem_rows(data)]
    assert [one for one in told if one[0] in "34"] == [
        ("3", "time", "申请时间"),
        ("4", "time", "办结时间"),
    ]
    assert ("5", "empty_submitted_at", "申请时间") in told


STEP = {
    "环节编号": "e",
    "办件编号": "c",
    "环节": "receive",
    "环节开始时间": "2022-03-01 09:00:00",
    "环节结束时间": "2022-03-01 10:00:00",
}
INSPECTION = {
    "检查编号": "i",
    "抽查类型": "random",
    "抽查机关编码": "D1",
    "业务办理项编码": "A",
    "完成日期": "2022-03-01",
    "检查结果": "clean",
    "公示日期": "2022-03-02",
}
RATING = {
    "评价编号": "r",
    "办件编号": "c",
    "业务办理项编码": "A",
    "被评价部门编码": "D1",
    "满意度": "1",
    "评价时间": "2022-03-01 09:00:00",
    "差评工单生成时间": "2022-03-02",
    "差评整改时间": "2022-03-03",
}
STAFF = {"部门编码": "D1", "时期": "2022", "岗位": "window", "人数": "3"}
AROUND = {
    ("办理环节", "end_at_before_start_at"): STEP | {"环节编号": "x", "环节结束时间": "2022-02-28"},
    ("办理环节", "code"): STEP | {"环节编号": "y", "环节": "lunch"},
    ("办理环节", "other_year"): STEP | {"环节编号": "z", "办件编号": "nobody's"},
    ("事中事后监管", "published_on_before_inspected_on"): INSPECTION
    | {"检查编号": "x", "公示日期": "2022-02-01"},
    ("事中事后监管", "code"): INSPECTION | {"检查编号": "y", "检查结果": "fine"},
    ("事中事后监管", "not_in_catalogue"): INSPECTION | {"检查编号": "z", "业务办理项编码": "Z"},
    ("好差评", "rectified_at_before_order_created_at"): RATING
    | {"评价编号": "x", "差评整改时间": "2022-03-01 23:00:00"},
    ("好差评", "order_before_evaluated"): RATING
    | {"评价编号": "y", "差评工单生成时间": "2022-02-01"},
    ("好差评", "case_unknown"): RATING | {"评价编号": "z", "办件编号": "nobody's"},
    ("人员", "period_unreadable"): STAFF | {"时期": "2022年"},
    ("人员", "number_headcount"): STAFF | {"时期": "2021", "人数": "-3"},
}
STAYS = ("not_in_catalogue", "order_before_evaluated", "case_unknown")


def test_faults_of_the_tables_around_the_cases(data, tmp_path, run):
    clean = {"办理环节": STEP, "事中事后监管": INSPECTION, "好差评": RATING, "人员": STAFF}
    files = [write(tmp_path / "i.csv", [item()]), write(tmp_path / "c.csv", [case(办件编号="c")])]
    for term, row in clean.items():
        faulty = [wrong for (table, _), wrong in AROUND.items() if table == term]
        files.append(write(tmp_path / f"{term}.csv", [row, *faulty]))
    said = run(*files, "--exported-on", "2023-01-15")
    assert said.code == 0, said.err
    told = [(row["表"], row["规则"], row["行"]) for row in problem_rows(data)]
    numbers = {table: iter(range(3, 9)) for table in clean}
    assert sorted(told) == sorted(
        (table, rule, str(next(numbers[table]))) for table, rule in AROUND
    )
    for name, table in (
        ("events", "办理环节"),
        ("inspections", "事中事后监管"),
        ("evaluations", "好差评"),
        ("staff", "人员"),
    ):
        staying = [rule for term, rule in AROUND if term == table and rule in STAYS]
        assert len(kept(data, name)) == 1 + len(staying)
