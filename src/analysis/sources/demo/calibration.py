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
        open: 期末在办, closed in the year after.
        not_accepted: 不受理量.
        ended_before: 受理前终结.
        deleted: 删除件.
        refused: 审批不同意量.
        other: 其他办结.
        pending_refused: of the year's opening stock awaiting acceptance, how many are not accepted.
        pending_ended: of the same, how many end before acceptance.
        late: closed after the statutory limit.
        open_late: open at the year's end and past the statutory limit.
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
# 20, the printed residuals; nothing deleted or ended before acceptance, or they would not be. The levels of the stocks are assumed: about
# as many open cases as arrive in the time that they take.
FLOWS = {
    2020: Flows(applications=0, pending=1_126, open=4_610),
    2021: Flows(1_696_284, 1_204, 4_731, 4_873, 236, 61, 2_514, 497, 33, 9, 238),
    2022: Flows(1_801_779, 2_095, 4_711, 5_146, 0, 0, 2_675, 540, 37, 0, 0),
    2023: Flows(1_874_512, 1_688, 4_905, 5_392, 281, 74, 2_806, 571, 58, 14, 187, 41),
}
