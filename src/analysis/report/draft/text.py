"""The text of a draft as data (文稿): paragraphs of words, numbers with their ids, and blanks.

What renders it, as Word or as HTML, decides how a number links to its definition.
"""

from dataclasses import dataclass
from enum import StrEnum

from analysis.problems.finding import Finding


@dataclass(frozen=True)
class Number:
    """A number in the text.

    Attributes:
        figure: id of its figure.
        variant: variant of the figure.
        words: as printed.
        change: whether it is the change of the figure against the year before.
    """

    figure: str
    variant: str
    words: str
    change: bool = False


@dataclass(frozen=True)
class Blank:
    """What only people know and must fill in (待填): never invented, always to be seen."""

    what: str

    @property
    def words(self) -> str:
        """The mark as it stands in the text."""
        return f"〔待填:{self.what}〕"


@dataclass(frozen=True)
class Evidence:
    """Words that rest on a finding, by the finding's id."""

    finding: str
    words: str


Run = str | Number | Blank | Evidence


class Kind(StrEnum):
    """What a paragraph is (段落种类)."""

    TITLE = "标题"
    OPENING = "导语"
    HEADING = "一级标题"  # 一、
    SUBHEADING = "二级标题"  # (一)
    BODY = "正文"


@dataclass(frozen=True)
class Paragraph:
    """One paragraph."""

    kind: Kind
    runs: tuple[Run, ...]

    @property
    def words(self) -> str:
        """All words, without links."""
        return "".join(run if isinstance(run, str) else run.words for run in self.runs)


@dataclass(frozen=True)
class Draft:
    """A draft of the report.

    Attributes:
        title: title of the report.
        label: what kind of data it shows; empty for none.
        dates: cut-off and day of export.
        paragraphs: the text, title excluded.
        definitions: rows of the annex of definitions, one for each figure that the text names.
        findings: those that parts 二 and 三 rest on, in the order of their annex.
    """

    title: str
    label: str
    dates: str
    paragraphs: tuple[Paragraph, ...]
    definitions: tuple["Entry", ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One figure in the annex of definitions (口径).

    Attributes:
        figure: id.
        variant: variant.
        term: Chinese term.
        value: as printed, with its unit.
        before: the same of the year before; “—” for none.
        definition: formula, scope, source.
    """

    figure: str
    variant: str
    term: str
    value: str
    before: str
    definition: str


def body(*runs: Run) -> Paragraph:
    """Return a paragraph of the text."""
    return Paragraph(Kind.BODY, runs)


def heading(words: str) -> Paragraph:
    """Return a heading of the first level (一、)."""
    return Paragraph(Kind.HEADING, (words,))


def subheading(words: str) -> Paragraph:
    """Return a heading of the second level ((一))."""
    return Paragraph(Kind.SUBHEADING, (words,))
