"""Tally files (汇总文件): a ZIP of CSV tables and one JSON that says what they are and holds their hashes.

Text, so that it can be read by anyone and in years; the same counts give the same bytes. It holds no
identifiers but small cells: it is for internal use.
"""

import io
import json
import zlib
from collections import defaultdict
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

import pandas as pd

from analysis.errors import XukeError
from analysis.federation.tallies import FRAMES, Part, Tallies
from analysis.publish.write import write_whole
from analysis.statistics.passes.counting import KEYS_OF_NUMBERS

# What the tallies hold and how it is counted. Whoever changes a measure, a flag or a key counts one up:
# tallies of different versions are never added up. A test holds it to what is declared.
SCHEMA = 2
FORMAT = "xuke-tally"
ABOUT = "about.json"
NOTICE = "内部资料,不得公开:汇总数不含个人信息,但含小数目(有的格只有一两件)。"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a ZIP can say: files carry no times
DTYPES = {**dict.fromkeys(KEYS_OF_NUMBERS, "int64"), "n": "int64"}


def write(tallies: Tallies, path: Path) -> None:
    """Write a tally file, whole or not at all.

    Raises:
        XukeError: it cannot be written.
    """
    tables = {f"{name}.csv": _csv(rows) for name, rows in tallies.frames.items()}
    about = {
        "format": FORMAT,
        "schema": SCHEMA,
        "notice": NOTICE,
        "parts": [part.written() for part in tallies.parts],
        "files": {name: sha256(data).hexdigest() for name, data in tables.items()},
    }
    said = json.dumps(about | {"checksum": _checksum(about)}, ensure_ascii=False, indent=1)
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, data in {ABOUT: said.encode(), **tables}.items():
            archive.writestr(ZipInfo(name, EPOCH), data, ZIP_DEFLATED)
    write_whole(path, packed.getvalue())


def read(path: Path) -> Tallies:
    """Read a tally file.

    Raises:
        XukeError: it is none, has been changed, or was written by another version.
    """
    try:
        with ZipFile(path) as archive:
            about = json.loads(archive.read(ABOUT))
            if about["format"] != FORMAT:
                raise ValueError(about["format"])
            _refuse_other_version(path, about["schema"])
            tables = {name: archive.read(name) for name in about["files"]}
            _refuse_changed(path, about, tables)
            parts = tuple(map(Part.read, about["parts"]))
    except FileNotFoundError as error:
        raise XukeError(f"找不到汇总文件“{path}”:请核对路径。") from error
    except (BadZipFile, zlib.error, OSError, KeyError, TypeError, ValueError) as error:
        raise XukeError(f"“{path}”不是汇总文件,或已损坏:请让对方重新生成、重新传送。") from error
    frames = {name.removesuffix(".csv"): _frame(data) for name, data in tables.items()}
    return Tallies(parts, {name: frames[name] for name in FRAMES if name in frames})


def _refuse_other_version(path: Path, schema: int) -> None:
    if schema != SCHEMA:
        raise XukeError(
            f"“{path}”的汇总版本是 {schema},本软件是 {SCHEMA}:版本不同,口径可能不同,不能混用;请各方升级到同一版后重新生成。"
        )


def _refuse_changed(path: Path, about: Mapping[str, Any], tables: Mapping[str, bytes]) -> None:
    """Hold what was read to its hashes: a change by hand or on the way makes the file worthless."""
    said = {name: value for name, value in about.items() if name != "checksum"}
    hashes = {name: sha256(data).hexdigest() for name, data in tables.items()}
    if _checksum(said) != about["checksum"] or hashes != about["files"]:
        raise XukeError(f"“{path}”生成后被改动过(校验和不符):请让对方重新生成。")


def _checksum(about: Mapping[str, Any]) -> str:
    return sha256(json.dumps(about, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _csv(rows: pd.DataFrame) -> bytes:
    return rows.to_csv(index=False, lineterminator="\n").encode()


def _frame(data: bytes) -> pd.DataFrame:
    types: Any = defaultdict(lambda: "str", DTYPES)
    return pd.read_csv(io.BytesIO(data), dtype=types, keep_default_na=False)
