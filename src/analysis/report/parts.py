"""The parts of a page beside tables and figures: its head, its key figures, its definitions."""

from collections.abc import Iterable
from typing import NamedTuple

from analysis.report.audience import EDITIONS
from analysis.report.html import Html
from analysis.tables.year import Year

HEADER = Html(
    '<header><h1><span class="place">{above}</span> {title}</h1>'
    '<p class="meta">{meta}</p></header><p class="lead">{lead}</p>'
)


class Card(NamedTuple):
    """One key figure (关键指标).

    Attributes:
        term: its name.
        value: the number as printed; ``Html`` where it links to its definition.
        unit: unit of the value.
        comparison: a line that puts it in relation, or says what is uncertain about it.
    """

    term: str
    value: str
    unit: str = ""
    comparison: str = ""


class Definition(NamedTuple):
    """How one figure is defined (口径).

    Attributes:
        figure: id of the figure; ``cite`` links to it.
        term: its name.
        lines: formula with its numbers, variants, source: one line each.
    """

    figure: str
    term: str
    lines: tuple[str, ...]


def masthead(
    year: Year, title: str, lead: str, *, above: str = "", audience: str = "internal"
) -> Html:
    """Return the head of a page: place, year, the page's only ``h1``, both dates, the lead.

    The heading names place and year too: it is what a screen reader says of the page.

    Args:
        year: whose page it is; gives place, cut-off (统计截止) and day of export.
        title: the title of the page.
        lead: the paragraph that already says everything; ``Html`` keeps its links.
        above: whose page it is, if not that of the whole place.
        audience: for whom the page is made; a key of ``EDITIONS``.
    """
    exported = f"数据导出 {year.exported_on}" if year.exported_on else "数据导出日未登记"
    compared = "" if year.cutoff == year.default_cutoff else "(所说上年为上年同期)"
    return head(
        above or f"{year.place.name} · {year.year} 年度",
        title,
        f"统计截至 {year.cutoff} 24:00{compared} · {exported} · {EDITIONS[audience]}",
        lead,
    )


def head(above: str, title: str, meta: str, lead: str) -> Html:
    """Return the head of a page of no one place and year: what stands over its only ``h1``.

    Args:
        above: whose page it is, or of what.
        title: the title of the page.
        meta: dates and edition.
        lead: the paragraph that already says everything; ``Html`` keeps its links.
    """
    return HEADER.format(above=above, title=title, meta=meta, lead=lead)


def headline(cards: Iterable[Card]) -> Html:
    """Return four or five key figures (关键指标) in large type."""
    card = Html("<div><dt>{0}</dt><dd>{1}{2}</dd>{3}</div>")
    unit, line = Html("<small>{}</small>"), Html('<dd class="yoy">{}</dd>')
    shown = (
        card.format(
            each.term,
            each.value,
            unit.format(each.unit) if each.unit else "",
            line.format(each.comparison) if each.comparison else "",
        )
        for each in cards
    )
    return Html('<dl class="kpis">{}</dl>').format(Html().join(shown))


def definitions(entries: Iterable[Definition]) -> Html:
    """Return the definitions (口径与定义) that ``cite`` links to."""
    entry = Html('<div id="def-{}"><dt>{}</dt>{}</div>')
    line = Html("<dd>{}</dd>")
    shown = (
        entry.format(each.figure, each.term, Html().join(map(line.format, each.lines)))
        for each in entries
    )
    return Html('<dl class="def">{}</dl>').format(Html().join(shown))


def cite(figure: str, words: str) -> Html:
    """Return a number as a link to the definition of the figure with this id."""
    return Html('<a class="n" href="#def-{}">{}</a>').format(figure, words)
