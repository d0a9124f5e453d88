"""xuke: the statistics and problems of a district's administrative licensing (行政许可)."""

from analysis.statistics.figures import figures
from analysis.tables.year import Year

__all__ = ["Year", "figures"]
