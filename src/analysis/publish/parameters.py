"""Parameters of notebooks (参数): declared here once, and held to before any kernel starts.

papermill only warns about an unknown parameter and then publishes the notebook's default year.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.errors import XukeError
from analysis.tables.names import nearest

INTERNAL, PUBLIC = "internal", "public"


@dataclass(frozen=True)
class Parameter:
    """One parameter that notebooks may take.

    Attributes:
        name: its name in the notebook's cell tagged ``parameters``.
        type: type of its values.
        meaning: what it says, in Chinese.
        between: smallest and largest value of a number.
        choices: the only values there are; empty for any.
        pattern: what the text must look like. Values become part of file names, so there is one
            wherever there are no choices.
    """

    name: str
    type: type
    meaning: str
    between: tuple[int, int] | None = None
    choices: tuple[str, ...] = ()
    pattern: str = ""

    def value(self, given: Any) -> Any:
        """Return a value of the parameter; a text (from the command line) in its type.

        Raises:
            XukeError: it is of another type or out of range.
        """
        value = int(given) if self.type is int and _is_whole(given) else given
        if type(value) is not self.type or not self._allows(value):
            hint = nearest(str(given), self.choices, otherwise=f"应为{self.range}。")
            raise XukeError(f"参数 {self.name}({self.meaning})的值“{given}”不对:{hint}")
        return value

    @property
    def range(self) -> str:
        """Say which values there are."""
        if self.between:
            return f" {self.between[0]}—{self.between[1]} 的整数"
        if self.choices:
            return "、".join(self.choices)
        return '不含 / \\ : * ? " < > | 的文字' if self.pattern == NAME else WORDS

    def _allows(self, value: Any) -> bool:
        if self.between:
            return self.between[0] <= int(value) <= self.between[1]
        return value in self.choices if self.choices else bool(re.fullmatch(self.pattern, value))


NAME = r"[^\x00-\x1f/\\:*?\"<>|]*"  # whatever can be part of a file's name on any system
WORD = r"[A-Za-z0-9_-]+"
WORDS = "字母、数字、下划线和连字符组成的文字"
DECLARED = {
    parameter.name: parameter
    for parameter in (
        # The law came into force on 1 July 2004: there is no report of an earlier year.
        Parameter("year", int, "年度", between=(2004, 2099)),
        Parameter("place", str, "地方", pattern=WORD),
        Parameter("department", str, "部门编码或名称,空为全部", pattern=NAME),
        Parameter("audience", str, "读者范围", choices=(INTERNAL, PUBLIC)),
    )
}


def declared(name: str, where: str) -> Parameter:
    """Return the declaration of a parameter.

    Raises:
        XukeError: there is none; names the nearest.
    """
    if name not in DECLARED:
        raise XukeError(f"{where}没有名为“{name}”的参数:{nearest(name, DECLARED)}")
    return DECLARED[name]


def checked(given: Mapping[str, str], notebook: str, known: Iterable[str]) -> dict[str, Any]:
    """Return the values given for a notebook that takes the parameters ``known``.

    Raises:
        XukeError: a parameter that the notebook does not take, or a value that is not allowed.
    """
    where, names = f"笔记本“{notebook}”", list(known)
    for name in given:
        if name not in names:
            raise XukeError(f"{where}没有名为“{name}”的参数:{nearest(name, names)}")
    return {name: declared(name, where).value(text) for name, text in given.items()}


def refuse_unknown(given: Iterable[str], known: Mapping[str, Iterable[str]]) -> None:
    """Refuse a parameter that none of several notebooks takes.

    Args:
        given: names of parameters.
        known: by notebook, the names of those that it takes.

    Raises:
        XukeError: one is taken by none.
    """
    names = list(dict.fromkeys(name for each in known.values() for name in each))
    for name in given:
        if name not in names:
            where = f"笔记本“{'”“'.join(known)}”"
            raise XukeError(f"{where}没有名为“{name}”的参数:{nearest(name, names)}")


def _is_whole(given: Any) -> bool:
    return isinstance(given, str) and bool(re.fullmatch(r"[0-9]{1,9}", given))
