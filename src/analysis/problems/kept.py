"""Kept answers (发现缓存): all questions to a year are answered once for all that tells the answers.

As with ``statistics.kept``, what is kept is known by the bytes of the tables and of this program.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.problems.finding import Answer, Interval
from analysis.problems.grounds import Grounds
from analysis.statistics.kept import alone, cache_folder, digest, facts_key, keep
from analysis.tables.contents import DATA_TABLES
from analysis.tables.kept_out import kept_out

FOLDER, LISTED = "answers", "answers.json"

Answers = dict[str, Answer]


def kept_answers(grounds: Grounds, answer: Callable[[Grounds], Answers]) -> Answers:
    """Return what is answered of a whole year, from what was kept if nothing has changed since.

    Args:
        grounds: of a whole place.
        answer: answers all questions, by id; asked only where nothing is kept.
    """
    if not grounds.year.in_files:
        return answer(grounds)
    folder = cache_folder(grounds.year) / FOLDER / str(grounds.year.year)
    key = _key(grounds)
    with alone(folder) as writable:
        found = _read(folder / key)
        if found is None:
            found = answer(grounds)
            if writable:
                with suppress(ValueError):  # a table of mixed values is not kept
                    keep(folder, key, partial(_write, found))
    return found


def _key(grounds: Grounds) -> str:
    """Hash what answers rest on: tables, and what was kept out of them, of this year and that before."""
    before = grounds.year.same_period_before()
    years = [grounds.year, *([before] if before else [])]
    said = [f"{facts_key(year, DATA_TABLES)} {kept_out(year, 'cases')}" for year in years]
    return sha256(" ".join(said).encode()).hexdigest()[:32]


def _read(folder: Path) -> Answers | None:
    """Return what was kept; None where there is nothing, or nothing that can be read."""
    try:
        kept = json.loads((folder / LISTED).read_text(encoding="utf-8"))
        return {name: _answer(folder / f"{name}.parquet", said) for name, said in kept.items()}
    except (OSError, ValueError):
        return None


def _answer(file: Path, said: Mapping[str, Any]) -> Answer:
    if digest(file) != said["sha256"]:
        raise ValueError("the disk has changed it")
    interval = said["interval"]
    return Answer(
        number=said["number"],
        counts=tuple((term, count) for term, count in said["counts"]),
        interval=Interval(**interval) if interval else None,
        p_value=said["p_value"],
        comparison=tuple(said["comparison"]),
        evidence=pd.read_parquet(file),
        reason=said["reason"],
        of=tuple(said["of"]) if said["of"] else None,
    )


def _write(answers: Answers, draft: Path) -> None:
    kept = {}
    for name, answer in answers.items():
        file = draft / f"{name}.parquet"
        answer.evidence.to_parquet(file, compression="zstd")
        said = {field: value for field, value in vars(answer).items() if field != "evidence"}
        said["interval"] = answer.interval and asdict(answer.interval)
        kept[name] = said | {"sha256": digest(file)}
    (draft / LISTED).write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    _require_same(_read(draft), answers)


def _require_same(kept: Answers | None, answers: Answers) -> None:
    """Refuse what would be read back as something else: a page must not tell whether it was kept."""
    for name, answer in answers.items():
        again = (kept or {}).get(name)
        if again is None or vars(again) | {"evidence": 0} != vars(answer) | {"evidence": 0}:
            raise ValueError(f"{name} is not read back as it was")
        try:
            pd.testing.assert_frame_equal(again.evidence, answer.evidence, check_exact=True)
        except AssertionError as error:
            raise ValueError(f"the evidence of {name} is not read back as it was") from error
