"""A section whose columns are absent says so in its place (数据不足); the page goes on."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from analysis.errors import InsufficientError
from analysis.report.html import Html, note

P = ParamSpec("P")


def or_reason(make: Callable[P, Html]) -> Callable[P, Html]:
    """Return ``make`` with a remark for a result where the data are insufficient."""

    @wraps(make)
    def made(*args: P.args, **options: P.kwargs) -> Html:
        try:
            return make(*args, **options)
        except InsufficientError as error:
            return note("{}", str(error))

    return made
