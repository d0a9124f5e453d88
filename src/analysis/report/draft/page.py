"""Paragraphs of the draft on a page (页面上的文稿): numbers link to the page's definitions."""

from collections.abc import Iterable

from analysis.report.draft.punctuation import chinese
from analysis.report.draft.text import Blank, Kind, Number, Paragraph, Run
from analysis.report.html import Html
from analysis.report.parts import cite

TEXT, WORDS, HEADING, BLANK = (
    Html('<div class="draft">{}</div>'),
    Html("<p>{}</p>"),
    Html("<p><strong>{}</strong></p>"),
    Html("<mark>{}</mark>"),
)
HEADINGS = (Kind.HEADING, Kind.SUBHEADING)


def shown(paragraphs: Iterable[Paragraph]) -> Html:
    """Return paragraphs as readers of a page see them, in the words that Word has."""
    made = (
        (HEADING if each.kind in HEADINGS else WORDS).format(Html().join(map(_run, each.runs)))
        for each in paragraphs
    )
    return TEXT.format(Html().join(made))


def _run(run: Run) -> Html:
    match run:
        case Number(figure, _, words):
            return cite(figure, words)
        case Blank():
            return BLANK.format(chinese(run.words))
        case str():
            return Html("{}").format(chinese(run))
        case _:
            return Html("{}").format(chinese(run.words))
