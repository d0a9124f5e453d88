"""Headings (表头): cells of the heading row, and the rows above that complete them, as names."""

from collections import Counter
from collections.abc import Sequence


def joined(row: Sequence[str], above: Sequence[str]) -> list[str]:
    """Return the headings of a row; one that a merged cell left in the row above is taken there.

    Only a row above with several cells holds headings; a title fills one.
    """
    if sum(bool(cell.strip()) for cell in above) < 2:
        above = ()
    higher = [*above, *[""] * (len(row) - len(above))]
    return [cell if cell.strip() else other for cell, other in zip(row, higher, strict=False)]


def named(cells: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return headings that are never empty nor twice the same, and notes on those made up."""
    plain = ["".join(cell.replace("\ufeff", "").splitlines()).strip() for cell in cells]
    times = Counter(plain)
    seen: Counter[str] = Counter()
    names: dict[str, None] = {}
    for position, name in enumerate(plain, 1):
        seen[name] += 1
        if not name:
            name = f"(第{position}列)"
        elif times[name] > 1:
            name = f"{name}#{seen[name]}"
        while name in names:  # somebody's heading reads like one of ours
            name += "'"
        names[name] = None
    return tuple(names), tuple(_notes(times))


def _notes(times: Counter[str]) -> list[str]:
    notes = []
    if times[""]:
        notes.append(f"有 {times['']} 列没有表头,记作“(第…列)”")
    twice = [name for name, number in times.items() if name and number > 1]
    notes += [f"表头“{name}”重复,依次记作“{name}#1”等" for name in twice[:5]]
    if len(twice) > 5:
        notes.append(f"另有 {len(twice) - 5} 个表头重复,照此处理")
    return notes
