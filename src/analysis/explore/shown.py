"""A view as it shows itself without widgets (静态): everything below each other."""

from pathlib import Path

from analysis.explore.look import View
from analysis.explore.sections import figures_table, head, months_table
from analysis.report import palette
from analysis.report.html import Html, note
from analysis.report.tabular import table

STYLE = Path(__file__).with_name("panel.css")
BELOW = {"department": "各部门", "item": "各业务办理项", "month": "各月"}


def style() -> Html:
    """Return the style sheet of panels: notebooks have none of a page's."""
    sheet = STYLE.read_text(encoding="utf-8")
    return Html(f"<style>.xuke{{{palette.custom_properties()}}}{sheet}</style>")


def title(view: View) -> Html:
    """Return what is looked at, and what kind of data it is."""
    label = view.whole.year.label
    banner = Html('<p class="label">{}</p>').format(label) if label else Html()
    return banner + Html('<p class="looking">{}</p>').format(view.title)


def whole_view(view: View) -> Html:
    """Return a view as HTML: key numbers, figures, one level down, months."""
    below = view.members.drop(columns="code")
    parts = [
        title(view),
        head(view),
        figures_table(view.figures, "指标"),
        table(below, caption=BELOW[view.choices.next_dimension], unit="件"),
        months_table(view),
    ]
    return Html('{}<div class="xuke">{}</div>').format(style(), Html().join(parts))


def empty(words: str) -> Html:
    """Return a remark in the place of a panel."""
    return Html('{}<div class="xuke">{}</div>').format(style(), note("{}", words))
