"""Readers (读入): any export as sheets of text, a batch at a time, each row with its place."""

from analysis.sources.reading.open import open_sources
from analysis.sources.reading.options import Options
from analysis.sources.reading.stage import stage

__all__ = ["Options", "open_sources", "stage"]
