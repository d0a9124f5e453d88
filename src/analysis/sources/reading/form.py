"""Form (版式): how a text with rows and cells is laid out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """How a text is laid out.

    Attributes:
        file: what the user calls it.
        separator: one byte.
        width: number of headings.
        totals: undecoded words that start a row which adds up others.
    """

    file: str
    separator: bytes
    width: int
    totals: frozenset[bytes]
