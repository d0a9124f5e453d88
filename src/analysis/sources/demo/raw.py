"""Raw exports (原始导出): the demo place's years as a bureau would get them from its system.

The same cases, in the headings, codes and formats of a preset; with older versions, a void row, a
total at the end, and columns with the data of persons who do not exist.
"""

from collections.abc import Collection, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from analysis.errors import XukeError
from analysis.sources.demo.files import FORMATS
from analysis.sources.demo.persons import Whole, contacts, identities, numbered
from analysis.sources.demo.written import expressible, written
from analysis.sources.mapping.declared import Mapping, TableMapping
from analysis.tables.conform import framed
from analysis.tables.year import Year

EVERY = 50  # one case in so many has an older version
UNFINISHED = ("decided_at", "closed_at", "outcome", "delivered_at")  # not yet in an older version
VOID = "ZF"  # how the number of the void case begins
Flags = npt.NDArray[np.bool_]
PART = 200_000  # rows written at a time: as text they take four times the room


def write_raw(year: Year, mapping: Mapping, form: str, out: Path) -> list[Path]:
    """Write the tables of a year that a mapping knows, one file each.

    Args:
        year: a year of the demo place.
        mapping: the preset whose exports it should look like.
        form: key of ``FORMATS``.
        out: folder for the files; made if it is not there.

    Returns:
        The files.

    Raises:
        XukeError: the year is not the demo's, so real cases never leave by this way; there is no
            such format, or no table that both know.
    """
    if form not in FORMATS:
        raise XukeError(f"没有“{form}”这种格式:可写 {'、'.join(FORMATS)}。")
    if not year.synthetic:
        raise XukeError(f"{year.title}不是演示数据:只有演示数据可以写成原始导出。")
    out.mkdir(parents=True, exist_ok=True)
    files = []
    for name, table in mapping.tables.items():
        if name not in year.tables or table.rows_of:
            continue
        rows = year.tables[name].to_pyarrow()
        path = out / f"{year.year}年{table.table.term}{FORMATS[form].suffix}"
        FORMATS[form].write(path, exported(rows, table, mapping), f"{year.title}{table.table.term}")
        del rows  # before the next table's are there
        files.append(path)
    if not files:
        raise XukeError(f"对照“{mapping.name}”的表里没有演示数据有的:请换一个对照。")
    return files


def exported(rows: pa.Table, table: TableMapping, mapping: Mapping) -> Iterator[pd.DataFrame]:
    """Yield the cells of one table's export in parts, text by heading; the last ends in a total."""
    rows = _one_version(expressible(rows, table, mapping), table)
    if table.table.name == "cases":
        cells = _cases(rows, table, mapping)
    else:
        cells = _others(rows, table, mapping)
    n = 0
    last = next(cells)
    for part in cells:
        yield last
        n += len(last)
        last = part
    total = {last.columns[0]: "合计", last.columns[1]: str(n + len(last))}
    yield pd.concat([last, pd.DataFrame([total], dtype="string")], ignore_index=True)


def _parts(rows: pa.Table, places: Whole) -> Iterator[pa.Table]:
    """Yield the rows of a table at some places; one part at least."""
    for start in range(0, len(places) or 1, PART):
        yield rows.take(pa.array(places[start : start + PART]))


def _others(rows: pa.Table, table: TableMapping, mapping: Mapping) -> Iterator[pd.DataFrame]:
    for part in _parts(rows, np.arange(rows.num_rows)):
        yield written(framed(part, table.table), table, mapping)


def _cases(rows: pa.Table, table: TableMapping, mapping: Mapping) -> Iterator[pd.DataFrame]:
    """Yield the cells of cases, of their older versions and of the void one, with their persons."""
    places, older, void = _versions(rows, table)
    case = np.asarray(pd.factorize(rows["case_id"].to_pandas())[0], np.int64)[places]
    if void:
        case[-1] = case.max() + 1
    who = numbered(rows, table, places, case)
    for n, cases in enumerate(_parts(rows, places)):
        here = slice(n * PART, (n + 1) * PART)
        part = _unfinished(framed(cases, table.table), older[here], table)
        if void and here.stop >= len(places):
            part = _with_void(part)
        people = identities({name: numbers[here] for name, numbers in who.items()}, part, table)
        yield pd.concat([written(part, table, mapping), people, contacts(case[here])], axis=1)


def _one_version(rows: pa.Table, table: TableMapping) -> pa.Table:
    """Leave the latest version of an item where the system shows no versions."""
    if table.table.name != "items" or "item_version" in table.columns:
        return rows
    versions = rows.select(["item_code", "item_version"]).to_pandas()
    latest = versions.sort_values("item_version", kind="stable").drop_duplicates(
        "item_code", keep="last"
    )
    return rows.take(pa.array(latest.index.sort_values()))


def _versions(rows: pa.Table, table: TableMapping) -> tuple[Whole, Flags, bool]:
    """Return which row stands at each place, where it is an older version, and if the last is void.

    Older versions of some cases stand in front of the newer; the void case is the first once more.
    """
    places = np.arange(rows.num_rows)
    if _both("data_version", rows.column_names, table):
        places = np.repeat(places, 1 + (places % EVERY == 0))
    older = np.diff(places, append=-1) == 0
    void = _both("record_state", rows.column_names, table) and rows.num_rows > 0
    return (
        (np.append(places, 0), np.append(older, older[0]), True) if void else (places, older, False)
    )


def _both(name: str, columns: Collection[str], table: TableMapping) -> bool:
    return name in table.columns and name in columns


def _unfinished(rows: pd.DataFrame, older: Flags, table: TableMapping) -> pd.DataFrame:
    """Return rows of which some are as they were before the case was finished."""
    if not _both("data_version", rows.columns, table):
        return rows
    changed = {name: rows[name].mask(older) for name in UNFINISHED}
    version = rows["data_version"] - older.astype(np.int64)
    return rows.assign(data_version=version, **changed).astype(rows.dtypes)


def _with_void(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of which the last is void, and a case of its own."""
    last = rows.tail(1)
    void = last.assign(record_state="void", case_id=VOID + last["case_id"]).astype(rows.dtypes)
    return pd.concat([rows.iloc[:-1], void], ignore_index=True)
