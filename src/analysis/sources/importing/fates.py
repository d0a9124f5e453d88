"""Fates (去向): how a row of an export ends; every row has exactly one."""

from enum import StrEnum

FATE = "_fate"


class Fate(StrEnum):
    """What became of a row, and why."""

    KEPT = "kept"
    SUPERSEDED = "superseded"
    VOID = "void"
    NOT_DATA = "not_data"
    FAULTY = "faulty"  # quarantined: a fault makes it unusable
    CONFLICT = "conflict"  # quarantined: another row of the same version says something else
    ELSEWHERE = "elsewhere"  # quarantined: it concerns another year
    UNREADABLE = "unreadable"  # quarantined: it could not be split into cells


class Ending(StrEnum):
    """The five endings that the numbers of rows add up over; as printed."""

    KEPT = "保留"
    SUPERSEDED = "被新版本取代"
    VOID = "作废"
    NOT_DATA = "非数据行"
    QUARANTINED = "隔离"


ENDINGS: dict[Fate, Ending] = {
    Fate.KEPT: Ending.KEPT,
    Fate.SUPERSEDED: Ending.SUPERSEDED,
    Fate.VOID: Ending.VOID,
    Fate.NOT_DATA: Ending.NOT_DATA,
    Fate.FAULTY: Ending.QUARANTINED,
    Fate.CONFLICT: Ending.QUARANTINED,
    Fate.ELSEWHERE: Ending.QUARANTINED,
    Fate.UNREADABLE: Ending.QUARANTINED,
}
