"""Blanks (空白字符): spaces that only look like spaces, and characters that nobody sees.

Web pages and office programs leave them in exports; a date or a code with one at its end would be
read as something else, and two equal numbers as different ones.
"""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

SPACES = "[\u00a0\u2000-\u200a\u202f\u205f\u3000]"
UNSEEN = "[\u200b\u2060\ufeff]"
# How they begin in UTF-8; to look for these takes a fraction of the time of the patterns.
STARTS = (b"\xc2\xa0", b"\xe2\x80", b"\xe2\x81", b"\xe3\x80\x80", b"\xef\xbb\xbf")


def plain_blanks(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return a batch whose texts have plain spaces only, and no unseen characters."""
    columns = [_plain(column) for column in batch.columns]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _plain(values: Any) -> Any:
    if not pa.types.is_string(values.type) or not _holds_any(values):
        return values
    spaced = pc.replace_substring_regex(values, SPACES, " ")
    text = pc.replace_substring_regex(spaced, UNSEEN, "")
    return pc.if_else(pc.equal(text, ""), None, text)


def _holds_any(values: pa.StringArray) -> bool:
    content = memoryview(values.buffers()[2] or b"").tobytes()
    return not content.isascii() and any(start in content for start in STARTS)
