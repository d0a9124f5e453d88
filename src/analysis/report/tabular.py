"""A table (表) as readers get it: captioned, with row and column headers, numbers right-aligned."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import pandas as pd
from markupsafe import escape

from analysis.errors import XukeError
from analysis.report.html import Html, hidden
from analysis.report.html import note as remark
from analysis.report.numbers import MASK, MISSING, number

Verdict = Literal["ok", "res", "st", "bad"]
Format = Callable[[Any], object]

FOLD_AFTER = 40  # rows; a longer table is there complete, but behind a fold
NUMERIC = re.compile(r"[+−]?\d[\d,.]*(\D|$)")
NOTHING = Html('<span aria-hidden="true">{}</span>{}').format(MISSING, hidden("无数据"))
MASKED = Html('<span aria-hidden="true">{}</span>{}').format(MASK, hidden("不公开"))
TABLE = Html(
    '<div class="{kind}" role="region" tabindex="0" aria-label="{caption}"><table>'
    "<caption>{caption}{unit}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    "</table></div>"
)
FOLDED = Html('<details class="fold"><summary>{}(共 {} 行)</summary>{}</details>')


def table(
    frame: pd.DataFrame,
    *,
    caption: str,
    unit: str = "",
    note: str = "",
    formats: Mapping[str, Format] | None = None,
    verdicts: Mapping[str, Verdict] | None = None,
    total: bool = False,
    fold_after: int = FOLD_AFTER,
    compact: bool = False,
) -> Html:
    """Return a data frame as an HTML table; its named index, or first column, heads the rows.

    Args:
        frame: rows and columns in printed order, columns named by their printed terms. Links
            made by ``cite`` need a column of dtype object: pandas takes them for plain text.
        caption: what the table holds.
        unit: unit of its numbers, printed after the caption.
        note: a remark printed below.
        formats: how the values of a column are printed, see ``numbers``. Without one, integers
            get separators and other numbers two decimals.
        verdicts: each verdict (结论) and its kind: ``ok``, ``res`` (to be looked at), ``st``
            (not compared) or ``bad``. A column of nothing else is shown as badges.
        total: the last row is a total (合计), set off from the others.
        fold_after: number of rows above which the table is folded.
        compact: on a phone its cells break lines rather than have the table scroll.

    Raises:
        XukeError: no caption, or a format for a column that is not there.

    Example:
        >>> made = table(pd.DataFrame({"部门": ["甲局"], "办结": [1234]}), caption="各部门办结")
        >>> "1,234" in made
        True
    """
    if not caption.strip():
        raise XukeError("表没有标题:请在 table 中用 caption 写明表的内容。")
    if not isinstance(frame.index, pd.RangeIndex):
        frame = frame.reset_index()
    if unknown := set(formats or {}) - set(frame.columns):
        raise XukeError(f"表“{caption}”没有“{'、'.join(sorted(unknown))}”列:请改正 formats。")
    columns = [
        _column(str(name), frame.iloc[:, at], (formats or {}).get(str(name)), verdicts or {}, at)
        for at, name in enumerate(frame.columns)
    ]
    made = TABLE.format(
        kind="tbl compact" if compact else "tbl",
        caption=caption,
        unit=Html("<span>单位:{}</span>").format(unit) if unit else "",
        head=Html().join(column[0] for column in columns),
        body=_body([column[1:] for column in columns], total),
    )
    if len(frame) > fold_after:
        made = FOLDED.format(caption, number(len(frame)), made)
    return made + (remark("{}", note) if note else "")


def _column(
    name: str, values: pd.Series, form: Format | None, verdicts: Mapping[str, Verdict], at: int
) -> list[Html]:
    """Return a column's header cell and its body cells."""
    shown = [_shown(value, form, heads_row=at == 0) for value in values]
    there = [each for each in shown if each not in (NOTHING, MASKED)]
    if there and verdicts and set(map(str, there)) <= set(verdicts):
        shown = [_badge(each, verdicts[each]) if each in verdicts else each for each in shown]
    numeric = at > 0 and all(NUMERIC.match(each.striptags()) for each in there)
    kind = "" if numeric else Html(' class="t"')
    cell = Html('<th scope="row">{}</th>') if at == 0 else Html("<td{}>{{}}</td>").format(kind)
    head = Html('<th scope="col"{}>{}</th>').format(kind, name)
    return [head, *map(cell.format, shown)]


def _shown(value: Any, form: Format | None, *, heads_row: bool) -> Html:
    if isinstance(value, str) and value == MASK:
        return MASKED
    if not isinstance(value, str) and pd.isna(value):
        return NOTHING
    if form:
        value = form(value)
    elif pd.api.types.is_number(value) and not heads_row:
        value = number(value, 0 if pd.api.types.is_integer(value) else 2)
    return NOTHING if value == MISSING else Html(escape(value))


def _badge(verdict: Html, kind: Verdict) -> Html:
    return Html('<span class="v {}">{}</span>').format(kind, verdict)


def _body(columns: Sequence[Sequence[Html]], total: bool) -> Html:
    rows = [Html("<tr>{}</tr>").format(Html().join(cells)) for cells in zip(*columns, strict=True)]
    if total and rows:
        rows[-1] = Html('<tr class="total">') + rows[-1].removeprefix("<tr>")
    return Html().join(rows)
