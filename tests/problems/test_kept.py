"""What is kept of a year's answers is what would be answered, and only as long as nothing changed."""

from dataclasses import replace
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal

from analysis.problems import findings as registry
from analysis.problems.findings import answered, grounds_of, tabulated
from analysis.problems.kept import FOLDER
from analysis.statistics.facts import Facts
from analysis.statistics.kept import cache_folder, kept_facts
from analysis.tables.year import Year
from tests.statistics.test_kept import data, opened, write_year  # noqa: F401

UNASKED = "asked again"


def found(year: Year):
    return answered(grounds_of(Facts.of(year)))


def asked(year: Year):
    """Answers without anything kept: of a year whose tables might lie anywhere."""
    return found(replace(year, in_files=False))


def same(left, right) -> None:
    assert [vars(each.answer) | {"evidence": 0} for each in left] == [
        vars(each.answer) | {"evidence": 0} for each in right
    ]
    for one, other in zip(left, right, strict=True):
        assert one.verdict is other.verdict
        assert_frame_equal(one.answer.evidence, other.answer.evidence, check_exact=True)


def test_what_is_kept_is_what_is_answered(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    fresh = asked(opened(data))
    same(found(opened(data)), fresh)
    assert list((cache_folder(opened(data)) / FOLDER / "2022").glob("*/answers.json"))
    monkeypatch.setattr(registry, "_ask_all", lambda grounds: pytest.fail(UNASKED))
    same(found(opened(data)), fresh)
    grounds = grounds_of(kept_facts(opened(data)))
    assert_frame_equal(tabulated(found(opened(data)), grounds), tabulated(fresh, grounds))


def test_other_rows_are_asked_anew(data: Path) -> None:  # noqa: F811
    found(opened(data))
    write_year(data, 3)
    same(found(opened(data)), asked(opened(data)))
    assert len(list((cache_folder(opened(data)) / FOLDER / "2022").glob("*/answers.json"))) == 1


def test_what_the_disk_has_changed_is_not_believed(data: Path) -> None:  # noqa: F811
    found(opened(data))
    for file in (cache_folder(opened(data)) / FOLDER).rglob("*.parquet"):
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(bytes(content))
    same(found(opened(data)), asked(opened(data)))
