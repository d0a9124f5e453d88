"""The reductions (四减) that a place counts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reduction:
    """One of them.

    Attributes:
        term: what it is called, e.g. 减跑动.
        figure: id of the figure that measures it; empty where none does.
        variant: which of the figure's definitions.
    """

    term: str
    figure: str = ""
    variant: str = ""


@dataclass(frozen=True)
class Reductions:
    """All of a place, in order, and what document names them."""

    source: str
    reductions: tuple[Reduction, ...]
