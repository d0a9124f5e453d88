"""Identities (恒等式) between printed figures, as declared in ``data/integrity/``."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

from analysis.errors import XukeError
from analysis.problems.integrity import sides
from analysis.problems.integrity.sides import Side, read_term
from analysis.problems.integrity.vocabulary import read_toml
from analysis.project import data_dir

RELATIONS = ("=", "<=", "rounded", "gap")


@dataclass(frozen=True)
class Identity:
    """One declared identity; the words are explained in ``identities.toml``."""

    id: str
    left: Side
    right: Side
    relation: str = "="
    needs: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    trigger: tuple[str, ...] = ()
    gap_unless: tuple[str, ...] = ()
    excess: str = ""
    group: str = ""
    note: str = ""

    @property
    def required(self) -> tuple[str, ...]:
        """The figures without any of which it does not apply."""
        return (*sides.names(self.left), *sides.names(self.right), *self.needs)

    @property
    def subject(self) -> str:
        """What it is about: its group, or itself."""
        return self.group or self.id


@dataclass(frozen=True)
class Form:
    """An identity with its optional terms settled.

    Attributes:
        identity: the identity.
        right: its right side.
    """

    identity: Identity
    right: Side

    @property
    def figures(self) -> tuple[str, ...]:
        """The figures on its two sides."""
        return (*sides.names(self.identity.left), *sides.names(self.right))


def identities(data: Path | None = None) -> tuple[Identity, ...]:
    """Return the declared identities, in their order.

    Raises:
        XukeError: the file is not there or not valid.
    """
    return _identities(data or data_dir())


@lru_cache
def _identities(data: Path) -> tuple[Identity, ...]:
    declared = read_toml(data, "identities.toml").get("identity", [])
    return tuple(_read(entry) for entry in declared)


def forms(identity: Identity, printed: frozenset[str]) -> list[Form]:
    """Return the forms in which an identity is tried on a report that prints these figures.

    What is printed of ``some`` is included; what is printed of ``optional`` is tried all in and all
    out, what is printed of ``maybe`` in every combination.
    """
    some = tuple(name for name in identity.some if name in printed)
    optional = tuple(name for name in identity.optional if name in printed)
    maybe = tuple(name for name in identity.maybe if name in printed)
    chosen = [c for size in range(len(maybe), -1, -1) for c in combinations(maybe, size)]
    counted_in = (optional, ()) if optional else ((),)
    return [
        Form(identity, _with(identity, (*some, *taken, *more)))
        for taken in counted_in
        for more in chosen
    ]


def _with(identity: Identity, more: tuple[str, ...]) -> Side:
    return (*identity.right, *map(read_term, more))


def _read(entry: dict[str, Any]) -> Identity:
    try:
        read = Identity(
            id=entry["id"],
            left=tuple(map(read_term, entry["left"])),
            right=tuple(map(read_term, entry["right"])),
            relation=entry.get("relation", "="),
            needs=tuple(entry.get("needs", ())),
            some=tuple(entry.get("some", ())),
            optional=tuple(entry.get("optional", ())),
            maybe=tuple(entry.get("maybe", ())),
            trigger=tuple(entry.get("trigger", ())),
            absent=tuple(entry.get("absent", ())),
            gap_unless=tuple(entry.get("gap_unless", ())),
            excess=entry.get("excess", ""),
            group=entry.get("group", ""),
            note=entry.get("note", ""),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise XukeError(f"identities.toml 中有一条读不懂({error}):请对照文件开头改正。") from error
    known = {*Identity.__dataclass_fields__}
    if unknown := sorted(set(entry) - known):
        raise XukeError(f"identities.toml 的 {read.id} 写有“{unknown[0]}”:没有这一项。")
    if read.relation not in RELATIONS:
        raise XukeError(f"identities.toml 的 {read.id} 的 relation 须是 {'、'.join(RELATIONS)}。")
    every = (*read.required, *read.some, *read.optional, *read.maybe)
    if len(every) != len(set(every)):
        # An interval that stands on both sides would count its rounding twice.
        raise XukeError(f"identities.toml 的 {read.id} 中有指标出现两次:一个指标只能用一次。")
    return read
