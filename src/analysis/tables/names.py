"""Names (名称) that users type: the nearest known one for a wrong one."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(wrong: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return a hint for a wrong name: the nearest known one, or ``otherwise``, or all there are."""
    names = list(known)
    near = get_close_matches(wrong, names, n=1)
    return f"是不是 {near[0]}?" if near else otherwise or f"可用的有:{'、'.join(names)}。"
