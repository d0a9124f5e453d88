"""Code (代码) that gives what a view shows, to keep in a notebook of one's own."""

from analysis.explore.choices import Choices
from analysis.tables.year import Year

TEMPLATE = """\
from analysis.explore import look

shown = look({what})
shown.figures  # 指标:办件量、时效、排队、不予受理和许可
shown.members  # 下一层:{below}
shown.months  # 各月流量和月末存量
shown.cases("accepted", limit=200)  # 数字背后的办件
"""
BELOW = {"department": "各部门", "item": "各业务办理项", "month": "各月"}


def as_code(year: Year, choices: Choices) -> str:
    """Return Python that looks at the same part of the same year.

    The choices are in it as values, never as names of widgets: it runs in any notebook.
    """
    named = {
        "department": choices.department,
        "item": choices.item,
        "channel": choices.channel,
        "months": choices.months,
    }
    given = [repr(year.place.slug), repr(year.year)]
    given += [f"{name}={value!r}" for name, value in named.items() if value]
    return TEMPLATE.format(
        what=", ".join(given).replace("'", '"'), below=BELOW[choices.next_dimension]
    )
