"""Contradictions (矛盾) by table: what cannot be true of one row, see ``rules``."""

from analysis.tables.rules import CASES, Contradiction, earlier

PERIOD = r"^\d{4}(-(0[1-9]|1[0-2]))?$"


def _order(late: str, early: str, said: str) -> Contradiction:
    return Contradiction(
        f"{late}_before_{early}",
        (late, early),
        said,
        lambda rows: earlier(rows[late].cast("timestamp"), rows[early].cast("timestamp")),
    )


EVENTS = (_order("end_at", "start_at", "环节结束时间早于开始时间"),)
INSPECTIONS = (_order("published_on", "inspected_on", "公示日期早于检查完成日期"),)
EVALUATIONS = (_order("rectified_at", "order_created_at", "差评整改时间早于差评工单生成时间"),)
STAFF = (
    Contradiction(
        "period_unreadable",
        ("period",),
        "时期不是 YYYY 或 YYYY-MM",
        lambda rows: ~rows["period"].re_search(PERIOD),
    ),
)
RULES: dict[str, tuple[Contradiction, ...]] = {
    "cases": CASES,
    "events": EVENTS,
    "inspections": INSPECTIONS,
    "evaluations": EVALUATIONS,
    "staff": STAFF,
}
