"""Encoded files (带编码的文件): text files as bytes whose separators are single bytes."""

import codecs
import io
from dataclasses import dataclass
from typing import BinaryIO, cast

from analysis.sources.reading.encodings import BYTEWISE, bom, detect, known
from analysis.sources.reading.file import File

SAMPLE = 1 << 20  # bytes that encoding and layout are told from


@dataclass(frozen=True)
class Encoded:
    """A text file whose encoding is known.

    Attributes:
        file: the file.
        encoding: what it is written in.
        mark: length of its byte order mark.
        bytewise: whether separators can be found without decoding; else it is decoded first.
    """

    file: File
    encoding: str
    mark: int
    bytewise: bool

    @property
    def inner(self) -> str:
        """The encoding of the bytes that ``open`` gives."""
        return self.encoding if self.bytewise else "utf-8"

    def open(self) -> BinaryIO:
        """Open it behind its byte order mark."""
        stream = self.file.open()
        stream.read(self.mark)
        return stream if self.bytewise else cast(BinaryIO, Recoded(stream, self.encoding))


class Recoded(io.RawIOBase):
    """A stream as UTF-8; what is no text becomes U+FFFD."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self.stream = stream
        self.decoder = codecs.getincrementaldecoder(encoding)("replace")

    def read(self, size: int = -1) -> bytes:
        """Return some bytes; none only at the end."""
        while content := self.stream.read(size):
            if text := self.decoder.decode(content):
                return text.encode()
        return self.decoder.decode(b"", True).encode()

    def close(self) -> None:
        """Close what it reads from."""
        self.stream.close()
        super().close()


def encoded(file: File, given: str) -> Encoded:
    """Return a file with its encoding: the one its user gives, its mark tells, or its text shows.

    Raises:
        XukeError: it is no text, or its encoding cannot be told.
    """
    sample = file.start(SAMPLE)
    marked, mark = bom(sample)
    if given:
        name = known(given, f"“{file.name}”")
        # "utf-16" leaves the order of bytes to the mark, or to the zeros between them.
        name = marked or detect(sample, file.name) if name == "utf-16" else name
    else:
        name = marked or detect(_beyond_ascii(file, sample), file.name)
    return Encoded(file, name, mark if name == marked else 0, name in BYTEWISE)


def _beyond_ascii(file: File, sample: bytes) -> bytes:
    """Return the first part of a file that shows its encoding."""
    if len(sample) < SAMPLE or not sample.isascii():
        return sample
    with file.open() as stream:
        while more := stream.read(SAMPLE):
            if not more.isascii():
                return more
    return sample
