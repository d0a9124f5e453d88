"""An explained difference (差异说明)."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Explanation:
    """A person's reason why a computed figure is not the printed one.

    The software never makes one up, and shows it as theirs.

    Attributes:
        difference: computed − printed, as it was when they explained it; no other is covered.
        reason: their words.
        who: who says so.
        date: when.
    """

    difference: Decimal
    reason: str
    who: str
    date: str
