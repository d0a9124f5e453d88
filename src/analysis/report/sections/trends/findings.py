"""Findings of all years (各年发现) side by side, those that turned first."""

from collections.abc import Sequence

import pandas as pd

from analysis.problems.finding import SEEN, Verdict
from analysis.report.html import Html, note
from analysis.report.numbers import as_printed
from analysis.report.problems.said import BADGES
from analysis.report.tabular import table


def findings_table(answers: Sequence[pd.DataFrame]) -> Html:
    """Return the verdicts of all years side by side, those that turned first.

    Args:
        answers: as ``findings`` returns them, oldest year first.
    """
    names = [f"{frame['year'].iloc[0]} 年" for frame in answers]
    verdicts = pd.DataFrame(
        {n: frame.set_index("id")["verdict"] for n, frame in zip(names, answers, strict=True)}
    )
    last = answers[-1].set_index("id")
    turned = verdicts.nunique(axis=1) > 1
    serious = verdicts.isin(SEEN).any(axis=1)
    order = [*verdicts.index[turned & serious], *verdicts.index[~turned & serious]]
    if not order:
        return note("各年都没有发现问题的迹象。")
    shown = verdicts.loc[order].fillna(Verdict.INSUFFICIENT.value)
    frame = pd.DataFrame(
        {
            "指标": [last.at[name, "term"] for name in order],
            "问题": [last.at[name, "problem"] for name in order],
            **{name: list(shown[name]) for name in names},
            f"{names[-1]}的数值": [
                f"{as_printed(str(row['value']))} {row['unit']}"
                for row in last.loc[order].to_dict("records")
            ],
        }
    )
    quiet = len(verdicts) - len(order)
    return table(
        frame,
        caption="各年发现:结论有变化的在前",
        note=f"另有 {quiet} 项各年都未见问题或数据不足,没有列出。",
        verdicts=BADGES,
        compact=True,
    )
