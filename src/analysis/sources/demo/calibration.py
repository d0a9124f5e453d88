"""What the demo place is calibrated to (校准): printed totals, and the assumptions beside them.

The printed totals are those of the 2022 report of 花都区 (``data/published``, report
``huadu_district_2022``). Everything else here is an assumption or free invention.
"""

from dataclasses import dataclass

SEED = 20221231
FIRST, LAST = 2021, 2023
REPORT = {2022: "huadu_district_2022"}

# The catalogue at the end of 2022, as printed.
LICENCE_SERVICES = 593
ON_PLATFORM = 508
SERVICES = 2239
REDUCED = 1965
TOLERANT, TOLERANT_BEFORE, TOLERANT_DEPARTMENTS = 241, 236, 19
PACKAGES = 127
# Assumed: 841 handling items, one of the counts over which 90.25 % (759) and 0.0024 (2 visits) are
# both possible. The compression rate of 94.49 % is aimed at its middle.
HANDLING, IMMEDIATE_HANDLING, VISITS = 841, 759, 2
COMPRESSION = 0.9449
IMMEDIATE_CASE_SHARE = 0.905  # free: most cases are of immediate items


@dataclass(frozen=True)
class Flows:
    """The flows of one year, in cases, and the stocks that it leaves behind.

    Attributes:
        applications: 申请量.
        pending: 期末待受理, decided in the year after.
        open: 期末在办, closed in the year after; ``Planted`` adds what is removed there.
        not_accepted: 不受理量.
        ended_before: 受理前终结.
        deleted: 删除件 of the year's own; ``Planted`` adds what was open before.
        refused: 审批不同意量.
        other: 其他办结.
        pending_refused: of the year's opening stock awaiting acceptance, how many are not accepted.
        pending_ended: of the same, how many end before acceptance.
        late: closed after the statutory limit, whatever stops count.
        open_late: open at the year's end and past the statutory limit, likewise.
    """

    applications: int
    pending: int
    open: int
    not_accepted: int = 0
    ended_before: int = 0
    deleted: int = 0
    refused: int = 0
    other: int = 0
    pending_refused: int = 0
    pending_ended: int = 0
    late: int = 0
    open_late: int = 0


# 2020 stands for the opening stock of 2021 alone. 2022: applications, not accepted, refused and
# other endings (the residual 540) as printed; stocks such that 待受理 grows by 891 and 在办 falls by
# 20, the printed residuals; nothing ended before acceptance, or deleted but what ``PLANTED`` adds to
# the opening stock for it, or they would not be. The levels of the stocks are assumed: about as many
# open cases as arrive in the time that they take.
FLOWS = {
    2020: Flows(applications=0, pending=1_126, open=4_610),
    2021: Flows(1_696_284, 1_204, 4_731, 4_873, 236, 61, 2_514, 497, 33, 9, 238),
    2022: Flows(1_801_779, 2_095, 4_711, 5_146, 0, 0, 2_675, 540, 37, 0, 0),
    2023: Flows(1_874_512, 1_688, 4_905, 5_392, 281, 74, 2_806, 571, 58, 14, 187, 41),
}


@dataclass(frozen=True)
class Planted:
    """Lateness of one year that one reading of the law sees and another does not, in cases.

    The headline clock counts from recorded acceptance, lets Art. 45 stops and 10 working days of
    extension count, and does not count the start day. Nothing but these cases and the plainly late
    ones (``Flows.late``, ``Flows.open_late``) is late by it, or accepted by silence.

    Attributes:
        strict_only: closed late, but not if stops outside Art. 45 (踏勘、公示) count too.
        strict_only_open: open and late at the year's end, likewise.
        over_extended: closed late because no more than 10 of the 11-15 days of extension count.
        deemed_only: closed late only if silence is acceptance (视为受理, Art. 32(4)), including
            those that were open and late so at the end of the year before.
        deemed_only_open: open and late at the year's end, likewise.
        removed: open and late at the year's end, and deleted in the next year (删除件) instead of
            closed: open besides ``Flows.open``, deleted besides ``Flows.deleted``.
        removed_strict_only: likewise, but not late if stops outside Art. 45 count too.
        late_notices: first supplement notice more than 5 working days after receipt.
        unnoticed: accepted more than 5 working days after receipt, without any notice.
        late_deliveries: approved and closed in the year, and delivered more than 10 working days
            after the decision (Art. 44), all before the year's end. No other case waits that long.
    """

    strict_only: int = 0
    strict_only_open: int = 0
    over_extended: int = 0
    deemed_only: int = 0
    deemed_only_open: int = 0
    late_notices: int = 0
    unnoticed: int = 0
    late_deliveries: int = 0
    removed: int = 0
    removed_strict_only: int = 0


# What is open and late at the end of 2021 would be closed late in 2022, where by the headline clock
# nobody is: so each such case is removed in 2022. It is not completed, so no printed total counts
# it; and 2022 opens with one more case and deletes one more, so the residual stays 20.
PLANTED = {
    2021: Planted(43, 0, 12, 67, 5, 96, 71, 118, removed=13, removed_strict_only=8),
    2022: Planted(0, 0, 0, 31, 4, 58, 44, 73),
    2023: Planted(37, 8, 9, 59, 7, 83, 64, 101),
}


def clocks(year: int) -> dict[str, int]:
    """Return how many cases of a year are late, by each clock (``truth.json``)."""
    flows, planted = FLOWS[year], PLANTED[year]
    strict_only_open = planted.strict_only_open + planted.removed_strict_only
    return {
        "late_closed": flows.late + planted.strict_only + planted.over_extended,
        "late_open": flows.open_late + planted.removed + strict_only_open,
        "strict_only_closed": planted.strict_only,
        "strict_only_open": strict_only_open,
        "over_extended_closed": planted.over_extended,
        "deemed_only_closed": planted.deemed_only,
        "deemed_only_open": planted.deemed_only_open,
        "notices_late": planted.late_notices,
        "accepted_late_without_notice": planted.unnoticed,
        "deliveries_late": planted.late_deliveries,
    }
