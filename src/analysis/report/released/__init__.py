"""What is released (公开版): numbers of all years of a place, protected in one go, and only these."""

from analysis.report.released.kept import released
from analysis.report.released.release import Release, release

__all__ = ["Release", "release", "released"]
