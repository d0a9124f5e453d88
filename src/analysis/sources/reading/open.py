"""Opening (打开): whatever the user names, as sources, told apart by content and not by name."""

from collections.abc import Sequence
from pathlib import Path

from analysis.errors import XukeError
from analysis.sources.reading.columnar import open_parquet
from analysis.sources.reading.database import is_address, open_database
from analysis.sources.reading.file import File
from analysis.sources.reading.files import files
from analysis.sources.reading.open_text import open_text
from analysis.sources.reading.options import Options
from analysis.sources.reading.sheets import open_sheets
from analysis.sources.reading.source import Source

WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
PARQUET = b"PAR1"
OTHERS = {
    b"\x89PNG": "PNG 图片",
    b"\xff\xd8\xff": "JPEG 图片",
    b"GIF8": "GIF 图片",
    b"BM": "BMP 图片",
    b"II*\x00": "TIFF 图片",
    b"%PDF": "PDF 文件",
    b"Rar!": "RAR 压缩包",
    b"7z\xbc\xaf": "7z 压缩包",
    b"BZh": "bz2 压缩包",
    b"\xfd7zXZ": "xz 压缩包",
    b"\x28\xb5\x2f\xfd": "zst 压缩包",
    b"SQLite format 3": "SQLite 数据库(请写作 sqlite://路径#表名)",
}
WEB = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head")


def open_sources(paths: Sequence[str | Path], options: Options | None = None) -> list[Source]:
    """Open files, patterns, archives and databases.

    Args:
        paths: in the order in which their rows will come; a pattern gives its files sorted.
        options: what the user says about them.

    Returns:
        One source a file, member of an archive, worksheet, table or query; headings are known,
        rows have not been drawn.

    Raises:
        XukeError: one of them cannot be read, or is named twice.
    """
    options = options or Options()
    if not paths:
        raise XukeError("没有给出要读的文件:请写出路径。")
    sources: list[Source] = []
    for path in paths:
        if is_address(str(path)):
            sources.append(open_database(str(path), options))
    plain = [path for path in paths if not is_address(str(path))]
    if not plain:
        return sources
    for file in files(plain):
        sources += _open(file, options)
    return sources


def _open(file: File, options: Options) -> Sequence[Source]:
    start = file.start(512)
    if not start:
        raise XukeError(f"“{file.name}”是空文件:请核对导出。")
    if start.startswith(WORKBOOKS):
        return open_sheets(file, options)
    if start.startswith(PARQUET):
        return [open_parquet(file)]
    if other := next((said for mark, said in OTHERS.items() if start.startswith(mark)), ""):
        raise XukeError(f"“{file.name}”其实是{other},不是表格:请导出为 CSV 或 xlsx。")
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(WEB):
        raise XukeError(f"“{file.name}”其实是网页或 XML:请用 Excel 打开,另存为 xlsx。")
    return [open_text(file, options)]
