"""What a user may say about files (读入选项) where detection is wrong or cannot know."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    r"""How to read; whatever is empty is detected.

    Attributes:
        encoding: of text files, as Python names it: utf-8, gb18030, utf-16, cp1252.
        separator: of text files; one character, or ``\t``.
        heading_row: row that holds the headings, counted as the file's user counts.
        sheets: names of the worksheets to read; all visible ones if empty.
        query: SQL to read from a database instead of a table.
    """

    encoding: str = ""
    separator: str = ""
    heading_row: int | None = None
    sheets: tuple[str, ...] = ()
    query: str = ""
