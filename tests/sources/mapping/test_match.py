"""Which source feeds which table, and which heading is which column."""

import pytest

from analysis.errors import XukeError
from analysis.sources.mapping.edit import write_mapping
from analysis.sources.mapping.load import mapping_file, preset, presets
from analysis.sources.mapping.match import match
from analysis.sources.mapping.near import near, plain
from analysis.sources.mapping.settled import settled
from tests.sources.mapping.sheets import DATA, Sheet, sheet, written

GBT = preset("gbt39046", DATA)
CASES = (
    "办件编号|业务办理项编码|办理部门编码|申报来源|申请时间|受理状态|受理时间|不受理时间"
    "|办件类型|办结时间|办结结果"
)


def test_exact_and_other_names_whatever_case_width_and_spaces():
    headings = CASES.replace("办件编号", " 申办 流水号").replace("受理状态", "受理状态\uff1a")
    matched = settled(match(GBT, [sheet("a", headings)]))
    (feed,) = matched.feeds
    assert feed.table.table.name == "cases"
    assert feed.cells[("办件编号", "申办流水号")] == 0
    assert matched.wanted(0) == list(range(11))
    assert not matched.proposals


def test_a_near_heading_is_proposed_and_taken_only_if_accepted():
    sheets = [sheet("a", CASES.replace("办结结果", "办结结果1"))]
    matched = match(GBT, sheets)
    assert [(p.heading, p.reference) for p in matched.proposals] == [("办结结果1", ("办结结果",))]
    with pytest.raises(XukeError, match=r"“办结结果1”→“办结结果”.*--accept"):
        settled(matched)
    assert "outcome" in settled(match(GBT, sheets, accept=True)).feeds[0].columns


def test_a_heading_can_be_ignored(tmp_path):
    mapping = written(tmp_path, 'based_on = "gbt39046"\nignore = ["送达 时间1"]\n')
    assert not settled(match(mapping, [sheet("a", CASES + "|送达时间1")])).proposals


def test_the_counterpart_of_a_heading_is_never_proposed():
    assert near([("受理时间",)], {0: "不受理时间"}) == []
    assert near([("办件类型",)], {0: "证件类型"}) == []
    assert near([("法定办结时限",)], {0: "承诺办结时限"}) == []
    assert [n.position for n in near([("received_date",)], {3: "receive_date"})] == [3]
    assert plain(" \uff33\uff22-LSH ") == "sblsh"


def test_files_with_other_orders_and_fewer_columns_are_one_table():
    other = "|".join([*reversed(CASES.split("|")), "镇街"])
    matched = settled(match(GBT, [sheet("a", CASES), sheet("b", other)]))
    assert [feed.table.table.name for feed in matched.feeds] == ["cases", "cases"]


def test_a_required_column_that_one_file_lacks_is_named():
    fewer = CASES.replace("|办结结果", "")
    with pytest.raises(XukeError, match="b 的办件表“办结结果”"):
        settled(match(GBT, [sheet("a", CASES), sheet("b", fewer)]))


def test_a_required_column_that_no_file_has_is_named_with_what_to_do():
    with pytest.raises(
        XukeError, match=r'“受理状态”\(accept_status\).*"cases.accept_status" = "原因"'
    ):
        settled(match(GBT, [sheet("a", CASES.replace("受理状态|", ""))]))


def test_each_sheet_finds_its_own_table():
    sheets = [
        sheet("a", CASES),
        sheet("b", "办件编号|环节名称|环节开始时间|环节结束时间"),
        sheet("c", "评价编号|办件编号|实施主体编码|满意度|评价时间"),
    ]
    assert list(match(GBT, sheets).tables) == ["cases", "events", "evaluations"]


def test_a_sheet_that_fits_nothing_is_refused_with_what_is_lacking():
    with pytest.raises(XukeError, match=r"“物资”的表头.*对不上"):
        match(GBT, [sheet("物资", "品名|数量|单价")])


def test_the_table_can_be_said():
    with pytest.raises(XukeError, match="没有表 case:是不是 cases"):
        match(GBT, [sheet("a", CASES)], table="case")
    forced = match(GBT, [sheet("a", CASES)], table="events")
    assert list(forced.tables) == ["events"]
    with pytest.raises(XukeError, match="缺少必填列"):
        settled(forced)


def test_identities_are_known_to_the_door():
    matched = match(GBT, [sheet("a", CASES + "|申请人证件号码|经办人")])
    assert matched.identities(0) == [11, 12]


def test_an_identity_cannot_be_used_for_anything_else(tmp_path):
    mapping = written(
        tmp_path,
        'based_on = "gbt39046"\n[cases.columns]\nregion_code = "申请人证件号码"\n',
    )
    with pytest.raises(XukeError, match=r"“申请人证件号码”.*既作标识"):
        match(mapping, [sheet("a", CASES + "|申请人证件号码")]).identities(0)


def test_partial_gives_every_lacking_column_its_reason(tmp_path):
    mapping = written(
        tmp_path,
        """
        partial = "登记簿没有这一列"
        [absent]
        "cases.closed_at" = "没有办结日期"
        [cases.columns]
        case_id = "no"
        outcome = { from = "result", codes = "outcome_words" }
        """,
    )
    absent = settled(match(mapping, [sheet("a", "no|result")])).absent("cases")
    assert absent["cases.closed_at"] == "没有办结日期"
    assert absent["cases.accept_status"] == "登记簿没有这一列"
    assert "cases.outcome" not in absent


def test_a_code_that_the_system_lacks_is_absent_until_the_mapping_says_it(tmp_path):
    sheets = [sheet("a", "SBLSH|SXBM|SLBMZZJGDM|WSSBQD|SBSJ|SLZTDM|SLSJ|BJSJ|BJJGDM|BJJGMS")]
    before = settled(match(preset("guangdong", DATA), sheets)).absent("cases")
    assert "不予许可" in before["cases.outcome=refused"]
    mapping = written(
        tmp_path,
        """
        based_on = "guangdong"
        [cases.columns]
        outcome = [
          { value = "refused", when = { BJJGMS = { contains = "不予" } } },
          { from = "BJJGDM", codes = "outcome_guangdong" },
        ]
        """,
    )
    after = settled(match(mapping, sheets)).absent("cases")
    assert "cases.outcome=refused" not in after
    assert "cases.outcome=withdrawn" in after


@pytest.mark.parametrize("name", presets(DATA))
def test_a_mapping_written_for_editing_says_the_same(name, tmp_path):
    mapping = preset(name, DATA)
    sheets = [
        Sheet(own.table.name, tuple(dict.fromkeys(_first_names(mapping, own))), [])
        for own in mapping.tables.values()
        if not own.rows_of
    ]
    matched = match(mapping, sheets)
    again = mapping_file(write_mapping(matched, tmp_path / "x.toml"), DATA)
    assert (again.tables, again.absent, again.systems) == (
        mapping.tables,
        mapping.absent,
        mapping.systems,
    )


def _first_names(mapping, own):
    name = own.table.name
    for table in mapping.tables.values():
        if name in (table.table.name, table.rows_of):
            for readings in table.columns.values():
                yield from (ref[0] for one in readings for ref in one.references)


def test_the_written_mapping_takes_proposals_and_never_overwrites(tmp_path):
    sheets = [sheet("a", CASES.replace("办结结果", "办结结果1") + "|备注")]
    matched = match(GBT, sheets)
    first = write_mapping(matched, tmp_path / "x.toml")
    assert write_mapping(matched, tmp_path / "x.toml") == first
    text = first.read_text("utf-8")
    first.write_text(text + "# mine\n", "utf-8")
    assert write_mapping(matched, tmp_path / "x.toml").name == "x-2.toml"
    assert "没有取用的表头:备注" in text
    assert "相近的表头“办结结果1”,请核对" in text
    settled(match(mapping_file(first, DATA), sheets))
