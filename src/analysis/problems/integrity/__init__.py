"""Integrity (完整性) of printed figures: what does not add up, with arithmetic to show it."""
