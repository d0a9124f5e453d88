"""Content that looks personal (疑似个人信息): ID numbers and mobile numbers of the mainland.

Names, addresses and other numbers cannot be told from ordinary text: a mapping must not keep such
columns in the first place. This is the net below it.
"""

import re
import unicodedata
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

MASK = "(已遮盖)"
LEAST = 11  # digits; no shorter number is looked at
LONG = rf"(?:[0-9０-９] ?){{{LEAST}}}"
PROVINCE = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[123])"
MONTH_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
# Numbers of cases may also be a region, a day and a serial number. Theirs is the day of a case: so
# births since 2020, and in the short form before 1931, are not taken for births.
ID_18 = rf"{PROVINCE}\d{{4}} ?(?:18\d\d|19\d\d|20[01]\d){MONTH_DAY} ?\d{{3}}[\dXx]"
ID_15 = rf"{PROVINCE}\d{{4}} ?(?:3[1-9]|[4-9]\d){MONTH_DAY} ?\d{{3}}"
MOBILE = r"(?:\+?86[- ]?|0)?1[3-9]\d ?\d{4} ?\d{4}"
SHAPES = rf"(?:^|[^0-9A-Za-z])(?:(?P<id>{ID_18})|{ID_15}|{MOBILE})(?:$|[^0-9A-Za-z])"
FULL_WIDTH = r"[０-９]"
MARKS = frozenset(range(0x21, 0x80)) - frozenset(b"0123456789")  # ASCII that ends a row of digits
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
CHECK = "10X98765432"
_SHAPES = re.compile(rf"(?<![0-9A-Za-z])(?:(?P<id>{ID_18})|{ID_15}|{MOBILE})(?![0-9A-Za-z])")


def looks_personal(values: Any) -> Any:
    """Return a mask of the texts that hold an ID number or a mobile number; None where none does.

    An ID number of 18 digits counts if its check digit is right. Where most of a column's numbers
    of that shape have a wrong one, they are numbers of something else, right by chance.

    Args:
        values: an Arrow array of text.
    """
    if not _may_be_long(values):
        return None
    shaped = _shaped(values)
    if shaped is None:
        return None
    rows = pc.indices_nonzero(shaped)
    texts = values.take(rows)
    found = [_found(text) for text in texts.to_pylist()]
    ids = [valid for each in found for valid in each["ids"]]
    count_ids = sum(ids) * 2 > len(ids)
    hits = [each["other"] or (count_ids and any(each["ids"])) for each in found]
    if not any(hits):
        return None
    mask = np.zeros(len(values), dtype=bool)
    mask[rows.to_numpy()[np.array(hits)]] = True
    return pa.array(mask)


def is_id_number(text: str) -> bool:
    """Tell whether the check digit of an ID number (公民身份号码) of 18 digits is right."""
    total = sum(int(digit) * weight for digit, weight in zip(text[:17], WEIGHTS, strict=True))
    return text[17].upper() == CHECK[total % 11]


def _may_be_long(values: Any) -> bool:
    """Tell whether a text may hold ``LEAST`` digits in a row: a cheap test, passed too often.

    Half of all columns are too short. In times every text has the same marks in the same places,
    with few digits between them; to see that takes a tenth of the time that the pattern takes.
    """
    if not len(values):
        return False
    _, ends, content = values.buffers()
    bounds = np.frombuffer(ends, np.int32)[values.offset : values.offset + len(values) + 1]
    lengths = np.diff(bounds)
    longest = int(lengths.max(initial=0))
    if longest < LEAST:
        return False
    used = np.frombuffer(content, np.uint8)[bounds[0] : bounds[-1]]
    if len(used) != longest * np.count_nonzero(lengths):
        return True
    texts = used.reshape(-1, longest)
    marks = [at for at, byte in enumerate(texts[0]) if byte in MARKS]
    fixed = [at for at in marks if (texts[:, at] == texts[0, at]).all()]
    return bool(np.diff([-1, *fixed, longest]).max() > LEAST)


def _shaped(values: Any) -> Any:
    """Return a mask of the texts that have the shape of such a number; None where none has."""
    distinct = values.dictionary_encode()
    texts = distinct.dictionary
    maybe = pc.indices_nonzero(pc.match_substring_regex(texts, LONG))
    if not len(maybe):
        return None
    shaped = pc.match_substring_regex(texts.take(maybe), f"{SHAPES}|{FULL_WIDTH}")
    if not pc.any(shaped).as_py():
        return None
    found = np.zeros(len(texts), np.bool_)
    found[maybe.filter(shaped).to_numpy()] = True
    return pa.array(found).take(distinct.indices)


def _found(text: str) -> dict[str, Any]:
    """Return for each ID number in a text whether it is right, and whether it holds another."""
    ids, other = [], False
    for match in _SHAPES.finditer(unicodedata.normalize("NFKC", text)):
        if match["id"]:
            ids.append(is_id_number(match["id"].replace(" ", "")))
        else:
            other = True
    return {"ids": ids, "other": other}
