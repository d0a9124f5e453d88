"""A chart (图) as readers get it: a heading that says what it shows, and words for who cannot see."""

from hashlib import sha256

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.errors import XukeError
from analysis.report.html import Html
from analysis.report.svg import inline_svg

FIGURE = Html(
    '<figure id="{id}"><figcaption>{caption}{second}</figcaption>'
    '<div class="scroll" role="group" tabindex="0" aria-label="{caption}">{svg}</div></figure>'
)


def show(ax: Axes, *, caption: str, alt: str, note: str = "", unit: str = "") -> Html:
    """Return the chart as a ``<figure>`` with inline SVG, and close it.

    Args:
        ax: what a chart function returned.
        caption: the heading; it states what the chart shows (结论).
        alt: what is read to those who do not see the chart (替代文字).
        note: second line: what is drawn, over what, compared with what.
        unit: the unit of the axis, printed after the note.

    Raises:
        XukeError: the caption or the alternative text is empty.

    Example:
        >>> import matplotlib.pyplot as plt
        >>> made = show(plt.subplots()[1], caption="受理量持平", alt="空白的图")
        >>> made.startswith("<figure id=")
        True
    """
    if not caption.strip():
        raise XukeError("图没有标题:请在 show 中用 caption 写明这张图说明了什么。")
    if not alt.strip():
        raise XukeError(
            f"图“{caption}”没有替代文字:请在 show 中用 alt 写明图中内容,供读屏软件使用。"
        )
    identity = "fig-" + sha256(caption.encode()).hexdigest()[:8]
    figure = ax.get_figure(root=True)
    assert isinstance(figure, Figure)
    svg = Html(inline_svg(figure, identity, alt))
    plt.close(figure)
    return FIGURE.format(id=identity, caption=caption, second=second_line(note, unit), svg=svg)


def second_line(note: str, unit: str) -> Html:
    """Return what stands under a heading: the remark and the unit; nothing for neither."""
    said = " · ".join(filter(None, (note, f"单位:{unit}" if unit else "")))
    return Html("<span>{}</span>").format(said) if said else Html()
