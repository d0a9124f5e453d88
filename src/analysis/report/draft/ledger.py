"""The ledger (指标簿) from which sentences take their numbers: this year's and last year's."""

from collections.abc import Iterator
from fractions import Fraction
from string import Formatter
from typing import Any

import pandas as pd

from analysis.report.draft.text import Blank, Entry, Number, Run
from analysis.report.edition import Edition
from analysis.report.numbers import MISSING, as_printed, number
from analysis.statistics.figure import Certainty, Kind
from analysis.statistics.needs import INSUFFICIENT
from analysis.statistics.registry import REGISTRY

Key = tuple[str, str]
HOLES = Formatter()


class Ledger:
    """The figures of an edition by id; the first variant stands for a figure named without one."""

    def __init__(self, edition: Edition):
        """Index both years."""
        self.edition = edition
        self._now = _rows(edition.figures)
        self._before = _rows(edition.before)
        self._first: dict[str, str] = {}
        for figure, variant in REGISTRY:
            self._first.setdefault(figure, variant)

    def key(self, name: str) -> Key:
        """Return id and variant of a name such as ``late_closed:statutory``."""
        figure, _, variant = name.partition(":")
        return figure, variant or self._first[figure]

    def value(self, name: str, *, before: bool = False) -> Fraction | None:
        """Return a figure as printed; None where it was not computed."""
        text = (self._before if before else self._now).get(self.key(name), {}).get("value", "")
        return Fraction(text) if text else None

    def shortfall(self, name: str) -> int | None:
        """Return denominator less numerator of a share, such as the cases that were late."""
        if self.value(name) is None:
            return None
        row = self._now[self.key(name)]
        return int(row["denominator"]) - int(row["numerator"])

    def number(self, name: str) -> Number | Blank:
        """Return a figure for the text; where it was not computed, a blank that says why."""
        row = self._now[self.key(name)]
        if row["value"]:
            return Number(*self.key(name), as_printed(row["value"]))
        return Blank(f"{row['term']},{row['reason']}")

    def sentence(self, template: str) -> tuple[Run, ...]:
        """Fill a template whose holes are names of figures: ``受理量{accepted}件``.

        A sentence none of whose figures was computed becomes one blank.
        """
        runs = tuple(self._filled(template))
        found = [run for run in runs if not isinstance(run, str)]
        if found and all(isinstance(run, Blank) for run in found):
            terms = "、".join(self._now[self.key(name)]["term"] for name in _holes(template))
            reasons = dict.fromkeys(
                self._now[self.key(name)]["reason"] for name in _holes(template)
            )
            first, *others = reasons
            said = ";".join([first, *(each.removeprefix(INSUFFICIENT) for each in others)])
            return (Blank(f"{terms}。{said}"),)
        return runs

    def _filled(self, template: str) -> Iterator[Run]:
        for words, name, variant, _ in HOLES.parse(template):
            if words:
                yield words
            if name:
                yield self.number(_named(name, variant))

    def changes(self, names: dict[str, str]) -> tuple[Run, ...]:
        """Say how figures changed against the year before: “与上年相比,受理量增长6.2%。”.

        Args:
            names: names of figures, and what the sentence calls them.

        Returns:
            Nothing where neither year, or only one, has any of them.
        """
        said: list[Run] = []
        for name, term in names.items():
            if clause := self._change(name, term):
                said += [",", *clause] if said else clause
        return ("与上年相比,", *said, "。") if said else ()

    def _change(self, name: str, term: str) -> list[Run]:
        now, before = self.value(name), self.value(name, before=True)
        if now is None or before is None:
            return []
        declared = REGISTRY[self.key(name)]
        if now == before:
            return [f"{term}持平"]
        if declared.kind is Kind.COUNT:
            if before == 0:
                return [f"{term}由0{declared.unit}增至", self.number(name), declared.unit]
            grown = number(abs(now / before - 1) * 100, 1)
            words = "增长" if now > before else "下降"
            return [term + words, Number(*self.key(name), f"{grown}%", change=True)]
        unit = "个百分点" if declared.unit == "%" else _counted(declared.unit)
        words = _DIRECTIONS[declared.unit == "%", now > before]
        amount = number(abs(now - before), declared.decimals) + unit
        return [term + words, Number(*self.key(name), amount, change=True)]

    def entry(self, key: Key) -> Entry:
        """Return what the annex says of a figure."""
        declared, row = REGISTRY[key], self._now[key]
        return Entry(
            *key,
            declared.term,
            f"{as_printed(row['value'])}{declared.unit}" if row["value"] else MISSING,
            self._earlier(key),
            _definition(row, key),
        )

    def _earlier(self, key: Key) -> str:
        value = self._before.get(key, {}).get("value", "")
        return f"{as_printed(value)}{REGISTRY[key].unit}" if value else MISSING


_DIRECTIONS = {
    (True, True): "提高",
    (True, False): "降低",
    (False, True): "增加",
    (False, False): "减少",
}


def _counted(unit: str) -> str:
    return f"个{unit}" if unit == "工作日" else unit


def _definition(row: dict[str, Any], key: Key) -> str:
    """Say a figure's formula with its numbers, its scope, its source."""
    declared = REGISTRY[key]
    formula = declared.numerator
    if declared.denominator:
        formula += f" ÷ {declared.denominator}"
        if row["value"] and "/" not in row["numerator"] + row["denominator"]:
            formula += f" = {as_printed(row['numerator'])} ÷ {as_printed(row['denominator'])}"
    sure = f";{declared.certainty.value}" if declared.certainty is not Certainty.CLEAR else ""
    return f"{formula}。以{declared.grain}计;范围:{declared.scope};出处:{declared.source}{sure}。"


def _holes(template: str) -> list[str]:
    return [_named(name, variant) for _, name, variant, _ in HOLES.parse(template) if name]


def _named(figure: str, variant: str | None) -> str:
    return f"{figure}:{variant}" if variant else figure


def _rows(figures: pd.DataFrame | None) -> dict[Key, dict[str, Any]]:
    if figures is None:
        return {}
    rows: list[dict[Any, Any]] = figures.to_dict("records")
    return {(row["id"], row["variant"]): row for row in rows}
