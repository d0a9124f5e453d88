"""Tables by department (分部门表): with their total, unless there is but one department."""

from typing import Any

import pandas as pd

from analysis.report.html import Html
from analysis.report.tabular import table
from analysis.statistics.breakdowns import TOTAL


def of_departments(frame: pd.DataFrame, **options: Any) -> Html:
    """Return a table whose last row is the total of the others; ``options`` as of ``table``."""
    alone = len(frame) == 2 and frame.index[-1] == TOTAL
    return table(frame.iloc[:1] if alone else frame, total=not alone, **options)
