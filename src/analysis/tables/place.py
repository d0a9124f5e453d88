"""Places (地方): whose report it is, by which calendar, and which printed report it is held to."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from analysis.errors import XukeError
from analysis.tables.calendar import Calendar, china, load_calendar
from analysis.tables.names import nearest
from analysis.tables.years import years_of


@dataclass(frozen=True)
class Place:
    """One place as declared in ``data/places.toml``.

    Attributes:
        slug: short name, in folder names and commands.
        name: Chinese name, as printed.
        calendar: its working-day calendar; None where no calendar is declared.
        published: the printed report (a key of ``data/published/sources.csv``) for a year.
        label: what every output must carry, e.g. that the data are synthetic; empty for none.
        assumptions: assumed facts, each a Chinese sentence shown wherever figures rest on it.
    """

    slug: str
    name: str
    calendar: Calendar | None = field(default_factory=china)
    published: dict[int, str] = field(default_factory=dict)
    label: str = ""
    assumptions: tuple[str, ...] = ()


def places(data: Path) -> dict[str, Place]:
    """Return all places declared in ``data/places.toml``, by slug.

    Raises:
        XukeError: the file is not valid.
    """
    try:
        declared = tomllib.loads((data / "places.toml").read_text(encoding="utf-8-sig"))
        return {slug: _place(slug, entry, data) for slug, entry in declared.items()}
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise XukeError(f"places.toml 读不懂({error}):请对照 data/README.md 改正。") from error


def place(slug: str | None, data: Path) -> Place:
    """Return the place called ``slug``; without a slug, the only one there is, or that has data.

    Raises:
        XukeError: there is no such place, or several and none named.
    """
    known = places(data)
    if slug is None and len(candidates := _with_data(known, data) or list(known)) == 1:
        return known[candidates[0]]
    names = "、".join(known) or "无"
    if not known:
        raise XukeError("places.toml 里还没有登记地方:请对照 data/README.md 填写。")
    if slug is None:
        raise XukeError(f"places.toml 里有多个地方({names}):请用 --place 指明一个。")
    if slug not in known:
        raise XukeError(f"没有登记名为“{slug}”的地方:{nearest(slug, known)}")
    return known[slug]


def _with_data(known: dict[str, Place], data: Path) -> list[str]:
    """Return the places that have a year: one that has just been declared is not meant yet."""
    return [slug for slug in known if years_of(slug, data)]


def _place(slug: str, entry: dict[str, object], data: Path) -> Place:
    calendar = str(entry.get("calendar", "")) or None
    published = entry.get("published", {})
    assumptions = entry.get("assumptions", [])
    if not isinstance(published, dict) or not isinstance(assumptions, list):
        raise TypeError(f"[{slug}] published 须为表,assumptions 须为列表")
    return Place(
        slug=slug,
        name=str(entry["name"]),
        calendar=load_calendar(calendar, data / "calendars") if calendar else None,
        published={int(year): str(report) for year, report in published.items()},
        label=str(entry.get("label", "")),
        assumptions=tuple(map(str, assumptions)),
    )
