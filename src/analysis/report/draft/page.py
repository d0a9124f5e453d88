"""Paragraphs of the draft on a page (页面上的文稿): linked to the page's definitions and findings."""

from collections.abc import Iterable

from analysis.report.draft.punctuation import chinese
from analysis.report.draft.text import Blank, Evidence, Kind, Number, Paragraph, Run
from analysis.report.html import Html
from analysis.report.parts import cite

TEXT, WORDS, HEADING, BLANK, FINDING = (
    Html('<div class="draft">{}</div>'),
    Html("<p>{}</p>"),
    Html("<p><strong>{}</strong></p>"),
    Html("<mark>{}</mark>"),
    Html('<a href="#f-{}">{}</a>'),
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
        case Evidence(finding, words):
            return FINDING.format(finding, chinese(words))
        case str():
            return Html("{}").format(chinese(run))
