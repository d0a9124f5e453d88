"""Persons (虚构的人): names, ID numbers and phones that nobody has, for exports that look real.

ID numbers name a region that does not exist and have a wrong check digit; telephone numbers begin
with 000.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from analysis.sources.mapping.declared import TableMapping, is_identity

PEOPLE = ("赵例一", "钱例二", "孙例三", "李例四", "周例五", "吴例六", "郑例七", "王例八")
FIRMS = ("示例一号有限公司", "示例二号有限公司", "示例三号合作社", "示例四号事务所")
WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])  # GB 11643-1999
CHECK = "10X98765432"
HANDLERS = 100_000  # more than there are, so that their numbers stay apart
MOST = 1_000 * 28 * 12 * 50  # persons that ID numbers of this kind tell apart


Whole = npt.NDArray[np.int64]


def numbered(rows: pa.Table, table: TableMapping, places: Whole, case: Whole) -> dict[str, Whole]:
    """Return a number for each person, by column: by key where the rows have one, else by case.

    Args:
        rows: the rows; equal keys get equal numbers.
        table: how a mapping makes the table.
        places: which of the rows stands at each place.
        case: running number of the case at each place; all its versions have one applicant.
    """
    names = [name for name in table.columns if is_identity(table.table[name])]
    keyed = [name for name in names if name in rows.column_names]
    keys = {name: pd.factorize(rows[name].to_pandas())[0].clip(min=0) for name in keyed}
    return {
        name: np.asarray(keys[name], np.int64)[places] if name in keys else case for name in names
    }


def identities(who: Mapping[str, Whole], rows: pd.DataFrame, table: TableMapping) -> pd.DataFrame:
    """Return the cells under the headings whose content becomes keys.

    Args:
        who: number of the person of each row, by column.
        rows: the rows; where they have no key, the cell is empty.
        table: how a mapping makes the table.
    """
    cells = {}
    for name, numbers_ in who.items():
        heading = next((each.headings[0] for each in table.columns[name] if each.headings), "")
        if heading:
            applies = name == "applicant_key"
            there = id_numbers(numbers_) if applies else numbers(numbers_, "G", HANDLERS)
            known = rows[name].notna() if name in rows else pd.Series(True, index=rows.index)
            cells[heading] = pd.Series(there, dtype="string").where(known.to_numpy())
    return pd.DataFrame(cells, dtype="string")


def contacts(case: Whole) -> pd.DataFrame:
    """Return the columns with personal data that every system has and no import may keep."""
    names = np.array([*PEOPLE, *FIRMS], dtype=object)[case * 7 % (len(PEOPLE) + len(FIRMS))]
    street = (case * 13 % 997).astype(str).astype(object)
    return pd.DataFrame(
        {
            "联系人": names,
            "联系手机": numbers(case, "000", 100_000_000),
            "通讯地址": "示例区例子路" + street + "号",
            "办理摘要": "关于" + names + "的申请,\n请予办理",
        },
        dtype="string",
    )


def numbers(who: Whole, start: str, different: int) -> list[str]:
    """Return numbers with a start that no real one has."""
    width = len(str(different - 1))
    return [f"{start}{number * 7919 % different:0{width}}" for number in who]


def id_numbers(who: Whole) -> list[str]:
    """Return ID numbers of the region 000000 with a wrong check digit, one for each person."""
    person = who % MOST
    day, month, year = person // 1_000, person // 28_000, person // 336_000
    year, month, day = 1950 + year % 50, 1 + month % 12, 1 + day % 28
    first = [
        f"000000{y}{m:02}{d:02}{p % 1000:03}"
        for y, m, d, p in zip(year, month, day, person, strict=True)
    ]
    digits = np.array([[int(digit) for digit in text] for text in first])
    wrong = (digits @ WEIGHTS + 1) % 11
    return [text + CHECK[check] for text, check in zip(first, wrong, strict=True)]
