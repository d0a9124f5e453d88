"""Volume (办件量): flows, stocks, and what printed figures leave over."""
