"""Topics (议题): the problems of part 二 of a report and the measures of its part 三."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    """One problem or measure that reports name, and which kinds of findings bear on it.

    Attributes:
        part: 二 (problems) or 三 (measures).
        title: in Chinese, in our own words.
        problems: keys of ``PROBLEMS``, in the order in which they are shown.
    """

    part: str
    title: str
    problems: tuple[str, ...]


PROBLEMS = {
    "quality": "数据质量",
    "duplicates": "重复申请",
    "squeeze": "审批时间与工作量",
    "overdue": "超期",
    "supplements": "补正",
    "supervision": "监管工作量",
    "delegation": "事权下放",
    "departments": "部门差异",
    "ratings": "评价真实性",
}
TOPICS = (
    Topic("二", "审批系统没有打通,企业和群众重复申请", ("duplicates", "supplements")),
    Topic("二", "压减审批时限后,审批人员时间紧", ("squeeze", "overdue", "supplements")),
    Topic("二", "事前事中事后监管工作量上升", ("supervision",)),
    Topic("二", "事权下放后审批量增加", ("delegation", "squeeze")),
    Topic("三", "加强信息共享,推进协同审批", ("duplicates",)),
    Topic("三", "优化系统功能,推进一网通办", ("duplicates", "supplements", "ratings")),
    Topic("三", "构建新型监管模式", ("supervision", "departments")),
)
