"""Mapping files are checked word by word; code systems say what the research says."""

import pytest

from analysis.errors import XukeError
from analysis.sources.mapping.load import MAPPED, preset, presets
from analysis.sources.mapping.systems import LISTS, code_systems
from tests.sources.mapping.sheets import DATA, written

SYSTEMS = code_systems(DATA)


def test_every_preset_is_valid_and_says_what_it_is():
    assert presets(DATA) == [
        *("canonical", "gbt39046", "guangdong", "national", "portal", "pre", "receipt", "york")
    ]
    for name in presets(DATA):
        assert preset(name, DATA).term != name


def test_the_canonical_preset_has_every_column():
    mapping = preset("canonical", DATA)
    for name, table in MAPPED.items():
        assert list(mapping.tables[name].columns) == [column.name for column in table.columns]


@pytest.mark.parametrize(
    ("system", "values"),
    [  # domain research 3.3: the lists that say the opposite of each other
        ("satisfaction_a8", {"1": "1", "5": "5"}),
        ("satisfaction_interface", {"1": "5", "2": "4", "3": "3", "4": "2", "5": "1"}),
        ("case_type_a6", {"1": "1", "2": "2"}),
        ("case_type_promise_time", {"1": "2", "2": "1"}),
        ("outcome_guangdong", {"0": "approved", "4": "transferred", "5": "supp_lapsed"}),
        ("outcome_shandong", {"0": "approved", "1": "refused"}),
        ("service_object_a4", {"5": "5", "6": "6"}),
        ("service_object_c0109", {"5": "6", "6": "5", "9": "6"}),
        ("power_source_common", {"2": "2", "3": "3", "5": "5"}),
        ("power_source_vendor", {"02": "3", "03": "4", "04": "5", "05": "6", "06": "2"}),
        ("apply_channel_a5", {"3": "mobile", "4": "mail"}),
        ("apply_channel_old", {"3": "mail"}),
        ("special_type_guangdong", {"A": "1", "B": "2"}),
        ("accept_status_guangdong", {"2": "not_needed", "3": "supplement", "4": "rejected"}),
        ("record_state_pre", {"0": "void", "1": "valid"}),
        ("exercise_level_vendor", {"6": "7"}),
    ],
)
def test_code_systems(system, values):
    assert values.items() <= SYSTEMS[system].values.items()


def test_outcome_1_is_never_a_refusal_in_guangdong():
    system = SYSTEMS["outcome_guangdong"]
    assert "refused" not in system.values.values()
    assert "refused" in system.lacks


@pytest.mark.parametrize("system", SYSTEMS.values(), ids=SYSTEMS)
def test_a_system_lacks_just_what_no_code_of_it_means(system):
    meant = {part for code in system.values.values() for part in code.split("^")}
    if not system.words:
        assert set(system.lacks) == set(LISTS[system.codes].terms) - meant
    assert all(system.values[own] == code for code, own in system.written.items())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[case]\ncolumns = {}", "“case”:是不是 cases"),
        ('[cases.columns]\ncase_ids = "a"', "“case_ids”:是不是 case_id"),
        ('[cases.columns]\ncase_id = { form = "a" }', "“form”:是不是 from"),
        ('[cases.columns]\ncase_id = { from = "a", value = "b" }', "恰有一个来源"),
        ("[cases.columns]\ncase_id = []", "是空的"),
        ("[cases.columns]\ncase_id = 3", "须为一张表"),
        (
            '[cases.columns]\noutcome = { from = "a", codes = "outcome_guandong" }',
            "outcome_guangdong",
        ),
        ('[cases.columns]\noutcome = { from = "a", codes = "case_type_a6" }', "case_type_a6"),
        ('[cases.columns]\noutcome = { value = "aproved" }', "是不是 approved"),
        ('[cases.columns]\nclosed_at = { from = "a", times = ["%Q"] }', "不认识的“%Q”"),
        ('[cases.columns]\nclosed_at = { from = "a", when = { b = { like = "c" } } }', "“like”"),
        ('[cases.columns]\nclosed_at = { from = "a", pick = "frist" }', "是不是 first"),
        ('zone = "Asia/Shangai"', "是不是 Asia/Shanghai"),
        ('[absent]\n"cases.closed" = "x"', "是不是 closed_at"),
        ('[absent]\n"cases.closed_at" = ""', "没有写原因"),
        ('[absent]\n"cases.outcome=refuse" = "x"', "是不是 refused"),
        ('[codes.x]\nlist = "outcomes"', "是不是 outcome"),
        ('[codes.x]\nlist = "outcome"\nvalues = { a = "granted" }', "granted"),
        ('based_on = "gbt3906"', "没有名为“gbt3906”的对照:是不是 gbt39046"),
        ('[cases]\nrows_of = "event"\n[events]', "是不是 events"),
        ('[cases]\nneeds = ["case_id"]', "needs"),
        ("[cases", "读不懂"),
        ('[items]\n[items.columns]\nstatutory_unit = { from = "a", unit = "D" }', "unit"),
    ],
)
def test_a_slip_is_one_sentence_that_names_the_nearest(text, said, tmp_path):
    with pytest.raises(XukeError, match=said):
        written(tmp_path, text)


def test_based_on_keeps_what_is_not_said_again(tmp_path):
    made = written(
        tmp_path,
        'based_on = "guangdong"\n[cases]\nwithout = ["handler_key"]\n'
        '[cases.columns]\nregion_code = "镇街"\n',
    )
    base = preset("guangdong", DATA).tables["cases"].columns
    columns = made.tables["cases"].columns
    assert columns["region_code"][0].headings == ("镇街",)
    assert columns["outcome"] == base["outcome"]
    assert set(base) - set(columns) == {"handler_key"}


def test_a_data_folder_without_presets_says_so(tmp_path):
    with pytest.raises(XukeError, match=r"presets”里没有对照:请把项目 data/ 下的 presets 复制过来"):
        preset("gbt39046", tmp_path)
