"""Cells (单元格) of some rows, as text when they are asked for."""

from abc import ABC, abstractmethod

import pyarrow as pa


class Cells(ABC):
    """The cells of some rows, each column made into text once.

    They are kept in a plain dict: a cache of a bound method would make a circle, and the rows of every
    batch would live until the collector came.
    """

    def __init__(self) -> None:
        self._whole: dict[int, pa.StringArray] = {}

    def whole(self, position: int) -> pa.StringArray:
        """Return a column."""
        if position not in self._whole:
            self._whole[position] = self._made(position)
        return self._whole[position]

    @abstractmethod
    def _made(self, position: int) -> pa.StringArray:
        """Make a column into text."""
