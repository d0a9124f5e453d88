"""Ratings in batches (集中评价): many of one department within one second, which applicants cannot do."""

import pandas as pd
from scipy.stats import poisson

from analysis.problems.figured import needs_of
from analysis.problems.finding import Answer, Question, Threshold
from analysis.problems.grounds import Grounds
from analysis.problems.shares import by_department, share
from analysis.statistics.passes.counting import total, within
from analysis.statistics.supervision.ratings import SCOPE

BATCH = 5  # ratings of one department within one second
ACTIVE, BATCHED, BATCHES, LARGEST = "主动评价", "成批的主动评价", "批数", "最大一批"
LEAST_SHOWN = 0.1  # ratings expected by chance
OPEN_SECONDS = 250 * 8 * 3600  # a year's office hours: what is spread evenly is spread over these


def batches(grounds: Grounds) -> pd.DataFrame:
    """Count the applicants' own ratings, and those in batches.

    Returns:
        Index ``dept_code``; integer columns ``ACTIVE``, ``BATCHED``, ``BATCHES``, ``LARGEST``.
    """
    rows = grounds.rows("evaluations")
    own = ~rows["is_default"].fill_null(False)
    rows = rows.filter(within(rows["evaluated_at"], grounds.year), own)
    rows = rows.mutate(
        dept_code=rows["dept_code"].fill_null(""), second=rows["evaluated_at"].truncate("s")
    )
    seconds = rows.group_by(["dept_code", "second"]).agg(n=rows.count())
    many = seconds["n"] >= BATCH
    by = seconds.group_by("dept_code").agg(
        **{
            ACTIVE: total(seconds["n"]),
            BATCHED: total(many.ifelse(seconds["n"], 0)),
            BATCHES: total(many),
            LARGEST: seconds["n"].max(),
        }
    )
    frame: pd.DataFrame = by.to_pandas()
    return frame.set_index("dept_code").astype("int64").sort_index()


def by_chance(active: pd.Series) -> float:
    """Return how many ratings would be in batches if they came evenly over the office hours."""
    rate = active / OPEN_SECONDS
    # The ratings in seconds with BATCH or more: E[N; N >= k] = rate * P(N >= k - 1).
    return float((OPEN_SECONDS * rate * poisson.sf(BATCH - 2, rate)).sum())


def _batched(grounds: Grounds) -> Answer:
    found = batches(grounds)
    chance = by_chance(found[ACTIVE])
    expected = f" {chance:.1f} " if chance >= LEAST_SHOWN else f"不到 {LEAST_SHOWN} "
    return share(
        int(found[BATCHED].sum()),
        int(found[ACTIVE].sum()),
        (BATCHED, ACTIVE),
        counts=((BATCHES, int(found[BATCHES].sum())),),
        comparison=(f"随机到来时,预计落入这样一秒的有{expected}条。",),
        evidence=by_department(grounds, found, BATCHED, ACTIVE),
    )


QUESTIONS = (
    Question(
        id="batched_ratings",
        problem="ratings",
        term="成批评价占比",
        english="share of the applicants' own ratings that came in batches",
        unit="%",
        decimals=2,
        statement="{number} 的主动评价成批出现:同一部门同一秒内 5 条以上,不像申请人所为。",
        definition=f"同一部门同一秒内不少于{BATCH}条的主动评价 ÷ 主动评价(不含系统默认评价)",
        scope=SCOPE,
        threshold=Threshold(1, 0.1, "本软件设定:随机到来时几乎不会有,千分之一以上须核实"),
        rivals=("离线终端(大厅平板)积存后一次上传。", "上级平台按批回传评价,时间是回传时间。"),
        source="在线评价刷评识别的通行做法(时间集中度)",
        needs=(
            *needs_of(("ratings", "active")),
            "evaluations.evaluated_at",
            "evaluations.dept_code",
        ),
        answer=_batched,
    ),
)
