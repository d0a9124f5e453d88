"""Standardisation (推行标准化): how the licences of each department keep the rules of the catalogue."""

from fractions import Fraction

import pandas as pd

from analysis.statistics.catalogue.rules import RULES, Rule
from analysis.statistics.facts import Facts, named
from analysis.statistics.figure import HANDLING, Certainty, Result
from analysis.statistics.makers import count, share
from analysis.statistics.needs import insufficient
from analysis.statistics.ratios import Compute
from analysis.statistics.scopes import LICENCE_NEEDS, licences
from analysis.statistics.sections import STANDARDS

SCOPE = "截止日有效的行政许可事项的目录行(业务办理项或实施清单事项)"
HISTORY = "行政许可事项的全部目录行,含各版本"
SOURCE = "事项管理系统目录校验规则(温州)"
CHECKABLE = tuple(rule for rule in RULES if rule.holds)


def checked(facts: Facts, rule: Rule) -> pd.Series:
    """Return whether a checkable rule holds, for the rows of licences that it applies to.

    Parents are looked up in the whole catalogue: not only among licences, nor in one department.
    """
    holds = facts.place.once(_holds, rule)
    return holds[holds.index.isin(facts.items.index)]


def _holds(facts: Facts, rule: Rule) -> pd.Series:
    assert rule.holds is not None
    items = _looked_at(facts, rule)
    return rule.holds(items).reindex(licences(items).index).dropna().astype(bool)


def broken(facts: Facts, rule: Rule) -> pd.DataFrame:
    """Return the catalogue rows of licences that break a checkable rule."""
    holds = checked(facts, rule)
    return facts.items.loc[holds.index[~holds]]


def why_not(facts: Facts, rule: Rule) -> str:
    """Say why a rule cannot be checked; empty where it can."""
    if rule.holds is None:
        return f"数据不足:目录没有{rule.absent}"
    return insufficient(facts, _needs(rule))


def rules_overview(facts: Facts) -> pd.DataFrame:
    """Return how each rule fared (各条规则).

    Returns:
        Index 规则 (its statement); 目录行 (of licences, in force or of all versions), 适用 (rows it
        applies to) and 不合格 (rows that break it), both null where the rule cannot be checked; 说明
        says why.
    """
    rows = []
    for rule in RULES:
        total = len(licences(_looked_at(facts, rule)))
        reason = why_not(facts, rule)
        holds = pd.Series(dtype=bool) if reason else checked(facts, rule)
        counts = (pd.NA, pd.NA) if reason else (len(holds), int((~holds).sum()))
        rows.append((rule.statement, total, *counts, reason))
    frame = pd.DataFrame(rows, columns=["规则", "目录行", "适用", "不合格", "说明"])
    return frame.set_index("规则").astype({"适用": "Int64", "不合格": "Int64"})


def rules_by_department(facts: Facts) -> pd.DataFrame:
    """Return how each department keeps the rules that can be checked (各部门规则合格情况).

    Returns:
        Index 部门; 目录行 (licences, all versions); 检查 (rows times rules that apply to them); 不合格;
        合格率 (1 − 不合格/检查; null without checks); then, for each rule that can be checked, the
        rows that break it, under its short name. Most broken rows first.
    """
    items = licences(facts.items)
    results = {rule.term: checked(facts, rule) for rule in CHECKABLE if not why_not(facts, rule)}
    departments = items["dept_code"]
    total = departments.value_counts(sort=False)

    def per_department(rows: pd.Index) -> pd.Series:
        counts = departments.loc[rows].value_counts(sort=False)
        return counts.reindex(total.index, fill_value=0)

    wrong = {term: per_department(holds.index[~holds]) for term, holds in results.items()}
    zero = total * 0
    checks = sum((per_department(holds.index) for holds in results.values()), zero)
    failures = sum(wrong.values(), zero)
    frame = pd.DataFrame(
        {
            "目录行": total,
            "检查": checks,
            "不合格": failures,
            "合格率": 1 - failures / checks,
            **wrong,
        }
    )
    frame.index = named(frame.index, items)
    return frame.sort_values("不合格", ascending=False, kind="stable")


def _looked_at(facts: Facts, rule: Rule) -> pd.DataFrame:
    return facts.items if rule.history else facts.in_force


def _needs(rule: Rule) -> tuple[str, ...]:
    return (*LICENCE_NEEDS, *(f"items.{column}" for column in rule.columns))


def _broken(rule: Rule) -> Compute:
    return lambda facts: Result(Fraction(int((~facts.once(checked, rule)).sum())))


def _kept(facts: Facts) -> Result:
    holds = [facts.once(checked, rule) for rule in CHECKABLE]
    return Result(Fraction(sum(int(each.sum()) for each in holds)), Fraction(sum(map(len, holds))))


FIGURES = (
    share(
        id="catalogue_rules_kept",
        term="目录规则合格率",
        english="share of catalogue checks that hold",
        grain="目录行与规则",
        scope=f"{SCOPE};起止日期查全部版本",
        numerator="合格的项次",
        denominator=f"目录能查的{len(CHECKABLE)}条规则各自适用的目录行之和(规则不适用或所查要素未填的,不算合格也不算不合格)",
        section=STANDARDS,
        source=SOURCE,
        certainty=Certainty.PRACTICE,
        needs=tuple(dict.fromkeys(name for rule in CHECKABLE for name in _needs(rule))),
        compute=_kept,
    ),
    *(
        count(
            id="catalogue_rule_broken",
            variant=rule.id,
            term=f"不合目录规则的({rule.term})",
            english=f"catalogue rows that break the rule {rule.id}",
            unit="行",
            grain=HANDLING,
            scope=HISTORY if rule.history else SCOPE,
            numerator=f"不符合“{rule.statement}”的目录行",
            section=STANDARDS,
            source=SOURCE,
            certainty=Certainty.PRACTICE,
            needs=_needs(rule),
            compute=_broken(rule),
        )
        for rule in CHECKABLE
    ),
)
