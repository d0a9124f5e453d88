"""Near headings (相近的表头): proposals that a person must accept."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from analysis.sources.mapping.declared import Headings

LIKENESS = 75  # of 100; below, nothing is proposed
# Words that turn a heading into another one's counterpart; never a slip of the pen.
OPPOSITES = (
    "不",
    "未",
    "非",
    "证件",
    "法定",
    "承诺",
    "开始",
    "结束",
    "起",
    "止",
    "首次",
    "原",
    "父",
)


@dataclass(frozen=True)
class Near:
    """A heading that looks like a declared one.

    Attributes:
        reference: names of the declared heading.
        position: of the heading in its source.
        likeness: 0 to 100.
    """

    reference: Headings
    position: int
    likeness: float


def plain(heading: str) -> str:
    """Return a heading without what does not tell headings apart: case, width, spaces, marks."""
    folded = unicodedata.normalize("NFKC", heading).casefold()
    return "".join(c for c in folded if c.isalnum())


def near(references: Iterable[Headings], headings: dict[int, str]) -> list[Near]:
    """Return the likeliest heading for each reference, each heading once, likeliest first."""
    choices = {position: plain(heading) for position, heading in headings.items()}
    found = [
        Near(reference, position, likeness)
        for reference in references
        for name in map(plain, reference)
        for said, likeness, position in process.extract(
            name, choices, scorer=fuzz.ratio, score_cutoff=LIKENESS, limit=None
        )
        if _alike(name, said)
    ]
    taken: set[object] = set()
    kept = []
    for one in sorted(found, key=lambda n: (-n.likeness, n.position)):
        if not {one.reference, one.position} & taken:
            kept.append(one)
            taken |= {one.reference, one.position}
    return kept


def _alike(name: str, said: str) -> bool:
    return all((word in name) == (word in said) for word in OPPOSITES)
