"""The rules of disclosure control (披露控制规则): thresholds, what is sensitive, what is exempt."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from analysis.errors import XukeError
from analysis.statistics.breakdowns import COLUMN_TERMS, OUTCOMES
from analysis.statistics.volume.flows import IDENTITIES, TERMS

K, K_SENSITIVE = 5, 10
MEASURE, YEAR, DEPARTMENT = "指标", "年度", "部门"

# A cell that is told apart by one of these, or a table about one of them, needs K_SENSITIVE.
SENSITIVE = {
    "申请人类型": "申请人属性",
    "持证主体类型": "申请人属性",
    "服务对象": "申请人属性",
    "镇街": "区以下地域",
    "评价文字": "好差评内容",
    "评价标签": "好差评内容",
    "户政": "敏感事项",
    "婚育": "敏感事项",
    "医疗": "敏感事项",
    "未成年人": "敏感事项",
}

# What one number counts: its coordinates, such as {(部门, 住建局), (指标, 受理量)}. A total lacks the
# coordinate that it is summed over, so the same number has the same coordinates in every table.
Coordinates = frozenset[tuple[str, str]]


def threshold(coordinates: Coordinates, about: tuple[str, ...] = ()) -> int:
    """Return k: counts from 1 to k − 1 are not published.

    Args:
        coordinates: those of the cell.
        about: sensitive subjects of the table in which it stands.

    Raises:
        XukeError: a subject that is not declared as sensitive.
    """
    if unknown := set(about) - set(SENSITIVE):
        raise XukeError(
            f"敏感内容“{'、'.join(sorted(unknown))}”没有登记:请用{'、'.join(SENSITIVE)}之一。"
        )
    sensitive = bool(about) or any(dimension in SENSITIVE for dimension, _ in coordinates)
    return K_SENSITIVE if sensitive else K


class Sum(NamedTuple):
    """An identity among numbers that differ in one coordinate only (恒等式).

    Attributes:
        total: the label of the sum.
        plus: the labels that are added.
        minus: the labels that are taken off.
        dimension: the coordinate that the labels are of.
    """

    total: str
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()
    dimension: str = MEASURE


def _named(figures: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(TERMS[name] for name in figures)


OTHER_ENDINGS = "其他办结"
# The identities between figures of cases: what is known to hold is known to every reader.
ACCOUNTING = (
    Sum(TERMS["completed"], (*OUTCOMES.values(), OTHER_ENDINGS)),
    *(
        Sum(TERMS[closing], (TERMS[opening], *_named(inflows)), _named(outflows))
        for closing, (opening, inflows, outflows) in IDENTITIES.items()
    ),
)

# What a year opens with is what the year before closed with.
CARRIED = {TERMS[opening]: TERMS[closing] for closing, (opening, _, _) in IDENTITIES.items()}


@dataclass(frozen=True)
class Exemption:
    """Numbers that are published although they are small (例外), who decided so, and why.

    Attributes:
        where: the coordinates of these numbers: the labels of each dimension, an empty tuple for
            all labels and the total. Numbers told apart by any further dimension are not meant.
        reason: why they must be published.
        decided_by: the rule or the person that decided.
    """

    where: Mapping[str, tuple[str, ...]]
    reason: str
    decided_by: str

    def __post_init__(self) -> None:
        """Refuse an exemption for which nobody stands."""
        if not (self.reason.strip() and self.decided_by.strip()):
            raise XukeError("公开小数的例外没有写明理由或决定人:请填写 reason 和 decided_by。")

    def covers(self, coordinates: Coordinates) -> bool:
        """Return whether a number with these coordinates is meant."""
        labels = dict(coordinates)
        return set(labels) <= set(self.where) and all(
            labels.get(dimension) in wanted for dimension, wanted in self.where.items() if wanted
        )


MUST_PUBLISH = (
    Exemption(
        where={
            MEASURE: tuple(COLUMN_TERMS[name] for name in ("accepted", "completed", *OUTCOMES)),
            DEPARTMENT: (),
            YEAR: (),
        },
        reason="年度报告应当公布的全区和各部门受理、办结、同意、不同意数",
        decided_by="《广东省行政许可监督管理条例》年度报告制度",
    ),
)
