"""Reading texts as values (解析): times, numbers, limits, flags, codes; whole columns at once.

Texts come in half width and without white space at the ends, see ``engine.narrow``.
"""

from dataclasses import dataclass
from typing import Any

import ibis

from analysis.sources.mapping.engine import (
    INSTANT,
    LOCAL,
    among,
    instant_of,
    local_time,
    looked_up,
    make_timestamp,
    regexp_full_match,
    strlen,
    try_strptime,
)
from analysis.sources.mapping.formats import YEAR, distinct, shape
from analysis.sources.mapping.words import narrowed

ZONED = YEAR + r"-\d{1,2}-\d{1,2}[T ]\d{1,2}:\d{2}(:\d{2}(\.\d{1,9})?)? ?(Z|[+-]\d{2}(:?\d{2})?)"
SERIAL = r"[1-9]\d{4}(\.\d+)?"  # days since 1899-12-30, as spreadsheets count; from 1927 on
USUAL, USUAL_LENGTH = "%Y-%m-%d %H:%M:%S", 19
EPOCH, DAY = 25569, 86400  # the serial of 1970-01-01; seconds

GROUPED = r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?"
NUMBER = r"([+-]?\d+)(\.\d+)?(?:个?(?:工作日)|[次个件份人项名宗趟户家天日])?"
IMMEDIATE = (
    "即办",
    "即办件",
    "即时",
    "即时办结",
    "当场",
    "当场办结",
    "立即办理",
    "立等可取",
    "即来即办",
)
NO_LIMIT = ("无", "无时限", "无法定时限", "法律未规定", "未规定", "不限")
LIMIT = r"(?:不超过)?(\d+(?:\.\d+)?)个?(工作日|自然日|日历日|小时|天|日|月|年|时)?(?:以内|之内|内)?"
UNITS = {"工作日": "W", "自然日": "N", "日历日": "N", "月": "M", "年": "Y", "小时": "H", "时": "H"}
BARE = r"\d+(\.\d+)?"
DAYS = ("", "天", "日")  # do not say which days

YES = ("是", "y", "yes", "1", "true", "t", "有", "√", "对")
NO = ("否", "n", "no", "0", "false", "f", "无", "×", "非", "不是")


@dataclass(frozen=True)
class Decoded:
    """A column that was read.

    Attributes:
        value: null where there is none.
        filled: whether there ought to be one, null for no; filled and null is an error. A word
            that means nothing is as good as an empty cell.
    """

    value: Any
    filled: Any


def times(text: Any, formats: tuple[str, ...], written_in: str, zone: str) -> Decoded:
    """Read times; they become local to ``zone`` and naive.

    Texts with an offset say when it was; others are in the zone ``written_in``. Numbers are what
    spreadsheets make of a time.
    """

    def local(naive: Any) -> Any:
        return naive if written_in == zone else local_time(zone, instant_of(written_in, naive))

    tried = distinct(formats)
    branches = [(regexp_full_match(text, shape(fmt)), try_strptime(text, fmt)) for fmt in tried]
    naive = ibis.cases(*branches, (regexp_full_match(text, SERIAL), _serial(text)))
    instants = local_time(zone, text.try_cast(INSTANT))
    value = ibis.cases((regexp_full_match(text, ZONED), instants), else_=local(naive))
    if tried[0] == USUAL:
        value = _as_written(text).ifelse(local(text.try_cast(LOCAL)), value)
    return Decoded(value.cast(LOCAL), text.notnull())


def _as_written(text: Any) -> Any:
    """Tell the texts that are what the engine itself writes for a time in ``USUAL``, as most are.

    1.8 million of them take 0.1 CPU seconds, and with patterns 0.4. The years are those of ``YEAR``
    but for 9999.
    """
    same = text.try_cast(LOCAL).cast("string") == text
    return same & (strlen(text) == USUAL_LENGTH) & (text >= "19") & (text < "3")


def _serial(text: Any) -> Any:
    days = text.try_cast("float64") - EPOCH
    return make_timestamp((days * DAY).round().cast("int64") * 1_000_000)


def integers(text: Any) -> Decoded:
    """Read whole numbers: ``1,234``, ``0次``, ``2.0``."""
    digits = _digits(text)
    whole = regexp_full_match(digits, r"[+-]?\d+(\.0*)?")
    number = digits.re_extract(r"^[+-]?\d+", 0).try_cast("int64")
    return Decoded(whole.ifelse(number, ibis.null()), text.notnull())


def numbers(text: Any) -> Decoded:
    """Read numbers: ``1,234.5``, ``3天``."""
    return Decoded(_digits(text).try_cast("float64"), text.notnull())


def _digits(text: Any) -> Any:
    plain = text.replace(" ", "")
    plain = regexp_full_match(plain, GROUPED + r"\D*").ifelse(plain.replace(",", ""), plain)
    number = plain.re_extract(r"^([+-]?\d+(\.\d*)?)", 1)
    return regexp_full_match(plain, NUMBER).ifelse(number, ibis.null("string"))


def limits(text: Any) -> Decoded:
    """Read the numbers of time limits: ``20个工作日`` is 20, ``即办`` is 0."""
    plain = _limit(text)
    number = _amount(plain)
    value = among(plain, IMMEDIATE).ifelse(0.0, number)
    return Decoded(value, text.notnull() & ~among(plain, NO_LIMIT))


def units(text: Any, usual: str) -> Decoded:
    """Read the units of time limits; ``usual`` is that of a number alone, or of 天 and 日."""
    plain = _limit(text)
    named = regexp_full_match(plain, LIMIT).ifelse(plain.re_extract(f"^{LIMIT}$", 2), plain)
    value = named.cases(*UNITS.items(), *((w, "W") for w in IMMEDIATE), *_usual(usual))
    return Decoded(value, text.notnull() & ~among(plain, NO_LIMIT))


def working_days(text: Any, usual: str) -> Decoded:
    """Read time limits in working days; months and calendar days have no number of them."""
    read, unit = limits(text), units(text, usual or "W")
    value = (unit.value == "W").ifelse(read.value, ibis.null())
    if usual in ("", "W"):  # most are bare numbers, for which the long way takes ten times as long
        value = regexp_full_match(text, BARE).ifelse(text.try_cast("float64"), value)
    return Decoded(value, read.filled)


def _usual(unit: str) -> list[tuple[str, str]]:
    return [(word, unit) for word in DAYS] if unit else []


def _limit(text: Any) -> Any:
    return text.re_replace(r"[\s()]", "")


def _amount(plain: Any) -> Any:
    number = plain.re_extract(f"^{LIMIT}$", 1).try_cast("float64")
    return regexp_full_match(plain, LIMIT).ifelse(number, ibis.null())


def flags(text: Any, meaning: dict[str, str]) -> Decoded:
    """Read yes and no, by ``meaning`` (text to ``"true"`` or ``"false"``) if it says anything."""
    said = meaning or {**dict.fromkeys(YES, "true"), **dict.fromkeys(NO, "false")}
    word = text.lower()
    yes = [lowered(k) for k, v in said.items() if v == "true"]
    no = [lowered(k) for k, v in said.items() if v == "false"]
    nothing = [lowered(k) for k, v in said.items() if not v]
    value = ibis.cases((among(word, yes), True), (among(word, no), False))
    return Decoded(value, text.notnull() & ~among(word, nothing))


def codes(text: Any, meaning: dict[str, str]) -> Decoded:
    """Read codes by ``meaning``; a code that means nothing is no error."""
    word = text.lower()
    known = {lowered(k): v for k, v in meaning.items()}
    nothing = [k for k, v in known.items() if not v]
    return Decoded(looked_up(word, known), text.notnull() & ~among(word, nothing))


def code_sets(text: Any, meaning: dict[str, str]) -> Decoded:
    """Read several codes, put apart by ^ , 、 ; or |; without ``meaning`` they stay as they are."""
    joined = text.re_replace(r"\s*[\^,、;|]\s*", "^").re_replace(r"^\^+|\^+$", "")
    if not meaning:
        return Decoded(joined.nullif(""), text.notnull() & (joined != ""))
    parts = joined.split("^")
    read = parts.map(lambda part: codes(part, meaning).value)
    unknown = parts.filter(lambda part: codes(part, meaning).value.isnull()).length() > 0
    return Decoded(unknown.ifelse(ibis.null("string"), read.join("^")), text.notnull())


def lowered(text: str) -> str:
    """Return a word as the words of a column are compared."""
    return narrowed(text).lower()
