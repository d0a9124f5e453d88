"""Form (版式): how a text with rows and cells is laid out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """How a text is laid out.

    Attributes:
        file: what the user calls it.
        separator: one byte.
        width: number of headings.
        encoding: of the cells.
    """

    file: str
    separator: bytes
    width: int
    encoding: str
