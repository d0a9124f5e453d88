"""Mapping (对照): from the headings and codes of an export to the declared tables.

``load.preset`` or ``load.mapping_file`` reads a mapping, ``match.match`` finds which source feeds
which table, ``decode.decode`` makes the tables of staged sources, ``edit.write_mapping`` writes a mapping
for editing.
"""
