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
    longest = pc.max(pc.binary_length(values)).as_py() or 0
    if longest < LEAST:  # as in half of the columns; the pattern takes 30 times as long
        return None
    maybe = _rows(values, LONG)
    if not len(maybe):
        return None
    texts = values.take(maybe)
    shaped = pc.match_substring_regex(texts, f"{SHAPES}|{FULL_WIDTH}")
    rows = maybe.filter(shaped)
    found = [_found(text) for text in texts.filter(shaped).to_pylist()]
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


def _rows(values: Any, pattern: str) -> Any:
    return pc.indices_nonzero(pc.match_substring_regex(values, pattern))


def _found(text: str) -> dict[str, Any]:
    """Return for each ID number in a text whether it is right, and whether it holds another."""
    ids, other = [], False
    for match in _SHAPES.finditer(unicodedata.normalize("NFKC", text)):
        if match["id"]:
            ids.append(is_id_number(match["id"].replace(" ", "")))
        else:
            other = True
    return {"ids": ids, "other": other}
