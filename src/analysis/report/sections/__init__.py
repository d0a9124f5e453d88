"""Sections (各节) of the statistics page: one table or chart each, or why there is none."""
