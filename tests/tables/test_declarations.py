"""The declarations of the tables are complete and do not contradict themselves."""

import pytest

from analysis.tables import TABLES
from analysis.tables.schema import Need, Privacy, Type

ALL = {"items", "cases", "events", "inspections", "evaluations", "staff", "reported", "published"}
COLUMNS = [
    pytest.param(table, column, id=f"{table.name}.{column.name}")
    for table in TABLES.values()
    for column in table.columns
]
# Codes that the place itself defines, so no list can be declared (domain research, 3.4).
LOCAL_SETS = {"package_codes", "special_procs", "tags"}


def test_every_table_is_there():
    assert set(TABLES) == ALL
    assert all(name == table.name for name, table in TABLES.items())


@pytest.mark.parametrize("name", sorted(ALL))
def test_columns_are_unique_in_name_and_term(name):
    columns = TABLES[name].columns
    assert len({column.name for column in columns}) == len(columns)
    assert len({column.term for column in columns}) == len(columns)


@pytest.mark.parametrize("name", sorted(ALL))
def test_key_is_declared_and_required(name):
    table = TABLES[name]
    assert table.key
    assert len(set(table.key)) == len(table.key)
    assert all(table[key].need is Need.REQUIRED for key in table.key)


@pytest.mark.parametrize("name", sorted(ALL))
def test_table_is_documented(name):
    table = TABLES[name]
    assert is_chinese(table.term)
    assert is_chinese(table.row)


@pytest.mark.parametrize("name", sorted(ALL))
def test_required_lists_the_required_columns(name):
    table = TABLES[name]
    assert set(table.required) == {c.name for c in table.columns if c.need.value == "必填"}


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_column(table, column):
    assert column.name.isidentifier()
    assert column.name.islower()
    assert is_chinese(column.term)
    assert isinstance(column.type, Type)
    assert table[column.name] is column
    if column.type is Type.CODE:
        assert column.codes is not None
    elif column.type is Type.SET:
        assert column.codes is not None or column.name in LOCAL_SETS
    else:
        assert column.codes is None


@pytest.mark.parametrize(
    "codes",
    {c.codes.name: c.codes for t in TABLES.values() for c in t.columns if c.codes}.values(),
    ids=lambda codes: codes.name,
)
def test_code_list(codes):
    assert codes.terms
    assert codes.source
    assert len(set(codes.terms.values())) == len(codes.terms)
    assert all(code == code.strip() != "" for code in codes.terms)
    assert all("^" not in code for code in codes.terms)  # joins the codes of a set
    assert all(term == term.strip() != "" for term in codes.terms.values())


def test_unknown_column_is_a_key_error():
    with pytest.raises(KeyError, match=r"cases\.applicant_name"):
        TABLES["cases"]["applicant_name"]


def test_no_column_holds_a_person():
    """Names, numbers, phones and addresses never pass import: there is no column for them."""
    personal = ("name", "id_no", "phone", "mobile", "address", "contact", "legal_rep", "agent")
    for table in ("cases", "events", "inspections", "evaluations"):
        for column in TABLES[table].columns:
            named = any(word in column.name for word in personal)
            assert not named or column.name == "special_name", column.name


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("cases", "applicant_key"),
        ("cases", "handler_key"),
        ("events", "resource_key"),
        ("inspections", "holder_key"),
    ],
)
def test_keys_of_persons_are_marked_as_pseudonyms(table, column):
    assert TABLES[table][column].privacy is Privacy.PSEUDONYM


@pytest.mark.parametrize(
    ("table", "required"),
    [
        # Domain research, 3.4: the columns marked "yes".
        (
            "items",
            {
                "item_code",
                "impl_code",
                "grain",
                "item_status",
                "item_name",
                "item_type",
                "dept_code",
                "dept_name",
                "case_type",
                "statutory_limit",
                "statutory_unit",
                "no_statutory_limit",
                "promised_limit",
                "promised_unit",
                "site_visits",
            },
        ),
        (
            "cases",
            {
                "case_id",
                "item_code",
                "dept_code",
                "apply_channel",
                "submitted_at",
                "accept_status",
                "accepted_at",
                "case_type",
                "closed_at",
                "outcome",
            },
        ),
    ],
)
def test_what_the_domain_requires_is_required(table, required):
    assert required <= set(TABLES[table].required)


@pytest.mark.parametrize(
    ("table", "column", "code", "term"),
    [
        ("items", "item_type", "01", "行政许可"),
        ("items", "case_type", "1", "即办件"),  # GB/T 39046 A.6, not the rating interface
        ("cases", "case_type", "2", "承诺件"),
        ("evaluations", "satisfaction", "1", "非常满意"),  # GB/T 39046 A.8
        ("evaluations", "satisfaction", "5", "非常不满意"),
        ("items", "exercise_level", "4", "县级"),
        ("cases", "outcome", "supp_lapsed", "补正不来"),
        ("items", "statutory_unit", "N", "自然日"),
    ],
)
def test_codes_mean_what_the_standard_says(table, column, code, term):
    assert TABLES[table][column].codes.terms[code] == term


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)
