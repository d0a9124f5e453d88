"""The figures for machines (供程序读取): ``figures.json``, as ``docs/figures.schema.json`` says."""

import json
from typing import Any

import pandas as pd

from analysis.report.audience import EDITIONS
from analysis.report.edition import DECIMALS, Edition, Sheet
from analysis.report.numbers import MASK
from analysis.statistics.registry import REGISTRY

FORMAT = 1  # of the document; a change that readers must know of raises it
PLAIN = ("id", "variant", "term", "unit", "kind", "grain", "scope", "section", "reason")
NUMBERS = ("value", "numerator", "denominator", "published", "difference")


def figures_json(edition: Edition) -> str:
    """Return an edition as JSON text, the same for the same edition."""
    return json.dumps(document(edition), ensure_ascii=False, indent=1) + "\n"


def document(edition: Edition) -> dict[str, Any]:
    """Return an edition as plain values.

    Numbers of figures are decimal text, as in ``figures.csv``: nothing is lost on the way. What is
    not there is null; what is not published is null, too, and ``reason`` says so.
    """
    year = edition.year
    return {
        "format": FORMAT,
        "place": {"slug": year.place.slug, "name": year.place.name},
        "department": edition.department or None,
        "year": year.year,
        "cutoff": year.cutoff.isoformat(),
        "exported_on": year.exported_on.isoformat() if year.exported_on else None,
        "audience": edition.audience,
        "audience_term": EDITIONS[edition.audience],
        "data": "synthetic" if year.synthetic else "real",
        "label": year.label,
        "assumptions": list(year.place.assumptions),
        "figures": [_figure(row) for row in edition.figures.to_dict("records")],
        "tables": [_table(sheet) for sheet in edition.sheets],
    }


def _figure(row: dict[Any, Any]) -> dict[str, Any]:
    declared = REGISTRY[row["id"], row["variant"]]
    return {
        **{name: row[name] for name in PLAIN},
        **{name: None if row[name] in ("", MASK) else row[name] for name in NUMBERS},
        "verdict": row["verdict"] or None,
        "english": declared.english,
        "definition": {
            "numerator": declared.numerator,
            "denominator": declared.denominator or None,
            "source": declared.source,
            "certainty": declared.certainty.value,
            "not_additive": declared.not_additive or None,
        },
    }


def _table(sheet: Sheet) -> dict[str, Any]:
    frame = sheet.frame
    return {
        "name": sheet.name,
        "title": sheet.title,
        "unit": sheet.unit,
        "note": sheet.note,
        "rows": str(frame.index.name),
        "columns": [str(name) for name in frame.columns],
        "data": [
            {"label": str(label), "values": [_cell(value) for value in values]}
            for label, values in zip(frame.index, frame.to_numpy(dtype=object), strict=True)
        ],
    }


def _cell(value: Any) -> int | float | str | None:
    """Return a cell as JSON has it; others than counts at the decimals that tables show."""
    if value is None or pd.isna(value) or value == MASK:
        return None
    if isinstance(value, str):
        return value
    return int(value) if pd.api.types.is_integer(value) else round(float(value), DECIMALS)
