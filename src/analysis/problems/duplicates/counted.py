"""What is counted in the applications (申请) of a year, all of it from one pass over its cases."""

from dataclasses import dataclass

import pandas as pd

from analysis.problems.duplicates.applications import applications, daily
from analysis.problems.duplicates.bundles import together
from analysis.problems.duplicates.pairs import pairs
from analysis.problems.duplicates.related import related
from analysis.problems.duplicates.rework import resubmitted
from analysis.problems.grounds import Grounds
from analysis.statistics.passes.counting import made_once


@dataclass(frozen=True)
class Counted:
    """What the applications of a year hold; each as the function of its name returns it."""

    daily: pd.DataFrame
    pairs: pd.DataFrame
    resubmitted: pd.DataFrame
    together: pd.DataFrame


def counted(grounds: Grounds) -> Counted:
    """Count the applications of a year.

    The engine makes them once, as a temporary table that goes with the last count; and from it the few
    that are related to others.
    """
    with made_once(applications(grounds)) as rows:
        by_day = daily(rows)
        with made_once(related(rows, by_day)) as few:
            found, again = pairs(few, by_day), resubmitted(rows, few)
        return Counted(by_day, found, again, together(rows))
