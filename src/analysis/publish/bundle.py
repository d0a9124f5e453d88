"""The archive to send (打包): files of a run with a manifest, checksums, and what is what."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from analysis.publish.task import DRAFT, FIGURES, FINDINGS, JSON, WORKBOOK
from analysis.report.archive import archive
from analysis.report.audience import EDITIONS

README, MANIFEST, SUMS = "README.txt", "manifest.json", "SHA256SUMS"
UNSTABLE = ("finished", "seconds", "host", "git")  # of a run, not of what it made
FOR_PUBLIC = ("title", "sha256", "bytes")  # what the public learns of how files were made
WHAT = {
    "html": "用浏览器打开,不需要联网;可单独转发。",
    WORKBOOK: "用 WPS 或 Excel 打开;第一张表是目录。",
    DRAFT: "用 WPS 或 Word 打开;黄底的〔待填〕须由人填写,文中各数可点击查口径。",
    FIGURES: "供程序读取(UTF-8)。",
    JSON: "指标和附表,供程序读取;格式见项目文件 docs/figures.schema.json。",
    FINDINGS: "问题分析的结论,供程序读取。",
    MANIFEST: "清单:每个文件的标题、大小、校验值;内部版另有每个文件由什么做成。",
    SUMS: "校验值。Linux 上用 sha256sum -c SHA256SUMS 检查文件有没有改动。",
}
HEAD = """{title}
{edition}{label}

本压缩包内:
"""
FOOT = """
各数的口径见页面“口径与定义”、工作簿“口径”表{draft}。同一个数在各文件中相同。
"""


@dataclass(frozen=True)
class Parcel:
    """What goes into an archive.

    Attributes:
        name: of the archive, without ending.
        title: what it is, in Chinese.
        audience: for whom.
        label: what every copy must carry; empty for none.
        files: by path in the archive.
        entries: what the manifest says of each.
    """

    name: str
    title: str
    audience: str
    label: str
    files: Mapping[str, bytes]
    entries: Mapping[str, Mapping[str, Any]]


def bundle(parcel: Parcel, public: bool) -> bytes:
    """Return the archive; the same files give the same bytes."""
    said = {name: _told(entry, public) for name, entry in sorted(parcel.entries.items())}
    manifest = json.dumps({"outputs": said}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    files = dict(sorted(parcel.files.items())) | {MANIFEST: manifest.encode()}
    files = {README: _readme(parcel, [*files, SUMS]).encode()} | files
    sums = "".join(f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    inside = files | {SUMS: sums.encode()}
    return archive({f"{parcel.name}/{name}": content for name, content in inside.items()})


def _told(entry: Mapping[str, Any], public: bool) -> dict[str, Any]:
    kept = FOR_PUBLIC if public else [name for name in entry if name not in UNSTABLE]
    return {name: entry[name] for name in kept}


def _readme(parcel: Parcel, names: list[str]) -> str:
    """Say what is what, for Notepad, too: with a mark, and lines as Windows ends them."""
    head = HEAD.format(
        title=parcel.title,
        edition=EDITIONS[parcel.audience],
        label=f"\n{parcel.label}" if parcel.label else "",
    )
    lines = [f"{name}\n    {_what(name, parcel)}\n" for name in names]
    draft = "、文稿附件" if any(name.endswith(DRAFT) for name in names) else ""
    text = head + "\n".join(lines) + FOOT.format(draft=draft)
    return "\ufeff" + text.replace("\n", "\r\n")


def _what(name: str, parcel: Parcel) -> str:
    title = parcel.entries.get(name, {}).get("title", "")
    base = name.rpartition("/")[2]
    words = WHAT.get(base) or WHAT.get(base.rpartition(".")[2], "")
    return f"{title}:{words}" if title else words
