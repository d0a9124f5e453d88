"""Sortable tables (可排序的表): click a heading to sort, type to search; nothing comes from a network."""

from typing import Any

import itables
import itables.options
import pandas as pd
from markupsafe import escape
from pandas.api.types import is_datetime64_any_dtype, is_integer_dtype, is_numeric_dtype

from analysis.report.html import Html

PAGE = 15  # rows shown at a time
WORDS: dict[str, Any] = {
    "search": "查找:",
    "info": "第 _START_—_END_ 行,共 _TOTAL_ 行",
    "infoEmpty": "没有行",
    "infoFiltered": "(全部 _MAX_ 行)",
    "zeroRecords": "没有符合的行",
    "emptyTable": "没有行",
    "lengthMenu": "每页 _MENU_ 行",
    "paginate": {"first": "«", "previous": "‹", "next": "›", "last": "»"},
}


def ready() -> None:
    """Put what sorts tables into the notebook, once and whole: no network is needed."""
    itables.options.display_logo_when_loading = False
    itables.init_notebook_mode(all_interactive=False, connected=False)


def sortable(frame: pd.DataFrame, *, caption: str) -> Html:
    """Return a frame as a table that the reader sorts and searches.

    Args:
        frame: any frame; its index is not shown.
        caption: what the table holds.

    Raises:
        ValueError: ``frame`` is none that itables can show.

    Example:
        >>> "表头" in sortable(pd.DataFrame({"表头": [1, 2]}), caption="两行")
        True
    """
    shown = pd.DataFrame({name: _printed(frame[name]) for name in frame})
    words = [at for at, name in enumerate(frame) if not is_numeric_dtype(frame[name])]
    made = itables.to_html_datatable(
        shown,
        caption=str(escape(caption)),  # itables takes it for HTML
        showIndex=False,
        pageLength=PAGE,
        lengthMenu=[PAGE, 50, 200],
        language=WORDS,
        maxBytes=0,
        allow_html=False,
        classes="display compact nowrap",
        style="table-layout:auto;width:auto;margin:auto;caption-side:top",
        columnDefs=[{"className": "dt-left", "targets": words}],
        scrollX=True,
    )
    return Html(made)


def _printed(values: pd.Series) -> pd.Series:
    """Return values as text: numbers with separators (they still sort as numbers), times short."""
    if is_integer_dtype(values):
        return values.map("{:,}".format, na_action="ignore").astype("str").fillna("")
    if is_datetime64_any_dtype(values):
        short: pd.Series = values.dt.strftime("%Y-%m-%d %H:%M").fillna("")
        return short
    return values
