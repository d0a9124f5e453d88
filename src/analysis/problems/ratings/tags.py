"""Tags of bad ratings (差评标签): what applicants complain of, beside what the records say."""

from collections.abc import Callable

import pandas as pd

from analysis.problems.figured import needs_of
from analysis.problems.finding import Answer, Question, Threshold
from analysis.problems.grounds import Grounds
from analysis.problems.shares import TOP, share
from analysis.statistics.passes.counting import within
from analysis.statistics.supervision.ratings import BAD, SCOPE

# Tags are worded by each platform: a tag is of a kind if one of these words is in it.
LATE = ("超过", "超时", "逾期", "超期")
REPEATED = ("一次性告知", "一次告知", "重复提交", "指南以外", "多次")
TAGGED = "有标签的差评"


def tags(grounds: Grounds) -> pd.Series:
    """Count the bad ratings of the year by their tags as written (``a^b``); without tags left out."""
    rows = grounds.rows("evaluations")
    rows = rows.filter(
        within(rows["evaluated_at"], grounds.year),
        rows["satisfaction"].isin(BAD[0]),
        rows["tags"].fill_null("") != "",
    )
    counts: pd.DataFrame = rows.group_by("tags").agg(n=rows.count()).to_pandas()
    return counts.set_index("tags")["n"].astype("int64").sort_index()


def _naming(words: tuple[str, ...], term: str) -> Callable[[Grounds], Answer]:
    def answer(grounds: Grounds) -> Answer:
        found = grounds.once(tags)
        named = [any(word in text for word in words) for text in found.index]
        return share(
            int(found[named].sum()), int(found.sum()), (term, TAGGED), evidence=_each(found)
        )

    return answer


def _each(found: pd.Series) -> pd.DataFrame:
    """Return each tag with the number of bad ratings that have it; one may have several."""
    one = found.rename("差评(条)").reset_index().assign(差评标签=lambda f: f["tags"].str.split("^"))
    counts = one.explode("差评标签").groupby("差评标签")["差评(条)"].sum()
    return counts.sort_values(ascending=False, kind="stable").head(TOP).reset_index()


def _question(key: str, term: str, english: str, words: tuple[str, ...], **said: str) -> Question:
    return Question(
        id=key,
        problem="ratings",
        term=term,
        english=english,
        unit="%",
        definition=f"标签含“{'”“'.join(words)}”之一的差评 ÷ {TAGGED}(不满意、非常不满意)",
        scope=SCOPE,
        threshold=Threshold(25, 10, "本软件设定:标签约有七八种,四分之一以上为突出"),
        rivals=("标签由申请人勾选,没有核实。", "差评很少,几条就改变比例。"),
        source="广东省好差评月度数据:差评标签排名(2023年7月首位为无理由超过法定办理时间)",
        needs=(*needs_of(("bad_ratings", "")), "evaluations.evaluated_at", "evaluations.tags"),
        answer=_naming(words, f"标签涉及{said['about']}的差评"),
        statement=said["statement"],
    )


QUESTIONS = (
    _question(
        "bad_tags_late",
        "差评反映超时的占比",
        "share of bad ratings that complain of lateness",
        LATE,
        about="超时",
        statement="{number} 的差评反映办理超时:与登记的超期数对照着看。",
    ),
    _question(
        "bad_tags_again",
        "差评反映反复补交的占比",
        "share of bad ratings that complain of being asked again",
        REPEATED,
        about="反复补交",
        statement="{number} 的差评反映反复补交(没有一次告知、重复提交或指南以外的材料)。",
    ),
)
