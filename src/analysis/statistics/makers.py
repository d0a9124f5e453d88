"""Makers (登记用的几种形式): what figures of one form have in common, filled in before they are declared.

A topic fills in what all of its own figures share, and what is left reads like a table. A field given
again takes the place of the one filled in.
"""

from functools import partial

from analysis.statistics.figure import (
    CASE,
    HANDLING,
    LICENCE_CASES,
    PLATFORM_HANDLING,
    Figure,
    Kind,
)

count = partial(Figure, kind=Kind.COUNT)
case_count = partial(count, unit="件", grain=CASE, scope=LICENCE_CASES)
share = partial(Figure, kind=Kind.SHARE, unit="%", decimals=2)
case_share = partial(share, grain=CASE, scope=LICENCE_CASES)
item_share = partial(share, grain=HANDLING, scope=PLATFORM_HANDLING)
