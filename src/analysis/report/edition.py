"""An edition (成果): what workbook, JSON, CSV and draft of one year say, to one audience."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from analysis.errors import InsufficientError
from analysis.report.audience import EDITIONS
from analysis.report.released import Release
from analysis.report.released import tables as names
from analysis.statistics import breakdowns
from analysis.statistics.departments import department_code
from analysis.statistics.facts import Facts, department_name
from analysis.statistics.figures import figures
from analysis.statistics.reconcile import with_verdicts
from analysis.statistics.volume.flows import TERMS
from analysis.tables.year import Year

INTERNAL, PUBLIC = "internal", "public"
DECIMALS = 4  # of shares in tables: two as a percentage
HIDDEN = "* 为过小的数,或能由它推算出过小的数的数,不公开。计数以件、次、条计。"
RELEASED = {
    names.DEPARTMENTS: "departments",
    names.MONTHS: "months",
    names.CHANNELS: "channels",
    names.KINDS: "kinds",
    names.LATE_BY_DEPARTMENT: "late_by_department",
    names.DAYS: "days",
    names.CLOCK: "promised_clock",
    names.INSPECTED_BY_TYPE: "inspections_by_type",
    names.INSPECTED_BY_DEPARTMENT: "inspections_by_department",
    names.RATED_BY_LEVEL: "ratings_by_level",
    names.RATED_BY_DEPARTMENT: "ratings_by_department",
}


@dataclass(frozen=True)
class Sheet:
    """One table beside the figures (附表), for machines and for the workbook.

    Attributes:
        name: its name in files: ASCII, no blanks.
        title: what it holds, in Chinese.
        unit: unit of its numbers; empty where columns say it.
        frame: rows and columns in printed order; the named index heads the rows.
        note: a remark.
    """

    name: str
    title: str
    unit: str
    frame: pd.DataFrame
    note: str = ""


@dataclass(frozen=True)
class Edition:
    """The figures of a year with what is told beside them.

    Attributes:
        year: whose they are.
        figures: as ``figures`` returns them, with ``published``, ``difference`` and ``verdict``.
        before: the figures of the year before; None where it has no data.
        sheets: tables beside the figures.
        department: name of the one department that it is about; empty for the whole place.
        audience: for whom; a key of ``EDITIONS``.
    """

    year: Year
    figures: pd.DataFrame
    before: pd.DataFrame | None = None
    sheets: tuple[Sheet, ...] = ()
    department: str = ""
    audience: str = INTERNAL

    @property
    def title(self) -> str:
        """Whose figures they are, of which year."""
        return f"{self.department or self.year.place.name} {self.year.year} 年"

    @property
    def dates(self) -> str:
        """Both dates and the edition, as every page says them."""
        exported = self.year.exported_on
        said = f"数据导出 {exported}" if exported else "数据导出日未登记"
        return f"统计截至 {self.year.cutoff} 24:00 · {said} · {EDITIONS[self.audience]}"


def edition(
    facts: Facts, before: Facts | None, compared: pd.DataFrame, *, department: str = ""
) -> Edition:
    """Return the edition of a year, for internal use.

    Args:
        facts: the year's facts.
        before: those of the year before; None where it has no data.
        compared: as returned by ``check.compare``; a printed report is the whole place's.
        department: code or name of the one department that it is to be about.

    Raises:
        XukeError: there is no such department.
    """
    name = ""
    if department:
        code = department_code(facts, department)
        name = department_name(facts.items, code)
        facts, compared = facts.department(code), compared.iloc[:0]
        before = before.department(code) if before else None
    computed = with_verdicts(figures(facts), compared)
    earlier = figures(before) if before else None
    return Edition(facts.year, computed, earlier, tuple(_sheets(facts)), name)


def public_edition(year: Year, release: Release) -> Edition:
    """Return the edition of a year for the public: what its release shows, and nothing else."""
    of = year.year
    shown = with_verdicts(release.figures[of], release.compared[of])
    sheets = tuple(
        Sheet(RELEASED[name], name, "", frame.rename_axis(str(frame.index.name or "项目")), HIDDEN)
        for (at, name), frame in release.tables.items()
        if at == of
    )
    return Edition(year, shown, None, sheets, audience=PUBLIC)


def _sheets(facts: Facts) -> Iterator[Sheet]:
    for name, title, unit, note, make in SHEETS:
        if facts.added_up and name not in ADD_UP:
            continue
        try:
            yield Sheet(name, title, unit, make(facts), note)
        except InsufficientError:
            continue  # the figures' sheet says which columns are lacking


def months(facts: Facts) -> pd.DataFrame:
    """Return the flows of each month (各月办件), a column each, with their sum."""
    rows = breakdowns.cases_by_month(facts)
    frame = rows.pivot(index="month", columns="measure", values="n")
    frame = frame[list(MONTHLY)].rename(columns=MONTHLY)
    frame.index = pd.Index([f"{month}月" for month in frame.index], name="月份")
    frame.columns.name = None
    frame.loc[breakdowns.TOTAL] = frame.sum()
    return frame


ADD_UP = ("departments", "months")  # sheets that several places have together
MONTHLY = {name: TERMS[name] for name in ("applications", "accepted", "completed")}
Make = Callable[[Facts], pd.DataFrame]
SHEETS: tuple[tuple[str, str, str, str, Make], ...] = (
    (
        "departments",
        "各部门办件",
        "件",
        "待受理、在办为年初和截止日的存量,其余为年内发生数。",
        breakdowns.cases_by_department,
    ),
    ("months", "各月办件", "件", "按申请、受理、办结各自发生的月份。", months),
    (
        "days",
        "各部门承诺件办理用时",
        "",
        "办结量和超承诺时限以件计,其余以工作日计;受理当日不计。",
        breakdowns.days_by_department,
    ),
    (
        "services",
        "各部门事项",
        "项",
        "按实施编码去重;业务办理项和其中即办按目录行计。",
        breakdowns.services_by_department,
    ),
)
