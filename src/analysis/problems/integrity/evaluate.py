"""Evaluation (核验) of identities on the figures that one report prints."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from analysis.problems.integrity import sides
from analysis.problems.integrity.findings import Finding, Verdict, digits
from analysis.problems.integrity.identities import Form, Identity, forms
from analysis.problems.integrity.judged import differences_of, rounded, verdict_on
from analysis.problems.integrity.printed import Printed
from analysis.problems.integrity.said import (
    Name,
    arithmetic,
    hedges_read,
    range_of,
    readings,
    statement,
)

PERCENT_DECIMALS = 4


def evaluate(
    identities: Iterable[Identity],
    figures: Mapping[str, Printed],
    *,
    name: Name,
    days: int | None = None,
) -> list[Finding]:
    """Check a report's figures against identities, in their order.

    Args:
        identities: the identities.
        figures: what the report prints, by figure.
        name: gives the project's term for a figure.
        days: calendar days of the report's period, if known.
    """
    values = dict(figures)
    if days is not None:
        values["days"] = Printed(str(days), Fraction(days), "天", Fraction(1), term="天数")

    def named(figure: str) -> str:
        return "天数" if figure == "days" else name(figure)

    return [finding for identity in identities for finding in _identity(identity, values, named)]


def _identity(identity: Identity, values: Mapping[str, Printed], name: Name) -> list[Finding]:
    obstacle = _obstacle(identity, values, name)
    if obstacle is None:
        found = []
        for form in forms(identity, frozenset(values)):
            for coarse in _grains(form, values):
                found.append(_finding(form, values, name, coarse=coarse))
        return found
    if not obstacle or identity.relation == "gap":
        return []
    plain = Form(identity, identity.right)
    return [
        Finding(
            statement(plain, name), Verdict.NOT_APPLICABLE, note=obstacle, group=identity.subject
        )
    ]


def _obstacle(identity: Identity, values: Mapping[str, Printed], name: Name) -> str | None:
    """Return why an identity cannot be tried: None if it can, empty if it is beside the point."""
    missing = [figure for figure in identity.required if figure not in values]
    none_of_some = bool(identity.some) and not any(figure in values for figure in identity.some)
    instead = [figure for figure in identity.absent if figure in values]
    if not any(figure in values for figure in identity.trigger or sides.names(identity.left)):
        return ""
    if missing:
        return f"缺少“{'”“'.join(map(name, missing))}”"
    if none_of_some:
        return f"缺少“{'”或“'.join(map(name, identity.some))}”"
    if instead and identity.relation == "<=":
        return ""
    if instead:
        return f"“{'”“'.join(map(name, instead))}”已印出,改用别的式子"
    if sides.divides_by_nought(identity.right, values) or sides.divides_by_nought(
        identity.left, values
    ):
        return "分母为0"
    return None


def _grains(form: Form, values: Mapping[str, Printed]) -> tuple[bool, ...]:
    """Return the readings of 227万 to try: to 0.1万, then to 1万; one if nothing is ambiguous."""
    tried = form.identity.relation != "gap" and _ambiguous(form, values)
    return (False, True) if tried else (False,)


def _ambiguous(form: Form, values: Mapping[str, Printed]) -> list[Printed]:
    return [values[figure] for figure in form.figures if values[figure].ambiguous]


def _finding(form: Form, values: Mapping[str, Printed], name: Name, *, coarse: bool) -> Finding:
    identity = form.identity
    left = sides.value(identity.left, values)
    right = sides.value(form.right, values)
    if identity.relation == "rounded":
        return rounded(form, values, statement(form, name))
    differences = differences_of(form, values, coarse=coarse)
    verdict = verdict_on(form, left - right, differences, values)
    check = statement(form, name, gap=verdict is Verdict.GAP)
    notes = [range_of(differences)] if verdict is not Verdict.GAP else []
    if verdict is Verdict.EXCEEDS:
        share = f"{digits(left / right * 100, PERCENT_DECIMALS)}%;" if right else ""
        notes.append(share + identity.excess)
    elif verdict is not Verdict.HOLDS and identity.note:
        notes.append(identity.note)
    notes.append(hedges_read(form, values))
    if ambiguous := _ambiguous(form, values) if identity.relation != "gap" else []:
        check += f"(若{readings(ambiguous, coarse=coarse)})"
    return Finding(
        check=check,
        verdict=verdict,
        arithmetic=arithmetic(form, values, left - right),
        residual=left - right,
        note=";".join(note for note in notes if note),
        group=identity.subject,
        left=left,
        right=right,
    )
