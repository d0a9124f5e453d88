"""Judging (判定): from answers to verdicts, chance ruled out family by family."""

from collections.abc import Iterable, Sequence

from scipy.stats import false_discovery_control

from analysis.problems.finding import Answer, Finding, Question, Threshold, Verdict

FALSE_DISCOVERIES = 0.05
SMALLEST = 0.001  # p value that is printed


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """Return the p values adjusted for being many (Benjamini & Hochberg 1995), in their order."""
    return [float(p) for p in false_discovery_control(p_values, method="bh")] if p_values else []


def p_texts(p_values: Iterable[float]) -> list[str]:
    """Return p values as they are printed; a very small one is not printed as none."""
    return [f"{p:.3f}" if p >= SMALLEST else f"不到{SMALLEST}" for p in p_values]


def judged(answered: Sequence[tuple[Question, Answer]]) -> list[Finding]:
    """Return findings: p values of one problem are adjusted together, then each is judged."""
    adjusted: dict[str, float] = {}
    for problem in {question.problem for question, _ in answered}:
        family = {
            question.id: answer.p_value
            for question, answer in answered
            if question.problem == problem and answer.p_value is not None
        }
        adjusted |= dict(zip(family, benjamini_hochberg(list(family.values())), strict=True))
    return [
        Finding(
            question,
            answer,
            verdict(answer, question.threshold, adjusted.get(question.id)),
            adjusted.get(question.id),
        )
        for question, answer in answered
    ]


def verdict(answer: Answer, threshold: Threshold, adjusted_p: float | None) -> Verdict:
    """Return the verdict: what chance may have made is no finding, whatever its size.

    An estimate reaches a line only with its whole interval: its lower end is held against the lines.
    """
    if answer.number is None:
        return Verdict.INSUFFICIENT
    if adjusted_p is not None and adjusted_p > FALSE_DISCOVERIES:
        return Verdict.NONE
    least = answer.interval.low if answer.interval else answer.number
    if least >= threshold.evident:
        return Verdict.EVIDENT
    return Verdict.SIGNS if least >= threshold.signs else Verdict.NONE
