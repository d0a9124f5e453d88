"""What a check of printed figures came to (检查结论): one verdict, one line of arithmetic."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

import pandas as pd

COLUMNS = ("检查", "算式", "差额", "结论", "说明", "类别", "组", "分母已说明")
OTHER_READING = "另一读法成立"
SMALL = 4  # decimals of a residual that is not a whole number


class Verdict(StrEnum):
    """Verdict on one check (结论)."""

    HOLDS = "成立"
    ROUNDING = "在取整范围内"
    RESIDUAL = "差额"
    EXCEEDS = "左大于右"  # legal for flows, wrong for cohorts: the reader decides
    GAP = "仅列差额"
    NOT_APPLICABLE = "不适用"
    POSSIBLE = "可能"
    IMPOSSIBLE = "不可能"
    POWERLESS = "无检验力"
    NOTED = "提示"
    ASK = "待确认"


class Sort(StrEnum):
    """What kind of check it is (类别)."""

    IDENTITY = "恒等式"
    REACHABLE = "可达性"
    FLAG = "合理性"
    TERM = "用语"
    RETURN = "部门填报"


AGREEING = (Verdict.HOLDS, Verdict.ROUNDING)


@dataclass(frozen=True)
class Finding:
    """One check.

    Attributes:
        check: what was checked, in Chinese.
        verdict: what came out.
        arithmetic: one line that can be redone on a pocket calculator.
        residual: left side less right side, from the printed values.
        note: why, and what it does not say.
        sort: kind of check.
        group: checks of one group are readings of the same thing: one that agrees is enough.
        left: value of the left side.
        right: value of the right side.
        stated: whether a rate was checked over the denominator that the report states.
    """

    check: str
    verdict: Verdict
    arithmetic: str = ""
    residual: Fraction | None = None
    note: str = ""
    sort: Sort = Sort.IDENTITY
    group: str = ""
    left: Fraction | None = None
    right: Fraction | None = None
    stated: bool = False


def frame(findings: Iterable[Finding]) -> pd.DataFrame:
    """Return findings as a table with the columns ``COLUMNS``, one row per check."""
    rows = [
        (
            finding.check,
            finding.arithmetic,
            _plain(finding.residual),
            finding.verdict.value,
            finding.note,
            finding.sort.value,
            finding.group,
            finding.stated,
        )
        for finding in findings
    ]
    # Of objects, or whole residuals would turn into decimals beside missing ones.
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def failing(checks: pd.DataFrame) -> pd.DataFrame:
    """Return what does not add up under any reading of the print, each once: its closest reading.

    A residual counts unless another reading of the same group agrees; so does a rate that its
    stated denominator cannot give.
    """
    wrong = checks["结论"] == Verdict.RESIDUAL.value
    wrong |= (checks["结论"] == Verdict.IMPOSSIBLE.value) & checks["分母已说明"].astype(bool)
    found = checks[wrong & ~saved(checks)]
    size = found["差额"].map(lambda residual: 0.0 if pd.isna(residual) else abs(float(residual)))
    closest = size.sort_values(kind="stable").index
    return found.loc[~found.loc[closest].duplicated(_keys(checks)).sort_index()]


def saved(checks: pd.DataFrame) -> pd.Series:
    """Return for each check whether some reading of its group agrees (另一读法成立)."""
    agrees = checks["结论"].isin([verdict.value for verdict in AGREEING])
    return agrees.groupby([checks[key] for key in _keys(checks)]).transform("any").astype(bool)


def reckoned(checks: pd.DataFrame) -> pd.DataFrame:
    """Return the checks that came to a number: without those not applicable, or asked about."""
    idle = (Verdict.NOT_APPLICABLE, Verdict.ASK)
    known = checks["类别"] != Sort.TERM.value
    return checks[known & ~checks["结论"].isin([verdict.value for verdict in idle])]


def with_readings(checks: pd.DataFrame) -> pd.DataFrame:
    """Return the checks, a residual that another reading saves saying so in its remark (说明)."""
    spared = (checks["结论"] == Verdict.RESIDUAL.value) & saved(checks)
    said = checks["说明"].where(~spared, (checks["说明"] + ";").str.lstrip(";") + OTHER_READING)
    return checks.assign(说明=said)


def _keys(checks: pd.DataFrame) -> list[str]:
    return [column for column in ("报告", "组") if column in checks.columns]


def digits(value: Fraction | int, decimals: int | None = None) -> str:
    """Return a number as it is read: separators, a true minus sign, trailing noughts dropped."""
    exact = Fraction(value)
    if decimals is None:
        decimals = 0 if exact.denominator == 1 else SMALL
    scaled = exact * 10**decimals
    whole = (Decimal(scaled.numerator) / Decimal(scaled.denominator)).quantize(
        Decimal(1), ROUND_HALF_UP
    )
    text = f"{whole.scaleb(-decimals):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "−")


def equals(value: Fraction, decimals: int = SMALL) -> str:
    """Return ``= value``, or ``≈ value`` where it had to be rounded."""
    sign = "=" if (value * 10**decimals).denominator == 1 else "≈"
    return f"{sign} {digits(value, decimals)}"


def _plain(value: Fraction | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value.denominator == 1 else round(float(value), 12)
