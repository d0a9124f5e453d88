"""Editions (版本) of the statistics page: the same sections for readers inside, and for the public."""

from analysis.report.editions.internal import Internal
from analysis.report.editions.public import Public
from analysis.tables.year import Year

__all__ = ["Internal", "Public", "statistics_page"]


def statistics_page(
    place: str, year: int, *, department: str = "", audience: str = "internal"
) -> Internal | Public:
    """Return the sections of the statistics page, each as a method.

    Args:
        place: slug of the place.
        year: the year.
        department: code or name of the one department that the page is about; empty for all.
        audience: ``internal``, or ``public``: such a page holds protected numbers and no others.

    Raises:
        XukeError: no such place, year or department; or numbers that cannot be protected.
    """
    edition = Public if audience == "public" else Internal
    return edition(Year.open(place, year), department)
