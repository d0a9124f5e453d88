"""A year of supervision made by hand: 2022 with the cut-off on Monday 31 October.

Each row says what it is there for. Working days of 2022: see ``test_figures``.
"""

import pandas as pd

from analysis.tables.year import Year
from tests.tables.build import (
    PLACE,
    case,
    closed,
    day,
    evaluation,
    frames,
    heads,
    inspection,
    item,
    oversight_frames,
)

CUTOFF = day("2022-10-31")
ITEMS = [item("A"), item("F", item_type="07")]  # F is not a licence; X is not in the catalogue
D2, D3 = {"dept_code": "D2"}, {"dept_code": "D3"}
FIRM, PERSON = {"applicant_type": "enterprise"}, {"applicant_type": "person"}


def holder(key, decided=None, **values):
    """What makes a case one of a holder."""
    return {"applicant_key": key, "decided_at": decided, "applicant_type": None} | values


CASES = [
    closed("2022-01-10", "2022-01-10", "2022-02-10", case_id="c1", **holder("H1", "2022-02-08 16:00")),
    closed("2022-07-10", "2022-07-10", "2022-08-20", case_id="c2", **D2, **holder("H1", "2022-08-15", **FIRM)),
    closed("2022-07-10", "2022-07-10", "2022-08-01", case_id="c3", **holder("H2", "2022-08-01 09:00", **PERSON)),
    closed("2022-09-10", "2022-09-13", "2022-10-12", case_id="c4", **D2, **holder("H3", "2022-10-11", **FIRM)),
    closed("2022-09-10", "2022-09-13", "2022-10-12", case_id="c5", **holder("H6", "2022-10-11", **PERSON)),
    closed("2022-03-10", "2022-03-10", "2022-03-12", "refused", case_id="c6", **holder("H4", "2022-03-11", **FIRM)),
    # Closed after the cut-off, of another type, without a key, deleted, closed in the year before:
    closed("2022-03-10", "2022-03-10", "2022-11-01", case_id="c7", **holder("H7", "2022-10-30", **FIRM)),
    closed("2022-03-10", "2022-03-10", "2022-03-12", case_id="c8", item_code="F", **holder("H5", "2022-03-11", **FIRM)),
    closed("2022-03-10", "2022-03-10", "2022-03-12", case_id="c9", **holder(None, "2022-03-11", **FIRM)),
    closed("2022-03-10", "2022-03-10", "2022-03-12", "deleted", case_id="c10", **holder("H8", "2022-03-11", **FIRM)),
    closed("2021-03-10", "2021-03-10", "2021-12-31 23:59:59", case_id="c11", **holder("H9", "2021-12-31", **FIRM)),
    closed("2022-03-10", "2022-03-10", "2022-10-31 23:59:59", "withdrawn", case_id="c12", **D3, **holder("H4")),
    case("2022-03-10", case_id="c13", **holder("H4")),  # not accepted
]  # fmt: skip

INSPECTIONS = [
    # The 20th working day after Monday 1 August is Monday 29 August.
    inspection("2022-08-01", holder_key="H1", published_on="2022-08-29"),
    inspection("2022-08-01", holder_key="H2", published_on="2022-08-30", result="corrected", inspectors_n=3),
    # After Friday 23 September it is 26 October; after 10 October it is beyond the cut-off.
    inspection("2022-09-23", holder_key="H1", result="violation", penalty=True, **D2),
    inspection("2022-10-10", holder_key="H3", result="gone", **D2),
    inspection("2022-10-10", holder_key="H1", result="violation", published_on="2022-10-31", item_code=None,
               inspect_type="joint", inspectors_n=4),
    # On the first day of the year, published after the cut-off: not yet, and late.
    inspection("2022-01-01", holder_key="H4", published_on="2022-11-01", inspect_type="key"),
    inspection("2022-10-31", published_on="2022-10-31", inspect_type="special", inspectors_n=None, **D2),
    # Not in the catalogue; published before it happened, which is in time.
    inspection("2022-02-01", holder_key="H5", published_on="2022-01-31", item_code="X", result="corrected",
               inspectors_n=1, penalty=None),
    # Not in the year, after the cut-off, not of a licence:
    inspection("2021-12-31", holder_key="H6", inspect_type="complaint"),
    inspection("2022-11-01", holder_key="H6", result="violation"),
    inspection("2022-08-01", holder_key="H6", item_code="F", result="violation"),
]  # fmt: skip

EVALUATIONS = [
    evaluation("2022-02-11", "1", case_id="c1"),
    # The 15th working day after Monday 21 February is Monday 14 March.
    evaluation("2022-02-20", "5", case_id="c1", round=2, order_created_at="2022-02-21 08:00",
               rectified_at="2022-03-14 23:59"),
    evaluation("2022-08-27", "3", case_id="c2", is_default=True, channel="7", **D2),
    # After Tuesday 2 August it is 23 August.
    evaluation("2022-08-02", "4", case_id="c3", order_created_at="2022-08-02 12:00", rectified_at="2022-08-24 00:00"),
    evaluation("2022-10-13", "2", case_id="c4", item_code=None, **D2),
    # The limit is not over yet; over, and rectified only after the cut-off:
    evaluation("2022-10-30", "5", case_id="c5", order_created_at="2022-10-31"),
    evaluation("2022-09-01", "4", case_id="c6", is_default=None, order_created_at="2022-09-01",
               rectified_at="2022-11-03"),
    evaluation("2022-05-05", None, case_id="c9", round=None, channel=None),  # says nothing
    evaluation("2022-11-06", "1", case_id="c7"),  # after the cut-off
    evaluation("2022-03-03", "1", case_id="unknown", item_code="X", is_default=True, **D3),
    evaluation("2022-03-03", "5", case_id="c8", item_code="F"),  # not of a licence
    evaluation("2021-12-31 23:59:59", "3", case_id="c1", is_default=True),  # in the year before
]  # fmt: skip

STAFF = [
    heads("D1", "2022-09", "window", 9, 9.0),
    heads("D1", "2022-10", "window", 3, 2.5),
    heads("D1", "2022-11", "window", 99, 99.0),  # after the cut-off
    heads("D1", "2022", "approval", 5, 4.25),
    heads("D2", "2022", "approval", 7, 7.0),  # a month goes before the year
    heads("D2", "2022-05", "approval", 6, 6.0),
    heads("D2", "2022-03", "supervision", 2, 1.005),
    heads("D2", "2021-12", "window", 8, 8.0),
]


def supervised_year(*, cases=CASES, place=PLACE, **changed) -> Year:
    """The year of these rows; other rows, or no table (None), for some tables if given."""
    rows = {"inspections": INSPECTIONS, "evaluations": EVALUATIONS, "staff": STAFF} | changed
    there = {name: of for name, of in rows.items() if of is not None}
    tables = frames([], ITEMS) | oversight_frames(**there)
    tables["cases"] = pd.DataFrame(cases, columns=list(cases[0] if cases else CASES[0]))
    return Year.from_frames(place, 2022, tables, cutoff=CUTOFF)
