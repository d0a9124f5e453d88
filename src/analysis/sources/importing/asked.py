"""Cells that are only asked about (只作条件的格): the answer is let in, the text is not.

A condition such as ``{ contains = "不予" }`` looks at free text, which nobody needs otherwise.
"""

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from analysis.sources.mapping.declared import Comparison, Condition
from analysis.sources.mapping.feed import condition_heading
from analysis.sources.mapping.matched import Matched
from analysis.sources.mapping.words import WHITE, narrowed

MARK = "\ue000"  # of private use: stands for all that is not let in, and in no word asked for


class Answer:
    """What a cell says to some conditions, in place of the cell."""

    def __init__(self, conditions: Iterable[Condition], empty: Iterable[str]) -> None:
        """Answer ``conditions``; the words ``empty`` mean that there is nothing, and stay."""
        self._empty = set(empty)
        self._whole: set[str] = set()
        self._parts: list[str] = []
        for one in conditions:
            words = map(narrowed, one.values)
            if one.test is Comparison.CONTAINS:
                self._parts += words
            elif one.test is not Comparison.FILLED:
                self._whole |= set(words)

    def __call__(self, values: pa.StringArray) -> pa.StringArray:
        """Return cells that fulfil the same conditions and say nothing else."""
        found = pc.dictionary_encode(values)
        said = pa.array([self._said(text) for text in found.dictionary.to_pylist()], pa.string())
        return said.take(found.indices)

    def _said(self, text: str) -> str:
        plain = text.strip(WHITE)
        if plain in self._empty or narrowed(plain) in self._whole:
            return plain
        return MARK + MARK.join(part for part in self._parts if part in narrowed(plain))


def answers(matched: Matched, source: int, empty: Iterable[str]) -> dict[int, Answer]:
    """Return the answers of a source, by position of headings that no column is read from.

    Args:
        matched: the mapping and its sources.
        source: position of the source.
        empty: words that mean that a cell is empty.
    """
    only_asked = set(matched.wanted(source)) - set(matched.uses(source))
    asked: dict[int, list[Condition]] = {position: [] for position in only_asked}
    for feed in matched.feeds:
        if feed.source != source:
            continue
        for readings in feed.table.columns.values():
            for condition in (one for reading in readings for one in reading.when):
                heading = condition_heading(condition, feed.table)
                position = feed.cells.get(heading) if heading else None
                if position in asked:
                    asked[position].append(condition)
    return {position: Answer(found, empty) for position, found in asked.items()}
