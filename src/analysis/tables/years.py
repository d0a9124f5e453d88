"""Which years a place has (现有年度), known without opening one: Ibis and pandas take a second to import."""

from pathlib import Path

from analysis.tables.swap import settle_all

SYNTHETIC = "演示数据:合成数据,并非真实办件"


def years_of(slug: str, data: Path) -> list[int]:
    """Return the years of a place that have data, ascending."""
    settle_all(data / "years" / slug)
    folders = (data / "years" / slug).glob("[0-9][0-9][0-9][0-9]/year.json")
    return sorted(int(meta.parent.name) for meta in folders)
