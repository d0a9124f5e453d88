"""Timeliness (依法实施、时效): limits, clocks, days taken, notices and deliveries."""
