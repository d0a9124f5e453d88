"""The figures of inspections and the holders they reach, of ratings, and of staff."""

from collections.abc import Mapping
from fractions import Fraction

from facts import INSPECTIONS, ROLES


def figures_of_supervision(n: Mapping[str, Fraction]) -> dict[str, object]:
    """Return the figures by ``id variant``; the argument is that of ``Counted``."""
    return {**_inspections(n), **_holders(n), **_ratings(n), **_staff(n)}


def _inspections(n: Mapping[str, Fraction]) -> dict[str, object]:
    plain = ("inspections", "inspection_visits", "inspection_findings", "inspection_violations")
    inspections, findings = n["inspections"], n["inspection_findings"]
    return {
        **{f"{name} ": n[name] for name in (*plain, "inspection_penalties")},
        **{f"inspections {kind}": n[f"inspections_{kind}"] for kind in INSPECTIONS},
        "random_share ": (n["inspections_random"], inspections),
        "joint_share ": (n["inspections_joint"], inspections),
        "findings_rate all": (findings, inspections),
        "findings_rate contacted": (findings, n["inspections_contacted"]),
        "inspection_published ": (n["inspections_published"], inspections),
        **{
            f"inspection_published_on_time {which}": (n[f"published_in_time_{which}"], n[f"publication_due_{which}"])
            for which in ("all", "random")
        },
    }  # fmt: skip


def _holders(n: Mapping[str, Fraction]) -> dict[str, object]:
    found: dict[str, object] = {
        "holders_inspected ": n["holders_inspected"],
        "permit_to_inspection_days ": n["permit_to_inspection_days"],
    }
    for which in ("all", "firms"):
        licensed = n[f"holders_{which}"]
        found[f"holders_licensed {which}"] = licensed
        found[f"inspection_coverage {which}"] = (n[f"holders_{which}_inspected"], licensed)
    return found


def _ratings(n: Mapping[str, Fraction]) -> dict[str, object]:
    rated, active = n["ratings"], n["ratings_active"]
    return {
        "ratings ": rated,
        "ratings active": active,
        "satisfaction_rate all3": (n["satisfied"], rated),
        "satisfaction_rate top2": (n["well_satisfied"], rated),
        "satisfaction_rate active_all3": (n["satisfied_active"], active),
        "satisfaction_rate active_top2": (n["well_satisfied_active"], active),
        "default_rating_share ": (rated - active, rated),
        "bad_ratings ": n["bad"],
        "bad_rate all": (n["bad"], rated),
        "bad_rate active": (n["bad_active"], active),
        "bad_fixed ": (n["bad_fixed"], n["bad_orders"]),
        "bad_fixed_on_time ": (n["bad_fixed_in_time"], n["bad_fix_due"]),
        "rating_cover all": (n["cases_rated"], n["completed"]),
        "rating_cover active": (n["cases_rated_active"], n["completed"]),
        "ratings_per_case ": (n["ratings_of_cases"], n["cases_rated"]),
    }


def _staff(n: Mapping[str, Fraction]) -> dict[str, object]:
    found: dict[str, object] = {}
    for term, unit in {"staff": 1, "staff_fte": 100}.items():  # full-time equivalents in hundredths
        by_role = {role: n[f"{term}_{role}"] / unit for role in ROLES}
        found |= {f"{term} ": sum(by_role.values())}
        found |= {f"{term} {role}": k for role, k in by_role.items()}
    return found
