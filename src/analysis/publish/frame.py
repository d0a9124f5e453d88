"""The frame of every page (页框): its head, its contents, its label, and the font it carries.

A page that comes from no notebook is only this frame around some HTML: to leave out nbconvert saves
the command that makes it most of a second.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from analysis.report.audit import audit
from analysis.report.fonts import font_face
from analysis.report.html import Html
from analysis.report.palette import custom_properties
from analysis.report.watermark import first_words, watermark

TEMPLATES = Path(__file__).with_name("templates")
TEMPLATE = "xuke"
# HTML lets these be left out (13.1.2.4 Optional tags): 20 KB of a page with many tables. Others, too,
# but libxml2 takes lines of definitions for each other's parts then.
OPTIONAL = re.compile(r"</(?:td|th|tr|thead|tbody)>")
HEADING = re.compile(r"<h([23])>(.*?)</h\1>", re.DOTALL)


def plain_page(body: Html, *, title: str, place: str, label: str) -> str:
    """Return HTML as a page like the others; same HTML, same bytes.

    Args:
        body: what the page shows.
        title: title of the window and of bookmarks.
        place: whose page it is, printed after the title; empty for nobody's.
        label: what kind of data it shows, see ``page_html``.

    Raises:
        XukeError: the page would not be whole: see ``audit``.
    """
    (numbered,), contents = number_headings([str(body)])
    templates = Environment(loader=FileSystemLoader(TEMPLATES / TEMPLATE), autoescape=False)
    return finished(
        templates.get_template("plain.html.j2").render(
            title=titled(title, place), page=facts(label, contents), body=numbered
        )
    )


def titled(title: str, place: str) -> str:
    """Return the title of a window."""
    return " · ".join(filter(None, (title, place)))


def facts(label: str, contents: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what the head of a page needs to know."""
    said = label.strip()
    head = first_words(said)
    return {
        "colours": custom_properties(),
        "contents": contents,
        "label_head": head,
        "label_rest": said.removeprefix(head),
        "watermark": watermark(said),
    }


def number_headings(parts: Iterable[str]) -> tuple[list[str], list[dict[str, Any]]]:
    """Give the headings of some HTML ids; return it and the contents (目录) that link to them."""
    contents: list[dict[str, Any]] = []

    def numbered(found: re.Match[str]) -> str:
        level, words = found.groups()
        entry: dict[str, Any] = {"words": Html(words).striptags(), "parts": []}
        siblings = contents[-1]["parts"] if level == "3" and contents else contents
        siblings.append(entry)
        nested = siblings is not contents
        entry["id"] = f"s{len(contents)}" + (f"-{len(siblings)}" if nested else "")
        return f'<h{level} id="{entry["id"]}">{words}</h{level}>'

    return [HEADING.sub(numbered, part) for part in parts], contents


def finished(page: str) -> str:
    """Return a page with the glyphs that it needs and no end tag that says nothing, once looked over.

    Raises:
        XukeError: see ``audit``.
    """
    audit(page)
    page = OPTIONAL.sub("", page)
    return page.replace("</head>", f"<style>{font_face(page)}</style>\n</head>", 1)
