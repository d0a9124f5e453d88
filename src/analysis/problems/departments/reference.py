"""The reference (参照): what all other departments come to in the same item or kind of cases.

Where several departments handle one item, cases of that item are compared. Most items have one
department, or another one only by a stray case: theirs are compared with the same kind of cases.
"""

import pandas as pd

COUNTED = ["n", "events"]
# A rate of fewer cases, or of far fewer than it is applied to, is mostly chance: with a tenth of
# them an expectation is three times as uncertain as what is held against it.
LEAST_CASES = 30
LEAST_SHARE = 0.1


def against_others(counts: pd.DataFrame, out: list[str]) -> pd.DataFrame:
    """Return the rows that others can be held against, each with what the others come to.

    Args:
        counts: as ``strata.strata`` returns them.
        out: departments that nobody is held against.

    Returns:
        The rows of ``counts`` whose item, or else kind, enough cases of others have, with
        ``stratum``, the item or kind; ``rest_n`` and ``rest_events`` of all others in it.
    """
    kept = counts[~counts["dept_code"].isin(out)]
    by_item, by_kind = (_of_others(counts, kept, level) for level in ("item_code", "kind"))
    chosen = by_item.where(by_item["enough"], by_kind)
    return counts.join(chosen)[chosen["enough"].astype(bool)]


def _of_others(counts: pd.DataFrame, kept: pd.DataFrame, level: str) -> pd.DataFrame:
    """Return what the others have in the item or kind of each row, and whether it is enough."""
    pairs = pd.MultiIndex.from_frame(counts[["dept_code", level]])
    all_of = kept.groupby(level)[COUNTED].sum().reindex(counts[level])
    mine = kept.groupby(["dept_code", level])[COUNTED].sum().reindex(pairs)
    rest = all_of.set_axis(counts.index).fillna(0) - mine.set_axis(counts.index).fillna(0)
    own = counts.groupby(["dept_code", level])["n"].transform("sum")
    return pd.DataFrame(
        {
            "stratum": level + "|" + counts[level],
            "rest_n": rest["n"],
            "rest_events": rest["events"],
            "enough": (rest["n"] >= LEAST_CASES) & (rest["n"] >= LEAST_SHARE * own),
        }
    )
