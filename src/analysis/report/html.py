"""HTML that is safe to show: whatever is not ``Html`` already is escaped."""

from bs4 import BeautifulSoup
from markupsafe import Markup, escape


class Html(Markup):
    """A piece of HTML. As the last expression of a notebook cell it is rendered.

    Joining, adding and formatting escape everything that is not ``Html`` itself.
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)

    def __repr__(self) -> str:
        """Return the text alone, for terminals."""
        for invisible in (soup := BeautifulSoup(self, "html.parser")).select("svg"):
            invisible.decompose()
        return soup.get_text(" ", strip=True)


def text(template: str, /, *parts: object, **named: object) -> Html:
    """Return ``template`` with its ``{}`` filled in, everything escaped but ``Html`` parts.

    Example: ``text("全区受理 {} 件", cite("accepted", "1,795,742"))``.
    """
    return Html(escape(template)).format(*parts, **named)


def paragraph(template: str, /, *parts: object, **named: object) -> Html:
    """Return a paragraph (段落); filled in as by ``text``."""
    return Html("<p>{}</p>").format(text(template, *parts, **named))


def note(template: str, /, *parts: object, **named: object) -> Html:
    """Return a small grey remark (注) below a table or figure; filled in as by ``text``."""
    return Html('<p class="note">{}</p>').format(text(template, *parts, **named))


def hidden(words: str) -> Html:
    """Return words that are read aloud but not seen."""
    return Html('<span class="sr">{}</span>').format(words)
