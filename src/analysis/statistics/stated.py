"""Stated figures (仅陈述): what reports print and only people can state.

They are registered so that no printed figure is overlooked; nothing is computed for them.
"""

from analysis.statistics.figure import Certainty, Figure, Kind
from analysis.statistics.sections import INNOVATION, MEASURES, PROBLEMS, SUPERVISION

STATED = (
    (
        "satisfaction_rate_agri_bureau",
        "区农业农村局群众满意率",
        "satisfaction, agriculture bureau",
        "%",
        SUPERVISION,
        "报告转述部门自报",
    ),
    (
        "violations_found_in_licensing",
        "实施过程中违法违规情况",
        "violations in licensing",
        "件",
        SUPERVISION,
        "报告以文字陈述“未发现”",
    ),
    (
        "service_circle_minutes",
        "“30分钟办事圈”",
        "30-minute service circle",
        "分钟",
        INNOVATION,
        "目标口号,不是统计值",
    ),
    (
        "cloud_hall_sites",
        "已建成云大厅的点位",
        "cloud hall sites",
        "个",
        INNOVATION,
        "由正文列举的名称清点",
    ),
    (
        "problems_listed",
        "存在问题和困难(条)",
        "problems listed",
        "条",
        PROBLEMS,
        "由正文清点",
    ),
    (
        "measures_listed",
        "下一步工作措施及有关建议(条)",
        "measures listed",
        "条",
        MEASURES,
        "由正文清点",
    ),
)

FIGURES = tuple(
    Figure(
        id=figure_id,
        term=term,
        english=english,
        unit=unit,
        kind=Kind.STATED,
        grain="—",
        scope="—",
        numerator=numerator,
        section=section,
        source="2022年度报告",
        certainty=Certainty.CLEAR,
    )
    for figure_id, term, english, unit, section, numerator in STATED
)
