"""The reference documents say what the declarations say."""

from pathlib import Path

import pytest

from analysis.document import figures_markdown, findings_markdown, tables_markdown

DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("tables.md", tables_markdown()),
        ("figures.md", figures_markdown()),
        ("findings.md", findings_markdown()),
    ],
)
def test_documents_are_current(name: str, text: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == text, "python -m analysis.document"
