"""A change of definition (口径变化), as a person has declared it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Redefinition:
    """From a year on, a figure no longer counts the same.

    Attributes:
        figure: id of the figure; empty for all.
        since: the first year that counts in the new way.
        what: what changed, in Chinese.
        source: who says so: a decree, a standard, a department.
    """

    figure: str
    since: int
    what: str
    source: str
