"""Events (环节表) of a demo year, written in parts so that they never lie in memory as a whole."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from analysis.sources.demo import specials
from analysis.sources.demo.columns import listed, seconds, timestamp
from analysis.sources.demo.days import DAY, Ints
from analysis.sources.demo.moments import NOT_YET
from analysis.sources.demo.people import Handlers, fixed_width
from analysis.sources.demo.steps import (
    ACCEPT,
    APPROVE,
    CLOSE,
    DECIDE,
    DELIVER,
    EXTEND,
    LASTING,
    REJECT,
    RETURN,
    REVIEW,
    REVIEWED,
    SLOTS,
    STOP,
    SUBMIT,
    Steps,
)

PART = 200_000  # cases
OF_COLUMNS = {
    SUBMIT: "submitted_at",
    ACCEPT: "accepted_at",
    REJECT: "not_accepted_at",
    CLOSE: "closed_at",
    DELIVER: "delivered_at",
}
ACTIVITIES = tuple(dict.fromkeys(SLOTS))
RAW = {
    "submit": "申请人提交",
    "receive": "窗口收件",
    "supp_notice": "一次性告知补正",
    "supp_received": "补正材料收讫",
    "accept": "受理",
    "reject": "不予受理",
    "handle": "经办人审查",
    "stop_start": "特别程序开始",
    "stop_end": "特别程序结束",
    "extend": "延长办理期限",
    "review": "科室审核",
    "return": "审核退回",
    "approve": "领导批准",
    "decide": "作出决定",
    "close": "办结",
    "deliver": "送达",
}
SPECIAL_TYPES, ACTIONS, CLOCKS = ("1", "2"), ("pass", "return"), ("stop", "run")
NOBODY = -1


def _by_slot(places: dict[int, int]) -> Ints:
    """Return an array over the slots: a place, or -1 for none."""
    return np.array([places.get(slot, NOBODY) for slot in range(len(SLOTS))])


ACTIVITY = np.array([ACTIVITIES.index(slot) for slot in SLOTS])
SPECIAL_TYPE = _by_slot({EXTEND: 0, **dict.fromkeys(range(STOP, STOP + 4), 1)})
CLOCK = _by_slot({STOP: 0, STOP + 1: 1, STOP + 2: 0, STOP + 3: 1, EXTEND: 1})
ACTION = _by_slot({REVIEW: 0, REVIEWED: 0, APPROVE: 0, RETURN: 1})
BY_APPLICANT = [n for n, slot in enumerate(SLOTS) if slot in ("submit", "supp_received", "deliver")]
BY_REVIEWER, BY_APPROVER = (REVIEW, RETURN, REVIEWED), (APPROVE, DECIDE)


def events(cases: pa.Table, done: Steps, handlers: Handlers, exported: int) -> Iterator[pa.Table]:
    """Yield the events of a year in parts, by case and in order.

    Args:
        cases: the cases of the year, as known.
        done: the steps of those that have more than their columns show.
        handlers: the pool of staff.
        exported: the day of the export, days since 1970; later steps are not known.
    """
    order = np.argsort(done.row, kind="stable")
    rows = done.row[order]
    for begin in range(0, len(cases), PART):
        part = cases.slice(begin, PART)
        mine = order[np.searchsorted(rows, begin) : np.searchsorted(rows, begin + len(part))]
        local = Steps(done.row[mine] - begin, done.at[mine], done.until[mine])
        yield _part(part.combine_chunks(), local, handlers, exported * DAY)


def _part(cases: pa.Table, done: Steps, handlers: Handlers, limit: int) -> pa.Table:
    at = np.full((len(cases), len(SLOTS)), NOT_YET)
    for place, column in OF_COLUMNS.items():
        at[:, place] = seconds(cases[column])
    at[done.row] = done.at
    until = at.copy()
    until[done.row[:, None], np.array(LASTING)] = done.until
    happened = at < limit
    row, slot = np.nonzero(happened)
    count = happened.sum(axis=1)
    seq = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count) + 1
    end = until[happened]
    returned = happened[row, RETURN] & (slot == REVIEW)
    item = _places(cases["item_code"])[row]
    letters = _letters(cases["case_id"])[row]
    columns: dict[str, Any] = {
        "event_id": fixed_width(np.hstack([letters, _suffix(seq)])),
        "case_id": fixed_width(letters),
        "seq": pa.array(seq),
        "activity": listed(ACTIVITY[slot], ACTIVITIES),
        "activity_raw": listed(ACTIVITY[slot], [RAW[name] for name in ACTIVITIES]),
        "action": listed(np.where(returned, 1, ACTION[slot]), ACTIONS),
        "start_at": timestamp(at[happened]),
        "end_at": timestamp(np.where(end < limit, end, NOT_YET)),
        "dept_code": cases["dept_code"].chunk(0).take(pa.array(row)),
        "resource_key": listed(_resource(cases, handlers, row, slot), handlers.keys),
        "special_type": listed(SPECIAL_TYPE[slot], SPECIAL_TYPES),
        "special_name": listed(_special(item, slot), specials.NAMES),
        "clock": listed(CLOCK[slot], CLOCKS),
    }
    return pa.table(columns)


def _places(column: pa.ChunkedArray) -> Ints:
    """Return the dictionary's places of a column of words."""
    return np.asarray(column.chunk(0).indices.to_numpy())


def _letters(column: pa.ChunkedArray) -> np.ndarray:
    """Return the bytes of texts of one length, shape (texts, length)."""
    texts = pa.concat_arrays(column.chunks)  # from its first byte on, whatever it was cut from
    n = len(texts)
    _, offsets, data = texts.buffers()
    begin, end = np.frombuffer(offsets, dtype=np.int32)[[texts.offset, texts.offset + n]]
    return np.frombuffer(data, dtype=np.uint8)[begin:end].reshape(n, -1)


def _suffix(seq: Ints) -> np.ndarray:
    """Return the bytes of ``-01``, ``-02`` and so on."""
    letters = np.empty((len(seq), 3), dtype=np.uint8)
    letters[:, 0] = ord("-")
    letters[:, 1], letters[:, 2] = ord("0") + seq // 10, ord("0") + seq % 10
    return letters


def _resource(cases: pa.Table, handlers: Handlers, row: Ints, slot: Ints) -> Ints:
    """Return who did each step, as places in the pool; nobody of the staff for the applicant's."""
    handler = _places(cases["handler_key"])
    approver = handlers.first[_places(cases["dept_code"])]
    who = handler[row].astype(np.int64)
    reviewer = approver + 1 + handler % Handlers.REVIEWERS
    who = np.where(np.isin(slot, BY_REVIEWER), reviewer[row], who)
    who = np.where(np.isin(slot, BY_APPROVER), approver[row], who)
    return np.where(np.isin(slot, BY_APPLICANT), NOBODY, who)


def _special(item: Ints, slot: Ints) -> Ints:
    """Return the special procedure of each step, as places in ``specials.NAMES``."""
    strict, loose = np.isin(slot, (STOP, STOP + 1)), np.isin(slot, (STOP + 2, STOP + 3))
    name = np.where(strict, specials.art45(item), np.where(loose, specials.other(item), NOBODY))
    return np.where(slot == EXTEND, specials.NAMES.index(specials.EXTENSION), name)
