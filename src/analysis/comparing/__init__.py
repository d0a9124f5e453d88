"""Comparing (比较) two years, places or runs: what differs, large differences first."""
