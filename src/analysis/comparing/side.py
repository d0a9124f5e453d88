"""A side (一方) of a comparison: what is compared, wherever it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

ONE = ("id", "variant")  # what tells the figures of one place and year apart
MANY = ("place", "year", *ONE)


@dataclass(frozen=True)
class Side:
    """One year of a place, or one run.

    Attributes:
        name: as it was asked for, in words.
        figures: as ``figures`` returns them; in a run also ``published``, of one year or several.
        findings: as ``findings`` returns them.
        counts: what the data are made of: Chinese name to number of rows.
        marks: what the data are made of: Chinese name to a text, such as dates or hashes of files.
        pages: pages by path below the run, with their hashes; None where none were made.
        printed: ids of the figures that a printed report gives for the same place and year.
        label: what output must carry; synthetic data are never without.
    """

    name: str
    figures: pd.DataFrame
    findings: pd.DataFrame
    counts: Mapping[str, int] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, str] | None = None
    printed: frozenset[str] = frozenset()
    label: str = ""

    @property
    def of(self) -> set[tuple[str, str]]:
        """The places and years that the figures are of."""
        return set(zip(self.figures["place"], self.figures["year"].astype("str"), strict=True))


def same_keys(before: Side, now: Side) -> tuple[str, ...]:
    """Return what the figures of two sides are matched by: two single years need no year."""
    return ONE if max(len(before.of), len(now.of)) <= 1 else MANY
