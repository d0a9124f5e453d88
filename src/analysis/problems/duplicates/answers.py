"""Answers (回答) on duplicates: excess over chance, systems, burden, re-keying, re-submissions."""

import pandas as pd

from analysis.problems.duplicates import chance
from analysis.problems.duplicates.applications import high_frequency, in_two_systems
from analysis.problems.duplicates.bundles import SUPPORT, candidates
from analysis.problems.duplicates.chance import SCALE, WINDOW, WINDOWS, Excess
from analysis.problems.duplicates.counted import counted
from analysis.problems.finding import Answer, Interval
from analysis.problems.grounds import Grounds
from analysis.problems.judging import p_texts
from analysis.problems.shares import TOP, share
from analysis.statistics.facts import item_names

ONE_SYSTEM = "数据不足:没有一个事项在两个以上系统受理申请,无从比对"
NO_APPLICATIONS = "数据不足:没有申请人标识已知的申请"


def excesses(grounds: Grounds) -> list[Excess]:
    """Return the excess of pairs over chance for each window."""
    counts, found = grounds.once(counted).daily, grounds.once(counted).pairs
    among = set(in_two_systems(counts)) - set(high_frequency(counts))
    exposed = chance.exposure(counts[counts["code"].isin(among)].groupby("day")["n"].sum())
    return [chance.excess(found["lag"], found["applicant"], exposed, days) for days in WINDOWS]


def beyond_chance(grounds: Grounds) -> Answer:
    """Return the pairs within a week beyond chance, per 10,000 applications."""
    counts = grounds.once(counted).daily
    applications = int(counts["n"].sum())
    if reason := _nothing(counts):
        return Answer(None, reason=reason)
    every = grounds.once(excesses)
    main = next(each for each in every if each.window == WINDOW)
    per = SCALE / applications
    return Answer(
        main.excess * per,
        counts=(
            (f"{WINDOW}日内的重复对", main.pairs),
            (f"按偶然应有(31—90日间隔的 {main.placebo:,} 对折算)", round(main.expected)),
            ("申请人标识已知的申请", applications),
        ),
        interval=Interval(
            main.low * per,
            main.high * per,
            f"每万件申请中超出偶然的{WINDOW}日内重复对",
            "同一申请人两次申请相隔的天数(同一申请人、同一事项的各对一起变动)",
        ),
        p_value=main.p_value,
        comparison=(f"按偶然应有 {main.expected:,.0f} 对,实有 {main.pairs:,} 对",),
        evidence=_windows(every),
    )


def later_ones(grounds: Grounds) -> Answer:
    """Return how many applications came second within a week, by pair of systems."""
    counts = grounds.once(counted).daily
    if reason := _nothing(counts):
        return Answer(None, reason=reason)
    near = _near(grounds)
    by = near.groupby(["from_system", "to_system"])
    table = by.agg(later=("later", "nunique"), rekeyed=("rekeyed", "sum"), batch=("batch", "sum"))
    table = table.sort_values("later", ascending=False, kind="stable").reset_index()
    names = ["先申请的系统", "后申请的系统", "后申请(件)", "其中二次录入", "其中夜间批量入库"]
    return Answer(
        float(near["later"].nunique()),
        counts=(("申请人标识已知的申请", int(counts["n"].sum())),),
        evidence=_listed(table, names),
    )


def burden(grounds: Grounds) -> Answer:
    """Return how many materials were handed in a second time, by item."""
    counts = grounds.once(counted).daily
    if reason := _nothing(counts):
        return Answer(None, reason=reason)
    items = grounds.year.items.drop_duplicates("item_code", keep="last").set_index("item_code")
    near = _near(grounds).drop_duplicates("later")
    per_item = near.groupby("item_code")["later"].nunique()
    materials = items["materials_n"].reindex(per_item.index).astype("float64")
    table = pd.DataFrame(
        {
            "事项": items["item_name"].reindex(per_item.index).fillna("未入目录"),
            "后申请(件)": per_item,
            "每件材料(份)": materials,
            "重复提交(份)": per_item * materials,
        }
    )
    unknown = int(per_item[materials.isna()].sum())
    return Answer(
        float((per_item * materials).sum()),
        counts=(("后申请", int(per_item.sum())), ("其中材料数不明(未计)", unknown)),
        evidence=table.sort_values("重复提交(份)", ascending=False, kind="stable")
        .head(TOP)
        .reset_index(drop=True),
    )


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
    counts = grounds.once(counted).daily
    if counts.empty:
        return Answer(None, reason=NO_APPLICATIONS)
    found = candidates(grounds.once(counted).together, counts.groupby("day")["n"].sum())
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
        ),
        evidence=table.reset_index(drop=True),
    )


def _near(grounds: Grounds) -> pd.DataFrame:
    found = grounds.once(counted).pairs
    return found[found["lag"] <= WINDOW]


def _nothing(counts: pd.DataFrame) -> str:
    if counts.empty:
        return NO_APPLICATIONS
    return "" if in_two_systems(counts) else ONE_SYSTEM


def _windows(every: list[Excess]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "窗口": [f"{each.window}日内" for each in every],
            "重复对": [each.pairs for each in every],
            "按偶然应有": [round(each.expected, 1) for each in every],
            "超出": [round(each.excess, 1) for each in every],
            "95%区间下限": [round(each.low, 1) for each in every],
            "95%区间上限": [round(each.high, 1) for each in every],
        }
    )
