"""A matplotlib figure as inline SVG: real text, nothing about the maker, the same bytes always."""

import io
import re
from collections.abc import Iterator, Mapping
from itertools import groupby
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
LOOK = ("clip-path", "style")  # said once for neighbours that share it
AXIS = "matplotlib.axis"
OWN_OPACITY = re.compile(r"(?<!-)opacity")  # of a group it is another: what overlaps shows through


def inline_svg(figure: Figure, prefix: str, label: str) -> str:
    """Return ``figure`` as an ``<svg>`` element for the middle of a page.

    Args:
        figure: what to draw.
        prefix: begins every id, so that figures of one page do not take each other's parts.
        label: what is read to those who do not see it.
    """
    root = _drawn(figure)
    for parent in list(root.iter()):
        for child in [c for c in parent if _unseen(c)]:
            parent.remove(child)
        if parent.get("id", "").startswith(AXIS):  # ticks, grid and labels do not overlap
            parent[:] = sorted(_leaves(parent), key=lambda leaf: (leaf.tag, sorted(_look(leaf))))
    ids = {name: f"{prefix}-p{at}" for at, name in enumerate(_references(root))}
    for element in root.iter():
        element.tag = _name(element.tag)
        element.attrib = {
            _name(key): _plain(_name(key), value, ids)
            for key, value in element.attrib.items()
            if not _idle(key, value, ids)
        }
        element.text = element.text if element.tag == "text" else None
        element.tail = None
    _flatten(root)
    _gather(root)
    root.attrib = {
        "viewBox": root.attrib["viewBox"],
        "role": "img",
        "aria-label": label,
        "font-family": f"'{FAMILY}',sans-serif",  # once, instead of at every text
        "stroke-linejoin": "round",  # matplotlib's own style sheet would rule the whole page
    }
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=False)


def _leaves(element: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Yield what is drawn in a group and in the groups within it that only have names."""
    for child in element:
        if _name(child.tag) == "g" and set(child.attrib) <= {"id"}:
            yield from _leaves(child)
        else:
            yield child


def _flatten(element: ElementTree.Element) -> None:
    """Let go of groups that say nothing of what they hold, and of those that hold nothing."""
    children = []
    for child in element:
        _flatten(child)
        if child.tag == "g" and not child.attrib:
            children += list(child)
        elif child.tag == "clipPath" and "id" not in child.attrib:
            continue  # nothing is cut by it
        elif child.tag not in ("g", "defs") or len(child):
            children.append(child)
    element[:] = children


def _gather(element: ElementTree.Element) -> None:
    """Put neighbours that share their look into a group that says it once."""
    gathered = []
    for look, run in groupby(element, _look):
        alike = list(run)
        if look and len(alike) > 1:
            group = ElementTree.Element("g", dict(look))
            for each in alike:
                each.attrib = {key: value for key, value in each.attrib.items() if key not in LOOK}
            group[:] = alike
            alike = [group]
        gathered += alike
    for child in gathered:
        if child.tag == "g" and not _look(child):
            _gather(child)
    element[:] = gathered


def _look(element: ElementTree.Element) -> tuple[tuple[str, str], ...]:
    """Return what an element shares with neighbours of the same look; nothing where it stays alone."""
    look = tuple((key, element.attrib[key]) for key in LOOK if key in element.attrib)
    alone = len(element) or OWN_OPACITY.search(element.get("style", ""))
    cut_elsewhere = "transform" in element.attrib and "clip-path" in element.attrib
    return () if alone or cut_elsewhere else look


def _unseen(element: ElementTree.Element) -> bool:
    """Return whether an element draws nothing: seaborn leaves error bars without a length."""
    name, style = _name(element.tag), element.get("style", "")
    if name != "path" or element.get("id"):
        return name in ("metadata", "style")
    return not element.get("d") or ("fill: none" in style and "stroke:" not in style)


def _drawn(figure: Figure) -> ElementTree.Element:
    made = io.BytesIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(made, format="svg", metadata=nothing)
    return ElementTree.fromstring(made.getvalue())


def _references(root: ElementTree.Element) -> list[str]:
    """Return the ids that are referred to, in their order."""
    values = [value for element in root.iter() for value in element.attrib.values()]
    targets = [
        name
        for value in values
        for name in ([value[1:]] if value.startswith("#") else REFERENCE.findall(value))
    ]
    return list(dict.fromkeys(targets))


def _name(qualified: str) -> str:
    return NAMESPACE.sub("", qualified)


def _idle(key: str, value: str, used: Mapping[str, str]) -> bool:
    return (key == "id" and value not in used) or (
        key == "transform" and IDLE_ROTATION.match(value) is not None
    )


def _plain(key: str, value: str, ids: Mapping[str, str]) -> str:
    if key == "id":
        return ids[value]
    if key == "href":
        return f"#{ids[value.removeprefix('#')]}"
    value = FONT.sub("", REFERENCE.sub(lambda found: f"url(#{ids[found[1]]})", value))
    value = LONG_NUMBER.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), value)
    return SPACE.sub(r"\1", value) if key in SPACED else value
