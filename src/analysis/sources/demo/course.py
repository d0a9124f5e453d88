"""The course (办理经过) of each case in working days: supplements, stops, extension, review."""

from dataclasses import dataclass, replace

import numpy as np

from analysis.sources.demo.cohort import NEVER, Cases, Handling
from analysis.sources.demo.days import Days, Ints
from analysis.sources.demo.lateness import with_lateness
from analysis.sources.demo.streams import Use, stream
from analysis.sources.demo.years import Made


@dataclass(frozen=True)
class Course:
    """What happens to each case besides acceptance and closing, as working-day numbers.

    Attributes:
        notices, answers: supplement notices and the applicant's answers, shape (cases, 3);
            ``NEVER`` for rounds that there were not.
        stop, other_stop: when the stop of Art. 45 and the other one begin; they last as many
            working days as ``Cases`` says.
        extension: when the limit is extended, if it is.
        review: when the case is handed on for review.
        delivery: working days from decision to delivery, 0 where it is as usual.
    """

    notices: Ints
    answers: Ints
    stop: Ints
    other_stop: Ints
    extension: Ints
    review: Ints
    delivery: Ints

    def take(self, which: Ints) -> "Course":
        """Return the courses of some of the cases."""
        return replace(self, **{name: column[which] for name, column in vars(self).items()})


def run_course(days: Days, handling: Handling, made: Made) -> tuple[Made, Course]:
    """Return a cohort with its planted lateness, in order of application again, and its course."""
    plan = with_lateness(days, handling, made)
    cases = _fitting(plan.cases)
    promised = handling.promised[made.year][cases.item]
    course = Course(
        notices=plan.notices,
        answers=plan.answers,
        delivery=plan.delivery,
        **_days(made.year, cases, promised),
    )
    order = np.argsort(cases.applied, kind="stable")
    return Made(made.year, cases.take(order), plan.carried[order]), course.take(order)


def _fitting(cases: Cases) -> Cases:
    """Shorten the stops to the time that a case takes: who closed sooner did not wait for them.

    The stop of Art. 45 goes first, so nobody becomes late.
    """
    taken = np.where(cases.accepted == NEVER, 0, cases.closed - cases.accepted)
    stopped = np.minimum(cases.stopped, taken)
    return replace(
        cases, stopped=stopped, stopped_other=np.minimum(cases.stopped_other, taken - stopped)
    )


def _days(year: int, cases: Cases, promised: Ints) -> dict[str, Ints]:
    """Draw the days: first the stops, then an extension before the promise ends, then review."""
    rng, n = stream(year, Use.COURSE), len(cases)
    stops = cases.stopped + cases.stopped_other
    worked = np.where(cases.accepted == NEVER, 0, cases.closed - cases.accepted) - stops
    before = np.maximum(np.minimum(worked, promised) - 1, 0)
    first = _up_to(rng.random(n), before)
    second = first + _up_to(rng.random(n), before - first)
    ready = cases.accepted + stops + np.where(cases.extended > 0, before, second)
    left = np.where(cases.accepted == NEVER, 0, cases.closed - ready)
    return {
        "stop": cases.accepted + first,
        "other_stop": cases.accepted + cases.stopped + second,
        "extension": cases.accepted + stops + before,
        "review": ready + _up_to(rng.random(n), left),
    }


def _up_to(draw: np.ndarray, most: Ints) -> Ints:
    """Return whole numbers from 0 to ``most``."""
    return np.asarray(np.floor(draw * (most + 1)).astype(np.int64))
