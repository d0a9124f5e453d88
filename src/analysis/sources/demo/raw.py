"""Raw exports (原始导出): the demo place's years as a bureau would get them from its system.

The same cases, in the headings, codes and formats of a preset; with older versions, a void row, a
total at the end, and columns with the data of persons who do not exist.
"""

from pathlib import Path

import pandas as pd

from analysis.errors import XukeError
from analysis.sources.demo.files import FORMATS
from analysis.sources.demo.persons import contacts, identities
from analysis.sources.demo.written import expressible, written
from analysis.sources.mapping.declared import Mapping, TableMapping
from analysis.tables import TABLES
from analysis.tables.conform import query
from analysis.tables.year import Year

EVERY = 50  # one case in so many has an older version
UNFINISHED = ("decided_at", "closed_at", "outcome", "delivered_at")  # not yet in an older version
VOID = "ZF"  # how the number of the void case begins


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
        rows = query(year.tables[name], TABLES[name])
        path = out / f"{year.year}年{table.table.term}{FORMATS[form].suffix}"
        FORMATS[form].write(path, exported(rows, table, mapping), f"{year.title}{table.table.term}")
        files.append(path)
    if not files:
        raise XukeError(f"对照“{mapping.name}”的表里没有演示数据有的:请换一个对照。")
    return files


def exported(rows: pd.DataFrame, table: TableMapping, mapping: Mapping) -> pd.DataFrame:
    """Return the cells of one table's export, text by heading."""
    rows = expressible(rows, table, mapping)
    rows = _one_version(rows, table).reset_index(drop=True)
    if table.table.name == "cases":
        rows = _with_void(_with_older(rows, table), table)
    cells = written(rows, table, mapping)
    if table.table.name == "cases":
        case = pd.factorize(rows["case_id"])[0]
        cells = pd.concat([cells, identities(case, rows, table), contacts(case)], axis=1)
    total = {cells.columns[0]: "合计", cells.columns[1]: str(len(cells))}
    return pd.concat([cells, pd.DataFrame([total], dtype="string")], ignore_index=True)


def _one_version(rows: pd.DataFrame, table: TableMapping) -> pd.DataFrame:
    """Leave the latest version of an item where the system shows no versions."""
    if table.table.name != "items" or "item_version" in table.columns:
        return rows
    latest = rows.sort_values("item_version", kind="stable").drop_duplicates(
        "item_code", keep="last"
    )
    return latest.sort_index()


def _with_older(rows: pd.DataFrame, table: TableMapping) -> pd.DataFrame:
    """Add older versions of some cases, from before they were finished, in front of the newer."""
    if "data_version" not in table.columns or "data_version" not in rows.columns:
        return rows
    older = rows.iloc[::EVERY].assign(data_version=rows["data_version"] - 1)
    for name in UNFINISHED:
        older[name] = None if name in rows.columns else older[name]
    older = older.astype(rows.dtypes)
    return pd.concat([older, rows]).sort_index(kind="stable").reset_index(drop=True)


def _with_void(rows: pd.DataFrame, table: TableMapping) -> pd.DataFrame:
    if "record_state" not in table.columns or "record_state" not in rows.columns:
        return rows
    void = rows.head(1).assign(record_state="void", case_id=VOID + rows["case_id"].head(1))
    return pd.concat([rows, void.astype(rows.dtypes)], ignore_index=True)
