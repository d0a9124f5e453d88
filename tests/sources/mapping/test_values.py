"""Decoders against plain Python, written from the definition in docs/import.md."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.sources.mapping import values
from analysis.sources.mapping.engine import narrow

CONNECTION = ibis.duckdb.connect()
FEW = settings(max_examples=15, deadline=None)
WIDE = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789/:-,."}
moments = st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31, 23, 59, 59)).map(
    lambda moment: moment.replace(microsecond=0)
)


def read(texts, decoder, *how):
    """Return the values, and whether each text is unreadable."""
    rows = ibis.memtable(pa.table({"n": range(len(texts)), "text": pa.array(texts, pa.string())}))
    decoded = decoder(narrow(rows.text), *how)
    found = rows.select(
        rows.n, value=decoded.value, bad=(decoded.filled & decoded.value.isnull()).fill_null(False)
    )
    frame = CONNECTION.to_pyarrow(found.order_by("n"))
    return frame["value"].to_pylist(), frame["bad"].to_pylist()


def times(texts, formats=(), written_in="Asia/Shanghai", zone="Asia/Shanghai"):
    return read(texts, values.times, formats, written_in, zone)


SECONDS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y%m%d%H%M%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y/%m/%d %H:%M:%S",
    "%Y年%m月%d日 %H时%M分%S秒",
    "%Y年%m月%d日 %H:%M:%S",
)
DAYS = ("%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")


@FEW
@given(st.lists(st.tuples(moments, st.sampled_from(SECONDS), st.booleans()), min_size=1))
def test_a_time_written_in_any_usual_format_is_read_to_the_second(written):
    texts = [
        moment.strftime(fmt).translate(WIDE) if wide else moment.strftime(fmt)
        for moment, fmt, wide in written
    ]
    found, bad = times(texts)
    assert found == [moment for moment, _, _ in written]
    assert not any(bad)


@FEW
@given(st.lists(st.tuples(moments, st.sampled_from(DAYS)), min_size=1))
def test_a_date_alone_is_its_midnight(written):
    found, _ = times([moment.strftime(fmt) for moment, fmt in written])
    assert found == [moment.replace(hour=0, minute=0, second=0) for moment, _ in written]


@FEW
@given(st.lists(st.text("0123456789", min_size=1, max_size=16), min_size=1))
def test_digits_alone_are_a_time_only_if_their_number_says_which(texts):
    by_length = {14: "%Y%m%d%H%M%S", 12: "%Y%m%d%H%M", 8: "%Y%m%d"}

    def expected(text):
        if len(text) == 5 and text[0] != "0":
            return datetime(1899, 12, 30) + timedelta(days=int(text))
        try:
            moment = datetime.strptime(text, by_length[len(text)])
        except (KeyError, ValueError):
            return None
        return moment if moment.year // 100 in (19, *range(20, 30), 99) else None

    found, bad = times(texts)
    assert found == [expected(text) for text in texts]
    assert bad == [value is None for value in found]


@FEW
@given(st.lists(moments.filter(lambda m: m.year > 1927), min_size=1))
def test_a_spreadsheet_serial_is_read_to_the_second(written):
    serials = [repr((moment - datetime(1899, 12, 30)) / timedelta(days=1)) for moment in written]
    found, _ = times([text[:-2] if text.endswith(".0") else text for text in serials])
    assert found == written


zoned = st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1))


@FEW
@given(st.lists(st.tuples(zoned, st.integers(-11, 13), st.sampled_from([":00", "00", ""]))))
def test_an_offset_says_when_it_was_and_the_zone_what_clocks_showed(written):
    texts = [f"{moment.isoformat(' ')}{hours:+03d}{minutes}" for moment, hours, minutes in written]
    expected = [
        (moment - timedelta(hours=hours))
        .replace(tzinfo=ZoneInfo("UTC"))
        .astimezone(ZoneInfo("Europe/Amsterdam"))
        .replace(tzinfo=None)
        for moment, hours, _ in written
    ]
    found, _ = times(texts, zone="Europe/Amsterdam", written_in="Europe/Amsterdam")
    assert found == expected


@FEW
@given(st.lists(moments.filter(lambda m: 1971 < m.year < 2037), min_size=1))
def test_naive_utc_becomes_local(written):
    found, _ = times([m.isoformat(" ") for m in written], written_in="UTC")
    local = ZoneInfo("Asia/Shanghai")  # with summer time from 1986 to 1991
    assert found == [
        moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(local).replace(tzinfo=None)
        for moment in written
    ]


@pytest.mark.parametrize(
    "text",
    ["2022-02-30", "2022-13-01 00:00:00", "0000-00-00 00:00:00", "2022105", "22-01-05", "待定"],
)
def test_what_is_no_time_is_unreadable(text):
    assert times([text]) == ([None], [True])


def test_day_first_is_read_only_if_declared():
    assert times(["05/01/2022"]) == ([None], [True])
    assert times(["05/01/2022"], ("%d/%m/%Y",)) == ([datetime(2022, 1, 5)], [False])


@FEW
@given(
    st.lists(
        st.tuples(
            st.integers(-(10**12), 10**12),
            st.booleans(),
            st.booleans(),
            st.sampled_from(["", "次", " 件", "个", ".0"]),
        ),
        min_size=1,
    )
)
def test_integers(written):
    def text(number, grouped, wide, behind):
        plain = (f"{number:,}" if grouped else str(number)) + behind
        return plain.translate(WIDE) if wide else plain

    found, _ = read([text(*one) for one in written], values.integers)
    assert found == [number for number, *_ in written]


@pytest.mark.parametrize("text", ["1.5", "1,23", "十", "12abc", "1e5", "--3", ""])
def test_what_is_no_whole_number_is_unreadable(text):
    assert read([text], values.integers) == ([None], [True])


UNITS = {
    "个工作日": "W",
    "工作日": "W",
    "自然日": "N",
    "个月": "M",
    "月": "M",
    "年": "Y",
    "小时": "H",
}


@FEW
@given(
    st.lists(
        st.tuples(
            st.integers(0, 400),
            st.sampled_from([*UNITS, "天", "日", ""]),
            st.sampled_from(["", "内", "以内"]),
        ),
        min_size=1,
    )
)
def test_limits_and_their_units(written):
    texts = [f"{number}{unit}{behind if unit else ''}" for number, unit, behind in written]
    assert read(texts, values.limits)[0] == [float(number) for number, *_ in written]
    found, bad = read(texts, values.units, "")
    assert found == [UNITS.get(unit) for _, unit, _ in written]
    assert bad == [unit not in UNITS for _, unit, _ in written]
    assert read(texts, values.units, "N")[0] == [UNITS.get(unit, "N") for _, unit, _ in written]
    days, _ = read(texts, values.working_days, "")
    assert days == [
        float(number) if UNITS.get(unit, "W") == "W" else None for number, unit, _ in written
    ]


def test_words_for_limits():
    texts = ["即办", "当场办结", "20(工作日)", "不超过5个工作日", "无", "尽快"]
    assert read(texts, values.limits) == ([0, 0, 20, 5, None, None], [False] * 5 + [True])
    assert read(texts[:2], values.units, "")[0] == ["W", "W"]


words = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=6)


@FEW
@given(
    st.dictionaries(words, st.sampled_from(["a", "b", ""]), max_size=30),
    st.lists(words, min_size=1, max_size=30),
)
def test_codes_are_looked_up_whatever_their_case(meaning, texts):
    known = {values.lowered(word): code for word, code in meaning.items()}
    lowered = [values.lowered(text) for text in texts]
    found, bad = read(texts, values.codes, meaning)
    ascii_only = [i for i, t in enumerate(texts) if t.isascii()]  # engines fold others in their way
    for i in ascii_only:
        assert found[i] == (known.get(lowered[i]) or None)
        assert bad[i] == (lowered[i] not in known)


@FEW
@given(st.lists(st.lists(st.sampled_from("12345"), min_size=1), min_size=1))
def test_sets_of_codes(written):
    meaning = {"1": "a", "2": "b", "3": "c", "4": "d"}
    texts = [
        sep.join(parts) for parts, sep in zip(written, ["^", ",", "、", ";"] * 50, strict=False)
    ]
    expected = [
        None if "5" in parts else "^".join(meaning[part] for part in parts)
        for parts, _ in zip(written, texts, strict=False)
    ]
    found, bad = read(texts, values.code_sets, meaning)
    assert found == expected[: len(found)]
    assert bad == [value is None for value in found]


def test_flags():
    texts = ["是", "Y", "1", "true", "否", "n", "0", "也许"]
    assert read(texts, values.flags, {}) == (
        [True] * 4 + [False] * 3 + [None],
        [False] * 7 + [True],
    )
    assert read(["2"], values.flags, {"2": "true"}) == ([True], [False])


def test_narrow_changes_only_width():
    texts = ["\uff21\uff22\u3000\uff11", "《准予》", "abc"]
    rows = ibis.memtable(pa.table({"text": texts}))
    found = CONNECTION.to_pyarrow(rows.select(t=narrow(rows.text)))["t"].to_pylist()
    assert found == ["AB 1", "《准予》", "abc"]
