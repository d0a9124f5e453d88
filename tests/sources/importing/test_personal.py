"""What looks personal, what is keyed, and what is let through the door."""

import hashlib
import hmac
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import XukeError
from analysis.sources.importing.door import Door
from analysis.sources.importing.keys import Keys
from analysis.sources.importing.personal import MASK, is_id_number, looks_personal
from analysis.sources.reading.source import NOT_DATA, ROW

# The example that GB 11643-1999 prints, and one whose check digit is a number.
IDS = ["11010519491231002X", "440524188001010014"]
BORN = st.dates(
    min_value=date(1900, 1, 1),
    max_value=date(2019, 12, 31),
)
REGIONS = st.sampled_from(["110105", "440114", "650102", "810000", "320583"])


def check_digit(body: str) -> str:
    """ISO 7064 MOD 11-2, by its definition rather than by weights."""
    rest = 0
    for digit in body:
        rest = (rest + int(digit)) * 2 % 11
    return "0123456789X"[(12 - rest) % 11]


def hits(*texts: str) -> list[bool]:
    found = looks_personal(pa.array(texts, pa.string()))
    return [False] * len(texts) if found is None else found.to_pylist()


@pytest.mark.parametrize("number", IDS)
def test_printed_examples_are_right(number):
    assert is_id_number(number)
    assert hits(number) == [True]


@given(REGIONS, BORN, st.integers(0, 999), st.sampled_from(["{}", "身份证{}号", "({})", "{} 张"]))
def test_every_id_number_is_found_in_any_text(region, born, serial, around):
    body = f"{region}{born:%Y%m%d}{serial:03d}"
    number = body + check_digit(body)
    assert hits(around.format(number)) == [True]
    assert hits(around.format(number.lower())) == [True]


@given(REGIONS, BORN, st.integers(0, 999), st.integers(1, 10))
def test_a_wrong_check_digit_is_another_number(region, born, serial, off):
    body = f"{region}{born:%Y%m%d}{serial:03d}"
    right = "0123456789X".index(check_digit(body))
    assert hits(body + "0123456789X"[(right + off) % 11]) == [False]


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "19912345678",
        "电话13800138000",
        "+8613800138000",
        "86-13800138000",
        "138 0013 8000",
        "１３８００１３８０００",
        "110105491231002",
        "经办:13800138000;",
    ],
)
def test_mobile_numbers_and_old_id_numbers_are_found(text):
    assert hits(text, None, "甲") == [True, False, False]


@pytest.mark.parametrize(
    "text",
    [
        "440114202203150012",  # a case number: region, day, serial number
        "440114220315001",
        "20220331093000",
        "2022-03-31 09:30:00",
        "202203311130001",
        "11440114007511111X",  # 统一社会信用代码
        "11440114007511111X4440112001000",
        "SL2022000000123",
        "12345678901",
        "0755-83212345",
        "1f13912345678c90",
        "",
    ],
)
def test_other_numbers_are_not(text):
    assert hits(text) == [False]


def test_numbers_that_are_right_by_chance_are_let_through():
    """Case numbers of 2015 look like births; about one in eleven has a right check digit."""
    numbers = [f"44011420150315{n:04d}" for n in range(1000)]
    assert 50 < sum(map(is_id_number, numbers)) < 150
    assert not any(hits(*numbers))
    assert hits(*numbers, "13800138000")[-1]


@given(st.binary(min_size=16, max_size=200), st.text(st.characters(codec="ascii"), min_size=1))
def test_keys_are_those_of_the_standard_library(secret, text):
    """Also with secrets longer than the 64 bytes that SHA-256 takes at once."""
    plain = "".join(text.split())
    expected = hmac.new(secret, plain.encode(), hashlib.sha256).hexdigest()[:32] if plain else None
    assert Keys(secret)(pa.array([text])).to_pylist() == [expected]


def test_key_is_the_hmac_of_the_normalised_text():
    expected = hmac.new(b"k" * 32, b"11010519491231002X", hashlib.sha256).hexdigest()[:32]
    written = [
        "11010519491231002x",
        " 11010519491231002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        None,
        " ",
    ]
    assert Keys(b"k" * 32)(pa.array(written)).to_pylist() == [expected] * 3 + [None, None]


@given(st.lists(st.text(min_size=1), min_size=1), st.binary(min_size=16), st.binary(min_size=16))
def test_keys_tell_apart_what_differs_and_no_secret_gives_anothers_keys(texts, one, two):
    keys = Keys(one)(pa.array(texts, pa.string())).to_pylist()
    again = Keys(one)(pa.array(texts[::-1], pa.string())).to_pylist()[::-1]
    assert keys == again
    if one.rstrip(b"\0") != two.rstrip(b"\0"):
        others = set(Keys(two)(pa.array(texts, pa.string())).to_pylist()) - {None}
        assert not others & set(keys)


def test_keys_are_forgotten_when_they_are_too_many(monkeypatch):
    monkeypatch.setattr("analysis.sources.importing.keys.CACHE", 3)
    keys, texts = Keys(b"k" * 32), [f"人{n}" for n in range(10)]
    assert keys(pa.array(texts)).to_pylist() == [keys(pa.array([t])).to_pylist()[0] for t in texts]
    assert len(keys._known) <= 3


def batch() -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict(
        {
            ROW: [2, 3],
            NOT_DATA: pa.array([None, None], pa.string()),
            "c0": [IDS[0], "王某"],
            "c1": ["甲", f"证{IDS[1]}"],
            "c4": ["2022-03-01", "13800138000"],
        }
    )


def test_door_keys_identities_withholds_texts_and_masks_the_rest():
    door = Door(Keys(b"k" * 32), identities=[0], texts={1: "备注"}, asked={})
    came = door(batch())
    assert came.schema.names == batch().schema.names
    assert came.column("c0").to_pylist() == Keys(b"k" * 32)(batch().column("c0")).to_pylist()
    assert came.column("c1").to_pylist() == ["甲", None]
    assert came.column("c4").to_pylist() == ["2022-03-01", MASK]
    with pytest.raises(XukeError, match="“备注”\\(1 处\\)") as told:
        door.require_nothing_withheld("a.csv")
    assert IDS[1] not in str(told.value)


def test_door_lets_an_empty_batch_through():
    assert (
        Door(Keys(b"k" * 32), identities=[0], texts={}, asked={})(batch().slice(0, 0)).num_rows == 0
    )


FORMS = st.sampled_from(["2022-05-06 07:08:09", "2022/05/06 07:08", "", None])


@given(st.lists(FORMS, max_size=6), st.sampled_from(["{}........", "a {} b ...", "{:.>19}"]))
def test_a_number_among_times_of_one_form_is_found(times, around):
    """Where texts have marks in the same places a cheap test says that no number can be long."""
    hidden = around.format("13800138000")
    assert hits(*times, hidden, *times) == [*[False] * len(times), True, *[False] * len(times)]


@given(st.lists(FORMS | st.just("13800138000"), min_size=1, max_size=8), st.data())
def test_a_slice_of_a_column_is_judged_by_itself(texts, data):
    start = data.draw(st.integers(0, len(texts)))
    found = looks_personal(pa.array(texts, pa.string()).slice(start))
    expected = [text == "13800138000" for text in texts[start:]]
    assert (found.to_pylist() if found is not None else [False] * len(expected)) == expected


@given(st.lists(st.text(st.sampled_from("0123456789xX \u3000１ab"), max_size=20), max_size=8))
def test_a_key_does_not_depend_on_the_texts_beside_it(texts):
    """Whole columns that need no normalising are keyed as they stand."""
    together = Keys(b"secret")(pa.array(texts, pa.string())).to_pylist()
    alone = [Keys(b"secret")(pa.array([text], pa.string())).to_pylist()[0] for text in texts]
    assert together == alone
