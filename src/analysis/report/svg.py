"""A matplotlib figure as inline SVG: real text, nothing about the maker, the same bytes always."""

import io
import re
from xml.etree import ElementTree

from matplotlib.figure import Figure

from analysis.report.fonts import FAMILY

NAMESPACE = re.compile(r"\{[^}]*\}")
LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
REFERENCE = re.compile(r"url\(#([^)]+)\)")
IDLE_ROTATION = re.compile(r"^rotate\(-?0 ")
FONT = re.compile(r" ?font-family: [^;]+;?")
SPACE = re.compile(r"\s*([;:MLCQz]|$)\s*")  # that neither styles nor paths need
SPACED = ("style", "d")


def inline_svg(figure: Figure, prefix: str, label: str) -> str:
    """Return ``figure`` as an ``<svg>`` element for the middle of a page.

    Args:
        figure: what to draw.
        prefix: begins every id, so that figures of one page do not take each other's parts.
        label: what is read to those who do not see it.
    """
    root = _drawn(figure)
    used = _references(root)
    for parent in list(root.iter()):
        for child in [c for c in parent if _name(c.tag) in ("metadata", "style")]:
            parent.remove(child)
    for element in root.iter():
        element.tag = _name(element.tag)
        element.attrib = {
            _name(key): _plain(_name(key), value, prefix)
            for key, value in element.attrib.items()
            if not _idle(key, value, used)
        }
        element.text = element.text if element.tag == "text" else None
        element.tail = None
    _flatten(root)
    root.attrib = {
        "viewBox": root.attrib["viewBox"],
        "role": "img",
        "aria-label": label,
        "font-family": f"'{FAMILY}',sans-serif",  # once, instead of at every text
        "stroke-linejoin": "round",  # matplotlib's own style sheet would rule the whole page
    }
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=False)


def _flatten(element: ElementTree.Element) -> None:
    """Let go of groups that say nothing of what they hold, and of those that hold nothing."""
    children = []
    for child in element:
        _flatten(child)
        if child.tag == "g" and not child.attrib:
            children += list(child)
        elif child.tag not in ("g", "defs") or len(child):
            children.append(child)
    element[:] = children


def _drawn(figure: Figure) -> ElementTree.Element:
    made = io.BytesIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(made, format="svg", metadata=nothing)
    return ElementTree.fromstring(made.getvalue())


def _references(root: ElementTree.Element) -> set[str]:
    values = [value for element in root.iter() for value in element.attrib.values()]
    targets = {value.removeprefix("#") for value in values if value.startswith("#")}
    return targets.union(*map(REFERENCE.findall, values))


def _name(qualified: str) -> str:
    return NAMESPACE.sub("", qualified)


def _idle(key: str, value: str, used: set[str]) -> bool:
    return (key == "id" and value not in used) or (
        key == "transform" and IDLE_ROTATION.match(value) is not None
    )


def _plain(key: str, value: str, prefix: str) -> str:
    if key == "id":
        return f"{prefix}-{value}"
    if key == "href":
        return f"#{prefix}-{value.removeprefix('#')}"
    value = FONT.sub("", REFERENCE.sub(rf"url(#{prefix}-\1)", value))
    value = LONG_NUMBER.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), value)
    return SPACE.sub(r"\1", value) if key in SPACED else value
