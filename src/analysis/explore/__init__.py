"""Exploring (探索): what an analyst chooses, what it comes to, and the panel that shows it.

``look`` is the function behind the panel: choices in, frames out.
"""

from analysis.explore.choices import Choices
from analysis.explore.look import View, look
from analysis.explore.panel import explore
from analysis.explore.sortable import ready, sortable

__all__ = ["Choices", "View", "explore", "look", "ready", "sortable"]
