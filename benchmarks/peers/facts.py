"""What the peers are told, once for all three: the year, the terms of the law, and codes.

Nothing here is taken from ``analysis``: numbers and codes are those of docs/figures.md and
docs/tables.md.
"""

import os
from datetime import date, datetime
from fractions import Fraction

YEAR = int(os.environ.get("PEERS_YEAR", "2022"))  # whose files they count
START, END = datetime(YEAR, 1, 1), datetime(YEAR + 1, 1, 1)
FIRST, CUTOFF = date(YEAR, 1, 1), date(YEAR, 12, 31)
YEAR_BEFORE = date(YEAR - 1, 12, 31)
FIRST_DAY = date(2004, 1, 1)  # of the calendar that all are given as a file

CLOCKS = ("statutory", "statutory_loose", "statutory_deemed", "statutory_first_day", "promised")
# Working days: to notify of what is lacking, to deliver, to publish an inspection, to set right.
NOTIFY, DELIVER, PUBLISH, RECTIFY = 5, 10, 20, 15
# Working days a limit may be extended by, and those of joint handling, which has a limit of its own.
EXTENDED, JOINT, EXTENDED_JOINTLY = 10, 45, 15
# Working days in a unit of a limit: 250 a year, 8 hours a day.
UNITS = {
    "W": Fraction(1),
    "N": Fraction(250, 365),
    "M": Fraction(250, 12),
    "Y": Fraction(250),
    "H": Fraction(1, 8),
}

LICENCE = "01"
ONLINE = ("pc", "mobile")
MAIL = "4"
DEPTHS_ONLINE = tuple("234567")
DEPTHS_FULL = tuple("567")
RULES = (
    "immediate_is_zero", "promise_is_commitment", "promise_within_statutory", "visit_has_reason",
    "no_visit_has_mail", "online_has_no_visit", "dates_in_order", "shares_parents_code",
)  # fmt: skip
INSPECTIONS = ("random", "key", "special", "complaint", "joint")
ROLES = ("window", "approval", "supervision")
