"""What a finding (发现) is: a question with one written definition, and what the data answer."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

import pandas as pd

from analysis.problems.grounds import Grounds


class Verdict(StrEnum):
    """Verdict on one question (结论)."""

    EVIDENT = "明显"
    SIGNS = "有迹象"
    NONE = "未见"
    INSUFFICIENT = "数据不足"


SEEN = (Verdict.EVIDENT, Verdict.SIGNS)  # what there is to tell, in the order in which it is told


@dataclass(frozen=True)
class Interval:
    """An interval for the number (区间), and what it is an interval of.

    A count over a complete year has none: it is a census (全量统计).

    Attributes:
        low: lower end, in the number's unit.
        high: upper end.
        estimand: what is estimated, in Chinese.
        varies: what varies from one sample to the next, in Chinese; without it an interval means
            nothing.
        level: its coverage.
    """

    low: float
    high: float
    estimand: str
    varies: str
    level: float = 0.95


ANY = 1e-9  # a threshold that the first single case passes


@dataclass(frozen=True)
class Threshold:
    """From where on a number is called a problem (判定线), and who says so.

    Attributes:
        evident: from here on 明显.
        signs: from here on 有迹象; never above ``evident``. ``ANY`` for “above zero”.
        source: the law's article, the standard, or 本软件设定 with its reason, in Chinese.
    """

    evident: float
    signs: float
    source: str


@dataclass(frozen=True)
class Answer:
    """What the data say to a question (回答).

    Attributes:
        number: in the question's unit; None where it cannot be computed, and ``reason`` says why.
        counts: what the number rests on, Chinese term to count: numerator, denominator, excluded;
            full-time posts with their parts.
        interval: see ``Interval``; None for a census.
        p_value: of the null hypothesis that there is nothing, where chance is the rival
            explanation; questions of one family are adjusted together.
        comparison: year before, other departments, expected by chance: one Chinese sentence each.
        evidence: the table behind the number, Chinese column names; shown and exported.
        reason: why there is no number.
        of: for a share, what it is a share of, in Chinese, and how many they are: of few there is
            no share (``shares.enough``).
    """

    number: float | None
    counts: tuple[tuple[str, float], ...] = ()
    interval: Interval | None = None
    p_value: float | None = None
    comparison: tuple[str, ...] = ()
    evidence: pd.DataFrame = field(default_factory=pd.DataFrame)
    reason: str = ""
    of: tuple[str, int] | None = None


@dataclass(frozen=True)
class Question:
    """One declared question (问题) to a year's data.

    Attributes:
        id: key in ``findings.csv`` and in file names.
        problem: the problem it belongs to, a key of ``topics.TOPICS``.
        term: what is measured, in Chinese.
        english: the same in English.
        unit: unit of the number; ``%`` means that the number is in per cent already.
        decimals: decimals shown.
        statement: the finding as a sentence, with ``{number}`` (unit included), in Chinese. Where
            it begins with ``{number} 的``, it is said of none that they do so.
        change: for a number that may be negative, the words for more and for less: ``{change}`` in
            the statement, where the number stands without its sign.
        definition: how it is counted, in Chinese.
        scope: over which cases or items.
        threshold: from where on it is a problem.
        rivals: what else could make the number, each a Chinese sentence.
        traps: ids of the questions on data quality whose trap would imitate this finding; their
            numbers are shown among the rivals.
        source: law, standard or literature that the definition comes from.
        needs: as ``Figure.needs``: what is not there skips exactly this question.
        answer: the function that answers it.
        compared: whether it is answered for the year before as well, to compare.
        divisible: whether ``answer`` looks at the facts alone, so that each department may be asked
            too without another pass over the rows.
    """

    id: str
    problem: str
    term: str
    english: str
    unit: str
    statement: str
    definition: str
    scope: str
    threshold: Threshold
    rivals: tuple[str, ...]
    source: str
    answer: Callable[[Grounds], Answer]
    needs: tuple[str, ...] = ()
    decimals: int = 1
    change: tuple[str, str] | None = None
    traps: tuple[str, ...] = ()
    compared: bool = True
    divisible: bool = False


@dataclass(frozen=True)
class Finding:
    """A question, its answer and the verdict on it (发现).

    Attributes:
        adjusted_p: the p value, adjusted for those of its problem.
        before: the number of the year before; None where there is none or it is not compared.
    """

    question: Question
    answer: Answer
    verdict: Verdict
    adjusted_p: float | None = None
    before: float | None = None
