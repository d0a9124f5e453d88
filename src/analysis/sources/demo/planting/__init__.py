"""Planting (植入): problems that the demo place has on purpose, in known numbers (``truth.json``).

Each problem is a module with a ``PLANT``; ``plants.PLANTS`` lists them. What is planted re-labels
cases that there are, or moves their closing within the year: totals stay as they are. Nothing here is
shared with ``analysis.problems``, which has to find it.
"""
