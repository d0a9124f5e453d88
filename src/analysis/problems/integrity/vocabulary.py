"""Vocabulary (用语表): which figure a printed term means; an unknown one is asked about."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Any

from analysis.errors import XukeError
from analysis.problems.integrity.numerals import half_width
from analysis.project import data_dir

NEAREST = 3  # terms proposed for an unknown one
NEAR = 0.5  # similarity below which nothing is proposed
PREVIOUS, CHANGE = "_previous_year", "_yoy"  # what ends the ids of levels of last year, changes


@dataclass(frozen=True)
class Meaning:
    """What a term means.

    Attributes:
        figure: the figure; empty where none is sure.
        nearest: then, the nearest known terms.
        scope: words that were taken off in front of it and may limit it: 全市, 其中.
        falls: whether it is a change that the term says is a fall.
    """

    figure: str = ""
    nearest: tuple[str, ...] = ()
    scope: str = ""
    falls: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """All known terms.

    Attributes:
        terms: figure by term.
        short: the term that the project uses, by figure.
        kinds: kind by figure, see ``tables.codes.totals.FIGURE_KIND``.
        units: the units that a figure can have; empty for any.
        prefixes: words that add nothing in front of a term.
        scopes: words in front of a term that may limit it.
        ask: terms that are never taken for a known one.
        suffixes: words that add nothing behind a term.
        previous: words that make a figure last year's.
        change: words that make a figure a change on last year.
        fall: those of them that say it fell.
        may_exceed: the shares that may be more than 100 %, as ratios of flows.
    """

    terms: Mapping[str, str]
    short: Mapping[str, str]
    kinds: Mapping[str, str]
    units: Mapping[str, tuple[str, ...]]
    prefixes: tuple[str, ...]
    scopes: tuple[str, ...]
    ask: frozenset[str]
    suffixes: tuple[str, ...]
    previous: tuple[str, ...]
    change: tuple[str, ...]
    fall: tuple[str, ...]
    may_exceed: frozenset[str]

    def meaning(self, term: str) -> Meaning:
        """Return what a printed term means; nothing is guessed."""
        plain = _plain(term)
        found = self._figures(plain)
        scope = ""
        if not found:
            scope = next((word for word in self.scopes if plain.startswith(word)), "")
            found = self._figures(plain.removeprefix(scope)) or self._derived(plain)
        if len(found) == 1:
            falls = any(word in plain for word in self.fall)
            return Meaning(found.pop(), scope=scope, falls=falls)
        near = [self.short[figure] for figure in sorted(found)] or self._nearest(plain)
        return Meaning(nearest=tuple(near))

    def is_unit(self, text: str) -> bool:
        """Return whether a text is a unit of some figure."""
        return any(text in allowed for allowed in self.units.values())

    def name(self, figure: str) -> str:
        """Return the project's term for a figure, or its id if it has none."""
        for ending, word in ((PREVIOUS, "上年{}"), (CHANGE, "{}同比")):
            if figure.endswith(ending):
                return word.format(self.name(figure.removesuffix(ending)))
        return self.short.get(figure, figure)

    def kind(self, figure: str) -> str:
        """Return the kind of a figure; changes are ``change``, unknown ones ``other``."""
        if figure.endswith(CHANGE):
            return "change"
        return self.kinds.get(figure.removesuffix(PREVIOUS), "other")

    def fits(self, figure: str, unit: str) -> bool:
        """Return whether a figure can be printed in this unit (万 and 亿 taken off)."""
        if figure.endswith(CHANGE):
            return unit in self.units["completion_rate"]
        allowed = self.units.get(figure.removesuffix(PREVIOUS), ())
        return not allowed or unit in allowed

    def _figures(self, plain: str) -> set[str]:
        if plain in self.ask:
            return set()
        if plain in self.terms:
            return {self.terms[plain]}
        bare = _without(plain, self.prefixes, self.suffixes)
        return {self.terms[term] for term in bare if term in self.terms}

    def _derived(self, plain: str) -> set[str]:
        for words, ending in ((self.change, CHANGE), (self.previous, PREVIOUS)):
            for word in sorted(words, key=len, reverse=True):
                if word in plain:
                    return {f + ending for f in self._figures(plain.replace(word, "", 1))}
        return set()

    def _nearest(self, plain: str) -> list[str]:
        likeness = {term: SequenceMatcher(None, plain, term).ratio() for term in self.terms}
        near = sorted(likeness, key=lambda term: (-likeness[term], term))
        return [term for term in near[:NEAREST] if likeness[term] >= NEAR]


def vocabulary(data: Path | None = None) -> Vocabulary:
    """Return the vocabulary in ``data/integrity/vocabulary.toml``.

    Raises:
        XukeError: the file is not there or not valid, or a term stands for two figures.
    """
    return _vocabulary(data or data_dir())


@lru_cache
def _vocabulary(data: Path) -> Vocabulary:
    declared = read_toml(data, "vocabulary.toml")
    try:
        return _build(declared)
    except (KeyError, TypeError, AttributeError) as error:
        raise XukeError(
            f"integrity/vocabulary.toml 读不懂({error}):请对照已有条目改正。"
        ) from error


@lru_cache
def read_toml(data: Path, name: str) -> dict[str, Any]:
    """Read a file of ``data/integrity/``.

    Raises:
        XukeError: it is not there or not valid.
    """
    try:
        return tomllib.loads((data / "integrity" / name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise XukeError(f"文件 integrity/{name} 读不出来({error}):请恢复该文件。") from error


def _build(declared: Mapping[str, Any]) -> Vocabulary:
    terms: dict[str, str] = {}
    for figure, entry in declared["figures"].items():
        for term in entry["terms"]:
            if terms.setdefault(_plain(term), figure) != figure:
                raise XukeError(
                    f"用语“{term}”在 integrity/vocabulary.toml 中对应两个指标:请删去一处。"
                )
    figures = declared["figures"].items()
    return Vocabulary(
        terms=terms,
        short={figure: entry["term"] for figure, entry in figures},
        kinds={figure: entry.get("kind", "count") for figure, entry in figures},
        units={f: tuple(declared["units"][entry.get("units", "cases")]) for f, entry in figures},
        prefixes=tuple(declared["prefixes"]),
        scopes=tuple(declared["scopes"]),
        ask=frozenset(map(_plain, declared["ask"])),
        suffixes=tuple(declared["suffixes"]),
        previous=tuple(declared["previous"]),
        change=(*declared["change"], *declared["fall"]),
        fall=tuple(declared["fall"]),
        may_exceed=frozenset(f for f, entry in figures if entry.get("may_exceed")),
    )


def _without(plain: str, prefixes: tuple[str, ...], suffixes: tuple[str, ...]) -> set[str]:
    """Return all that is left of a term when words at its ends are taken off, never nothing."""
    found: set[str] = set()
    todo = [plain]
    while todo:
        term = todo.pop()
        left = {term.removeprefix(word) for word in prefixes}
        left |= {term.removesuffix(word) for word in suffixes}
        todo += list(left - found - {term, ""})
        found |= left - {""}
    return found


def _plain(term: str) -> str:
    return re.sub(r"[\s,、:;。\"'“”‘’]", "", half_width(term))
