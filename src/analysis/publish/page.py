"""An executed notebook as one HTML page that anyone can open: no network, no script, no error."""

import re
from collections import Counter
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets.config import Config

from analysis.errors import XukeError
from analysis.project import data_dir
from analysis.publish.frame import (
    TEMPLATE,
    TEMPLATES,
    facts,
    finished,
    number_headings,
    titled,
)
from analysis.publish.notebook import assigned
from analysis.tables.place import places

PARAMETERS = {"parameters", "injected-parameters"}
UNSEEN = {*PARAMETERS, "hide"}  # tags of cells no reader needs
KINDS = ("text/html", "image/png", "text/plain")  # first one there is shown
UNSTYLED = re.compile(r'<span class="(?:n|nn|nb|nf|o|p|w)">([^<]*)</span>')  # of code; see page.css
FIGURE = re.compile(r'<figure id="(fig-[0-9a-f]{8})">')


class Prepare(Preprocessor):  # type: ignore[misc]
    """What happens to a notebook before the template ``xuke``; named in its ``conf.json``.

    Leaves what readers get, numbers the headings, and fills ``resources.page``.
    """

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Return the notebook and the resources as the template needs them.

        Raises:
            XukeError: a cell failed, or shows a picture without caption or alternative text.
        """
        names = _names(nb.cells, resources.get("place", ""))
        nb.cells = _gather_code([cell for each in nb.cells if (cell := _readable(each, names))])
        _tell_figures_apart(nb.cells)
        words = [cell for cell in nb.cells if cell.cell_type == "markdown"]
        numbered, contents = number_headings(cell.source for cell in words)
        for cell, text in zip(words, numbered, strict=True):
            cell.source = text
        resources["page"] = facts(resources.get("label", ""), contents)
        return nb, resources


class PageExporter(HTMLExporter):  # type: ignore[misc]
    """nbconvert's HTML exporter with the template that lies beside this module."""

    @property
    def default_config(self) -> Config:
        """Prefer what the report helpers make over pictures and plain text."""
        own = {
            "PageExporter": {
                "template_name": TEMPLATE,
                "extra_template_basedirs": [str(TEMPLATES)],
            },
            "NbConvertBase": {"display_data_priority": list(KINDS)},
        }
        config: Config = super().default_config
        config.merge(Config(own))
        return config


def page_html(notebook: NotebookNode, *, title: str, place: str, label: str) -> str:
    """Return an executed notebook as one HTML page (报告页面); same notebook, same bytes.

    Args:
        notebook: executed, with its outputs.
        title: title of the window and of bookmarks, unless ``notebook.metadata.title`` is set.
        place: whose page it is, printed after the title; empty for nobody's.
        label: what kind of data it shows (e.g. 演示数据 …): a banner, and its first words as a
            watermark. Empty for none.

    Raises:
        XukeError: a cell failed, a picture has no alternative text, or the page would not be
            whole: see ``audit``.
    """
    named = NotebookNode(notebook)
    named.metadata = NotebookNode(notebook.metadata)
    named.metadata.title = titled(notebook.metadata.get("title") or title, place)
    page: str = PageExporter().from_notebook_node(
        named, resources={"label": label, "place": place}
    )[0]
    return finished(UNSTYLED.sub(r"\1", page))


def _names(cells: list[NotebookNode], place: str) -> dict[str, str]:
    """Return what parameters written as ``{year}`` in Markdown cells stand for.

    The last cell that sets one counts: papermill puts its own after the notebook's. A place is
    called by its name.
    """
    names: dict[str, str] = {}
    for cell in cells:
        if PARAMETERS & set(cell.metadata.get("tags", ())):
            names |= {name: str(value) for name, value in assigned(cell.source, "页面")}
    if "place" in names:
        names["place"] = place or _place_name(names["place"])
    return names


def _place_name(slug: str) -> str:
    """Look up the name of a place; nbconvert alone does not tell it."""
    try:
        return places(data_dir())[slug].name
    except (XukeError, KeyError):
        return slug


def _readable(cell: NotebookNode, names: dict[str, str]) -> NotebookNode | None:
    """Return a cell with what readers are to see of it; None for nothing."""
    if UNSEEN & set(cell.metadata.get("tags", ())) or cell.cell_type == "raw":
        return None
    if cell.cell_type == "markdown":
        renderer = IPythonRenderer(escape=False, exclude_anchor_links=True)
        for name, words in names.items():
            cell.source = cell.source.replace(f"{{{name}}}", words)
        cell.source = MarkdownWithMath(renderer=renderer).render(cell.source)
        return cell
    cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
    for output in cell.outputs:
        _refuse_unfit(cell, output)
    return cell if cell.source.strip() or cell.outputs else None


def _refuse_unfit(cell: NotebookNode, output: NotebookNode) -> None:
    where = f"代码单元“{cell.source.strip().splitlines()[0] if cell.source.strip() else ''}”"
    if output.output_type == "error":
        raise XukeError(
            f"{where}执行出错({output.ename}: {output.evalue}):修正后重新运行,才能成页。"
        )
    data = output.get("data", {})
    if "text/markdown" in data and "text/html" not in data:  # data could bring HTML along
        raise XukeError(f"{where}用 Markdown 输出文字:请改用 paragraph(…),数据中的字符才会被转义。")
    shown = next((kind for kind in KINDS if kind in data), "")
    words = output.get("metadata", {}).get(shown, {})
    if shown == "image/png" and not all(words.get(part, "").strip() for part in ("alt", "caption")):
        raise XukeError(
            f"{where}输出了没有标题或替代文字的图片:请用 show(ax, caption=…, alt=…) 显示图。"
        )


def _gather_code(cells: list[NotebookNode]) -> list[NotebookNode]:
    """Put code that shows nothing in front of the code that shows its result."""
    gathered: list[NotebookNode] = []
    silent: list[NotebookNode] = []
    for cell in cells:
        if cell.cell_type == "code":
            silent.append(cell)
            if not cell.outputs:
                continue
            cell.source = _joined(silent)
            silent = []
        gathered.append(cell)
    if silent:
        silent[-1].source = _joined(silent)
        gathered.append(silent[-1])
    return gathered


def _joined(cells: list[NotebookNode]) -> str:
    return "\n\n".join(cell.source.strip() for cell in cells)


def _tell_figures_apart(cells: list[NotebookNode]) -> None:
    """Number the ids of figures with one caption: they are made from the caption alone."""
    met: Counter[str] = Counter()
    for cell in cells:
        for output in cell.get("outputs", ()):
            html = output.get("data", {}).get("text/html")
            for identity in FIGURE.findall(html or ""):
                met[identity] += 1
                if met[identity] > 1:
                    html = html.replace(identity, f"{identity}-{met[identity]}")
                    output.data["text/html"] = html
