"""Answers (回答) on duplicates: excess over chance, systems, burden, re-keying, re-submissions."""

import pandas as pd

from analysis.problems.duplicates import chance
from analysis.problems.duplicates.applications import in_two_systems
from analysis.problems.duplicates.bundles import SUPPORT, candidates, comparable
from analysis.problems.duplicates.chance import PLACEBO, SCALE, WINDOW, WINDOWS, Excess
from analysis.problems.duplicates.counted import counted
from analysis.problems.finding import Answer, Interval
from analysis.problems.grounds import Grounds
from analysis.problems.judging import p_texts
from analysis.problems.shares import TOP, share
from analysis.statistics.facts import item_names

ONE_SYSTEM = "数据不足:没有一个事项在两个以上系统受理申请,无从比对"
NO_APPLICATIONS = "数据不足:没有申请人标识已知的申请"
NO_PLACEBO = (
    "数据不足:没有一个事项有足够的相隔31—90日的申请可以对照(数据所及或事项受理申请的时间不足约两个月),"
    "算不出按偶然应有多少"
)


def exposed(grounds: Grounds) -> pd.DataFrame:
    """Return the chances of a pair in the applications, as ``chance.exposure`` does."""
    return chance.exposure(grounds.once(counted).daily, grounds.once(counted).pairs)


def excesses(grounds: Grounds) -> list[Excess]:
    """Return the excess of pairs over chance for each window."""
    among = grounds.once(exposed)
    return [chance.excess(grounds.once(counted).pairs, among, days) for days in WINDOWS]


def beyond_chance(grounds: Grounds) -> Answer:
    """Return the pairs within a week beyond chance, per 10,000 applications."""
    if reason := _nothing(grounds):
        return Answer(None, reason=reason)
    every = grounds.once(excesses)
    main = next(each for each in every if each.window == WINDOW)
    return _answer(grounds, main, ("重复对", "对"), evidence=_windows(every))


def later_ones(grounds: Grounds) -> Answer:
    """Return the applications that came second within a week beyond chance, per 10,000."""
    if reason := _nothing(grounds):
        return Answer(None, reason=reason)
    pairs = _compared(grounds)
    by, scale = ["from_system", "to_system"], _scales(grounds, pairs)
    near, far = pairs[_is_near(pairs)].groupby(by), scale[_is_far(pairs)]
    table = near.agg(later=("later", "nunique"), rekeyed=("rekeyed", "sum"), batch=("batch", "sum"))
    expected = far.groupby([pairs[name] for name in by]).sum()
    table.insert(1, "expected", expected.reindex(table.index, fill_value=0.0).round(1))
    table = table.sort_values("later", ascending=False, kind="stable").reset_index()
    names = [
        "先申请的系统",
        "后申请的系统",
        "后申请(件)",
        "按偶然应有",
        "其中二次录入",
        "其中夜间批量入库",
    ]
    found = chance.excess(pairs, grounds.once(exposed), WINDOW)
    return _answer(
        grounds, found, ("在另一系统已经申请过的申请", "件"), evidence=_listed(table, names)
    )


def burden(grounds: Grounds) -> Answer:
    """Return the materials handed in a second time beyond chance, per 10,000 applications."""
    if reason := _nothing(grounds):
        return Answer(None, reason=reason)
    items = grounds.year.items.drop_duplicates("item_code", keep="last").set_index("item_code")
    pairs = _compared(grounds)
    materials = pairs["item_code"].map(items["materials_n"]).astype("float64")
    unknown = pairs.loc[_is_near(pairs) & materials.isna(), "later"].nunique()
    pairs = pairs.assign(each=materials, expected=_scales(grounds, pairs))
    pairs = pairs[materials.notna()].assign(weight=pairs["weight"] * materials)
    near, far = pairs[_is_near(pairs)], pairs[_is_far(pairs)]
    by_item = near.groupby("item_code").agg(
        later=("later", "nunique"), each=("each", "first"), found=("weight", "sum")
    )
    expected = (far["expected"] * far["weight"]).groupby(far["item_code"]).sum()
    table = by_item.assign(expected=expected.reindex(by_item.index, fill_value=0.0).round(1))
    table.insert(0, "name", items["item_name"].reindex(table.index).fillna("未入目录"))
    table = table.sort_values("found", ascending=False, kind="stable")
    names = ["事项", "后申请(件)", "每件材料(份)", "重复提交(份)", "按偶然应有(份)"]
    return _answer(
        grounds,
        chance.excess(pairs, grounds.once(exposed), WINDOW),
        ("重复提交的材料", "份"),
        counts=(("后申请中材料数不明(未计)", unknown),),
        evidence=_listed(table, names),
    )


def _answer(
    grounds: Grounds,
    of: Excess,
    terms: tuple[str, str],
    *,
    counts: tuple[tuple[str, int], ...] = (),
    evidence: pd.DataFrame,
) -> Answer:
    """Return what is beyond chance as an answer, per 10,000 applications.

    Args:
        grounds: whose applications.
        of: the excess, of pairs or of what they weigh.
        terms: what is counted, and its classifier, in Chinese.
        counts: further counts shown beside those of all three answers.
        evidence: as in ``Answer``.
    """
    term, one = terms
    pairs, applications = grounds.once(counted).pairs, int(grounds.once(counted).daily["n"].sum())
    left_out = _is_near(pairs) & ~pairs["code"].isin(grounds.once(exposed).index)
    per = SCALE / applications
    return Answer(
        of.excess * per,
        counts=(
            (f"{WINDOW}日内的{term}", round(of.found)),
            (f"按偶然应有({one},31—90日间隔的 {of.placebo:,} 对逐事项折算)", round(of.expected)),
            (f"没有足够的31—90日间隔可对照的事项,{WINDOW}日内的重复对(未计)", int(left_out.sum())),
            *counts,
            ("申请人标识已知的申请", applications),
        ),
        interval=Interval(
            of.low * per,
            of.high * per,
            f"每万件申请中超出偶然的{WINDOW}日内{term}",
            "同一申请人两次申请相隔的天数(同一申请人、同一事项的各对一起变动)",
        ),
        p_value=of.p_value,
        comparison=(f"按偶然应有 {of.expected:,.0f} {one},实有 {of.found:,.0f} {one}",),
        evidence=evidence,
    )


def _compared(grounds: Grounds) -> pd.DataFrame:
    """Return the pairs that can be compared, with a ``weight``: each later application counts once."""
    pairs = grounds.once(counted).pairs
    pairs = pairs[pairs["code"].isin(grounds.once(exposed).index)]
    near = _is_near(pairs)
    times = pairs[near].groupby("later")["lag"].transform("size")
    return pairs.assign(weight=(1 / times).reindex(pairs.index, fill_value=1.0))


def _scales(grounds: Grounds, pairs: pd.DataFrame) -> pd.Series:
    return chance.scales(pairs, grounds.once(exposed), WINDOW)


def _is_near(pairs: pd.DataFrame) -> pd.Series:
    return pairs["lag"] <= WINDOW


def _is_far(pairs: pd.DataFrame) -> pd.Series:
    return pairs["lag"] >= PLACEBO[0]


def entered_twice(grounds: Grounds) -> Answer:
    """Return the share of applications that staff entered a second time, by system."""
    by = grounds.once(counted).daily.groupby("system", dropna=False)
    table = by[["n", "rekeyed"]].sum().reset_index()
    shown = table[table["rekeyed"] > 0].sort_values("rekeyed", ascending=False, kind="stable")
    shown = shown.assign(rate=(100 * shown["rekeyed"] / shown["n"]).round(2))
    return share(
        int(table["rekeyed"].sum()),
        int(table["n"].sum()),
        ("二次录入", "申请人标识已知的申请"),
        evidence=_listed(shown, ["系统", "申请", "二次录入", "占比(%)"]),
    )


def submitted_again(grounds: Grounds) -> Answer:
    """Return the share of applications that repeat one that had failed, by code."""
    of = grounds.once(counted)
    table, counts = of.resubmitted, of.daily
    shown = table.sort_values("n", ascending=False, kind="stable")
    names = _names(grounds)
    shown.insert(0, "name", [names.get(code, "未入目录") for code in shown["code"]])
    return share(
        int(table["n"].sum()),
        int(counts["n"].sum()),
        ("重新提交", "申请人标识已知的申请"),
        evidence=_listed(shown, ["事项", "基本编码", "重新提交(件)"]),
    )


def _listed(rows: pd.DataFrame, heads: list[str]) -> pd.DataFrame:
    """Return the first rows as evidence, under Chinese heads."""
    return rows.head(TOP).set_axis(heads, axis=1).reset_index(drop=True)


def _names(grounds: Grounds) -> dict[str, str]:
    """Return the name of what applications are known by: a code that items share, or the item's own."""
    items = grounds.year.items
    codes = [column for column in ("item_code", "catalog_code") if column in items]
    return {str(code): name for column in codes for code, name in item_names(items, column).items()}


def bundled(grounds: Grounds) -> Answer:
    """Return how many pairs of items are applied for together."""
    if grounds.once(counted).daily.empty:
        return Answer(None, reason=NO_APPLICATIONS)
    together = grounds.once(counted).together
    among = comparable(together)
    left_out = len(together) - len(among)
    if among.empty and left_out:
        return Answer(None, reason=NO_PLACEBO)
    found = candidates(among)
    names = item_names(grounds.year.items)
    chosen = found[found["candidate"]].head(TOP)
    table = pd.DataFrame(
        {
            "事项": names.reindex(chosen["item_code"]).to_numpy(),
            "另一事项": names.reindex(chosen["other_code"]).to_numpy(),
            "申请人": chosen["applicants"],
            "7日内(对)": chosen["near"],
            "按偶然应有": chosen["expected"].round(1),
            "提升度": chosen["lift"].round(1),
            "校正后的p值": p_texts(chosen["adjusted_p"]),
        }
    )
    return Answer(
        float(found["candidate"].sum()),
        counts=(
            ("一并检验的事项对", len(found)),
            (
                f"其中一周内有{SUPPORT}位以上申请人同时申请的",
                int((found["applicants"] >= SUPPORT).sum()),
            ),
            ("没有足够的31—90日间隔可对照的事项对(未检验)", left_out),
        ),
        evidence=table.reset_index(drop=True),
    )


def _nothing(grounds: Grounds) -> str:
    """Say why there is nothing to compare; empty if there is."""
    counts = grounds.once(counted).daily
    if counts.empty:
        return NO_APPLICATIONS
    if not in_two_systems(counts):
        return ONE_SYSTEM
    return NO_PLACEBO if grounds.once(exposed).empty else ""


def _windows(every: list[Excess]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "窗口": [f"{each.window}日内" for each in every],
            "重复对": [round(each.found) for each in every],
            "按偶然应有": [round(each.expected, 1) for each in every],
            "超出": [round(each.excess, 1) for each in every],
            "95%区间下限": [round(each.low, 1) for each in every],
            "95%区间上限": [round(each.high, 1) for each in every],
        }
    )
