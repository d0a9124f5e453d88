"""What docs/import.md says: its example works, and it names every key that there is."""

import re
from datetime import datetime

import pytest

from analysis.sources.mapping import columns, load
from analysis.sources.mapping.declared import Comparison, Derive, Pick, Read
from analysis.sources.mapping.load import presets
from analysis.sources.mapping.systems import KEYS
from tests.sources.mapping.sheets import DATA, Sheet, broken, column, mapped, written

PAGES = [DATA.parent / "docs" / name for name in ("import.md", "import.zh-CN.md")]
pages = pytest.mark.parametrize("page", [p.read_text("utf-8") for p in PAGES], ids=["en", "zh"])


def block(page, language):
    return re.search(rf"```{language}\n(.*?)```", page, re.DOTALL)[1]


@pages
def test_the_worked_example_gives_what_is_said_of_it(page, tmp_path):
    lines = [line.split(",") for line in block(page, "csv").splitlines()]
    permits = Sheet("permits", tuple(lines[0]), [tuple(line) for line in lines[1:]])
    made = mapped(written(tmp_path, block(page, "toml")), [permits], tmp_path)
    cases, items = made["cases"], made["items"]
    assert column(cases, "case_id") == ["P-1", "P-2", "P-3", "P-4"]
    assert column(cases, "outcome") == ["approved", None, "refused", "withdrawn"]
    assert column(cases, "closed_at")[:2] == [datetime(2022, 1, 12), None]
    assert column(items, "item_code") == ["Sign", "Fence"]
    assert cases.absent["cases.apply_channel"] == "许可清单没有这一列"
    assert not broken(cases)
    assert not broken(items)


@pages
def test_every_key_and_word_is_explained(page):
    words = [*load.KEYS, *load.TABLE_KEYS, *columns.KEYS, *KEYS]
    words += [
        w.value for kind in (Read, Pick, Comparison, Derive) for w in kind if w is not Comparison.IS
    ]
    words += presets(DATA)
    missing = [word for word in words if not re.search(rf'[`"\[{{ ]{word}\b', page)]
    assert missing == []
