"""What an import kept out (导入时隔离): rows that concern the year but could not be let in, by reason."""

import json

from analysis.tables.year import Year


def kept_out(year: Year, table: str) -> dict[str, tuple[str, int]]:
    """Return for each broken rule of a table what it says (Chinese) and how many rows broke it.

    Source: ``year.json``, as the last import wrote it. Rows of other years are none of them. Empty for
    a year that was not imported.
    """
    if year.folder is None:
        return {}
    meta = json.loads((year.folder / "year.json").read_text(encoding="utf-8"))
    listed = meta.get("imported", {}).get(table, {}).get("kept_out", [])
    return {one["rule"]: (one["said"], int(one["rows"])) for one in listed}
