"""Which reductions (四减) a place counts: the committed file, entries of one's own, mistakes."""

from pathlib import Path

import pytest

from analysis.errors import XukeError
from analysis.sources.reductions import four_reductions
from analysis.statistics.registry import REGISTRY
from analysis.tables.reduction import Reduction

COMMITTED = Path(__file__).parents[2] / "data"
OWN = """
[default]
source = "甲"
reductions = [{ term = "减环节", figure = "steps_saved_rate" }]

[guangzhou]
source = "广州2018年“四减”"
reductions = [
  { term = "减时限", figure = "time_compression_rate", variant = "item_mean" },
  { term = "减证照" },
]
"""


def written(folder: Path, text: str) -> Path:
    (folder / "four_reductions.toml").write_text(text, encoding="utf-8")
    return folder


def test_committed_default_names_four_registered_figures() -> None:
    declared = four_reductions("demo", data=COMMITTED)
    assert [each.term for each in declared.reductions] == ["减环节", "减材料", "减时间", "减跑动"]
    assert all((each.figure, each.variant) in REGISTRY for each in declared.reductions)
    assert declared.source


def test_place_has_its_own_or_the_default(tmp_path: Path) -> None:
    data = written(tmp_path, OWN)
    own = four_reductions("guangzhou", data=data)
    assert own.source == "广州2018年“四减”"
    assert own.reductions == (
        Reduction("减时限", "time_compression_rate", "item_mean"),
        Reduction("减证照"),
    )
    assert four_reductions("elsewhere", data=data).reductions == (
        Reduction("减环节", "steps_saved_rate"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "[default",
        "default = 4",
        "[default]\nreductions = []",
        '[default]\nsource = "甲"',
        '[default]\nsource = "甲"\nreductions = ["减环节"]',
        '[default]\nsource = "甲"\nreductions = [{ figure = "avg_trips" }]',
        '[default]\nsource = "甲"\nreductions = [{ term = "减环节", figur = "avg_trips" }]',
    ],
)
def test_file_that_cannot_be_read_says_what_is_asked(tmp_path: Path, text: str) -> None:
    with pytest.raises(XukeError, match=r"four_reductions.toml 读不懂.*须有 source"):
        four_reductions("demo", data=written(tmp_path, text))


def test_no_file_and_no_entry(tmp_path: Path) -> None:
    with pytest.raises(XukeError, match="four_reductions"):
        four_reductions("demo", data=tmp_path)
    written(tmp_path, '[other]\nsource = "甲"\nreductions = []')
    with pytest.raises(XukeError, match=r"没有 demo 的四减"):
        four_reductions("demo", data=tmp_path)
