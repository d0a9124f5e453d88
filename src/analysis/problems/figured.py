"""Registered figures (指标) as parts of an answer: what is counted there is not counted again."""

from analysis.problems.finding import Answer
from analysis.statistics.facts import Facts
from analysis.statistics.figure import Figure, Kind, Result
from analysis.statistics.registry import REGISTRY

Key = tuple[str, str]


def registered(key: Key) -> Figure:
    """Return the figure with this id and variant."""
    return REGISTRY[key]


def needs_of(*keys: Key) -> tuple[str, ...]:
    """Return what figures need, each need once."""
    return tuple(dict.fromkeys(need for key in keys for need in registered(key).needs))


def quotient(facts: Facts, part: Key, whole: Key) -> Answer:
    """Return one figure divided by another, with both as counts; the reason where one has none."""
    results = [registered(key).result(facts) for key in (part, whole)]
    if reason := next((result.reason for result in results if result.numerator is None), ""):
        return Answer(None, reason=reason)
    numbers = [_number(result) for result in results]
    terms = [registered(key).term for key in (part, whole)]
    counts = tuple((term, _whole(number)) for term, number in zip(terms, numbers, strict=True))
    if not numbers[1]:
        return Answer(None, counts=counts, reason=f"数据不足:{terms[1]}为0")
    return Answer(numbers[0] / numbers[1], counts=counts)


def as_answer(facts: Facts, key: Key, *, complement: bool = False) -> Answer:
    """Return a figure as an answer, or what is left of 100 %.

    Args:
        facts: of a year or a department.
        key: id and variant.
        complement: the other part of a share in per cent.
    """
    figure = registered(key)
    result = figure.result(facts)
    value = figure.value(result)
    if value is None:
        return Answer(None, reason=result.reason)
    counts = _counts(figure, result)
    of = counts[1] if counts and figure.kind is Kind.SHARE else None
    return Answer(float(100 - value if complement else value), counts=counts, of=of)


def _whole(number: float) -> float:
    """Return a count as such; full-time posts have parts, and who divides wants them."""
    return int(number) if number == int(number) else round(number, 2)


def _counts(figure: Figure, result: Result) -> tuple[tuple[str, int], ...]:
    if result.numerator is None or result.denominator is None:
        return ()
    return (
        (figure.numerator, int(result.numerator)),
        (figure.denominator, int(result.denominator)),
    )


def _number(result: Result) -> float:
    assert result.numerator is not None
    return float(result.numerator / (result.denominator or 1))
