"""Agreement (相符): whether a computed number is the printed one, as far as the print tells."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from analysis.errors import XukeError
from analysis.statistics.figure import rounded

# The print shows a multiple of this; where it cannot be told of which, either will do.
STEPS = {"0.01万": (100,), "0.1万": (1_000,), "1万": (10_000,), "0.1万|1万": (1_000, 10_000)}
IN_WORDS = "words"


@dataclass(frozen=True)
class Agreement:
    """What comparing one number came to.

    Attributes:
        agrees: whether it is the printed one; None where the print is too vague to tell (约).
        computed: the computed number, with enough decimals to show a difference.
    """

    agrees: bool | None
    computed: Decimal


def agreement(value: Fraction, printed: Decimal, rounding: str, basis: str) -> Agreement:
    """Compare a value with a printed number: half up at what it was rounded to; words exactly.

    Args:
        value: computed, in the printed unit.
        printed: as printed.
        rounding: a code of ``codes.totals.ROUNDING``.
        basis: a code of ``codes.totals.BASIS``; what a report states in words (所有 …) holds exactly.
    """
    decimals = max(-int(printed.as_tuple().exponent), 0)
    if rounding == "about":
        return Agreement(None, rounded(value, decimals))
    if basis == IN_WORDS:
        agrees = value == Fraction(printed)
    elif rounding == "at_least":
        agrees = value >= Fraction(printed)
    elif rounding in STEPS:
        agrees = any(rounded(value / step, 0) * step == printed for step in STEPS[rounding])
    else:
        agrees = rounded(value, decimals) == printed
    while not agrees and rounded(value, decimals) == printed != value:
        decimals += 4
    return Agreement(agrees, rounded(value, decimals))


def printed_number(text: str, figure: str) -> Decimal:
    """Return a printed number.

    Raises:
        XukeError: it is none.
    """
    try:
        number = Decimal(text)
    except ArithmeticError:
        number = Decimal("NaN")
    if not number.is_finite():
        raise XukeError(f"公开数“{figure}”的值“{text}”不是数:请改正 published/figures.csv。")
    return number
