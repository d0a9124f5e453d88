"""The door (入口): what of a file's rows is let in, before anything is written anywhere."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from analysis.errors import XukeError
from analysis.sources.importing.asked import Answer
from analysis.sources.importing.keys import Keys
from analysis.sources.importing.personal import MASK, looks_personal
from analysis.sources.reading.source import NOT_DATA, ROW, cell


class Door:
    """Keys identities, and lets nothing pass that looks personal.

    Of cells that are only asked about it lets in the answer.
    In a column that is kept as text such content is withheld and counted: the import will be
    refused. In any other column (times, codes, numbers) it is masked, and so becomes a value that
    cannot be read.
    """

    def __init__(
        self,
        keys: Keys,
        *,
        identities: Collection[int],
        texts: Mapping[int, str],
        asked: Mapping[int, Answer],
    ):
        """Make the door of one source.

        Args:
            keys: for the identities.
            identities: positions of the headings under which identities stand.
            texts: headings of the columns that are kept as text, by position.
            asked: answers in place of cells that are only asked about, by position.
        """
        self._keys = keys
        self._identities = {cell(position) for position in identities}
        self._texts = {cell(position): heading for position, heading in texts.items()}
        self._asked = {cell(position): answer for position, answer in asked.items()}
        self.withheld: Counter[str] = Counter()  # number of values, by heading
        self.rows = 0

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return a batch as it may be written."""
        self.rows += batch.num_rows
        columns = [self._let_in(name, batch.column(name)) for name in batch.schema.names]
        return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)

    def _let_in(self, name: str, values: Any) -> Any:
        if name in (ROW, NOT_DATA):
            return values
        if name in self._identities:
            return self._keys(values)
        if name in self._asked:
            return self._asked[name](values)
        found = looks_personal(values)
        if found is None:
            return values
        if name not in self._texts:
            return pc.if_else(found, MASK, values)
        self.withheld[self._texts[name]] += pc.sum(found).as_py()
        return pc.if_else(found, pa.scalar(None, pa.string()), values)

    def require_nothing_withheld(self, where: str) -> None:
        """Refuse the import if a column to be kept holds what looks personal.

        Raises:
            XukeError: names headings and counts, never a value.
        """
        if self.withheld:
            said = "、".join(f"“{heading}”({n:,} 处)" for heading, n in self.withheld.items())
            raise XukeError(
                f"{where}的列{said}看起来是身份证号码或手机号码,不能作为普通内容保留:"
                "请在对照文件里不取这一列,或把它对照为标识(如 applicant_key)。"
            )
