"""Mapping (对照): from the headings and codes of an export to the declared tables."""
