"""Archives (压缩包): .gz and .zip unpacked while they are read, never onto a disk."""

import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from analysis.errors import XukeError
from analysis.sources.reading.file import File

BOMB_RATIO = 200  # unpacked to packed; no table compresses as well
BOMB_FROM = 1 << 26  # bytes from which the ratio is looked at
MEMBERS = 1_000
LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "~$")  # what systems and open programs leave
PACKED = (
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"BZh",
    b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd",
)
SPREADSHEETS_INSIDE = ("[Content_Types].xml", "mimetype")  # members that make a zip a workbook
FAULTS = (OSError, EOFError, BadZipFile, zlib.error, RuntimeError, NotImplementedError)


class Guarded(io.RawIOBase):
    """A stream that is being unpacked: its faults as sentences, and never without end."""

    def __init__(self, stream: BinaryIO, name: str, packed: int) -> None:
        self.stream, self.name, self.packed, self.n = stream, name, packed, 0

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes; fewer only at the end."""
        try:
            content = self.stream.read(size if size >= 0 else 1 << 62)
        except FAULTS as error:
            raise XukeError(f"“{self.name}”解压出错,文件可能不完整:请重新取得。") from error
        self.n += len(content)
        if self.n > max(BOMB_FROM, self.packed * BOMB_RATIO):
            raise XukeError(f"“{self.name}”解压后大得不合理,像压缩炸弹:未读,请核对来源。")
        return content

    def close(self) -> None:
        """Close what it reads from."""
        self.stream.close()
        super().close()


def unpacked(path: Path) -> Iterator[File]:
    """Yield the file at a path, or the members of the archive that it is.

    Raises:
        XukeError: it cannot be opened, or is an archive not to be trusted.
    """
    name = str(path)
    try:
        with path.open("rb") as stream:
            start = stream.read(8)
    except OSError as error:
        raise XukeError(f"“{name}”打不开({error.strerror}):请核对权限。") from error
    if start.startswith(b"\x1f\x8b"):
        yield _plain(File(name, lambda: _gunzipped(path)))
    elif start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        yield from _members(path)
    else:
        yield File(name, lambda: path.open("rb"), path)


def _gunzipped(path: Path) -> BinaryIO:
    stream = cast(BinaryIO, gzip.open(path))  # noqa: SIM115 - closed by Guarded
    return cast(BinaryIO, Guarded(stream, str(path), path.stat().st_size))


def _members(path: Path) -> Iterator[File]:
    """Yield the members of a zip archive, or the archive itself where it is a workbook."""
    name = str(path)
    try:
        with ZipFile(path) as archive:
            members = archive.infolist()
    except FAULTS as error:
        raise XukeError(f"“{name}”不是完整的 zip 或 xlsx 文件:请重新取得。") from error
    if sum(each.file_size for each in members) > max(BOMB_FROM, path.stat().st_size * BOMB_RATIO):
        raise XukeError(f"“{name}”解压后大得不合理,像压缩炸弹:未读,请核对来源。")
    if any(each.filename in SPREADSHEETS_INSIDE for each in members):
        yield File(name, lambda: path.open("rb"), path)
        return
    members = [each for each in members if not each.is_dir() and not _is_litter(each.filename)]
    if not members:
        raise XukeError(f"“{name}”里没有文件:请核对。")
    if len(members) > MEMBERS:
        raise XukeError(f"“{name}”里有 {len(members)} 个文件,多于 {MEMBERS} 个:请先解压挑选。")
    for member in sorted(members, key=lambda each: each.filename):
        yield _plain(_member(path, member))


def _member(path: Path, member: ZipInfo) -> File:
    inside = _written(member)
    name = f"{path}!{inside}"
    parts = PurePosixPath(inside.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or ":" in parts.parts[0]:
        raise XukeError(f"“{path}”里的文件名“{inside}”指向压缩包外面:未读,请核对来源。")
    if member.flag_bits & 1:
        raise XukeError(f"“{name}”有密码:请先解压。")

    def opened() -> BinaryIO:
        try:
            stream = ZipFile(path).open(member)  # noqa: SIM115 - closed by Guarded
        except FAULTS as error:
            raise XukeError(f"“{name}”解不开:请用常见方式重新压缩,或先解压。") from error
        return cast(BinaryIO, Guarded(cast(BinaryIO, stream), name, member.compress_size))

    return File(name, opened)


def _written(member: ZipInfo) -> str:
    """Return a member's name; Chinese Windows writes GBK without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _is_litter(name: str) -> bool:
    return name.startswith(LITTER) or PurePosixPath(name).name.startswith(LITTER)


def _plain(file: File) -> File:
    """Refuse an archive within an archive."""
    start = file.start(1 << 12)
    workbook = any(each.encode() in start for each in SPREADSHEETS_INSIDE)
    if start.startswith(PACKED) and not workbook:
        raise XukeError(f"“{file.name}”是压缩包里的压缩包:请先解压。")
    return file
