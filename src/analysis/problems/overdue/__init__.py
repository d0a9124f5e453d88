"""Overdue (超期): on every clock, closed and open, and whether reporting none is plausible."""
