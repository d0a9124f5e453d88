"""A notebook (笔记本) as it is declared: title, scope, parameters – read without running it."""

import ast
import json
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any

from analysis.errors import XukeError
from analysis.publish.parameters import INTERNAL, PUBLIC, declared

TAG = "parameters"
EVERY_YEAR = "years"  # said by a notebook of no place that reads the years of all places


class Scope(StrEnum):
    """What one page of a notebook is about (范围): ``metadata.xuke.scope``."""

    YEAR = "year"  # one place and one year; the usual
    ALL = "all"  # all years of a place, or, without the parameter ``place``, all there is
    INTERACTIVE = "interactive"  # no page: it is used in JupyterLab


@dataclass(frozen=True)
class Notebook:
    """What a notebook declares.

    Attributes:
        path: the file.
        title: name of its pages (``metadata.xuke.title``).
        scope: what one page is about.
        defaults: its parameters with their defaults.
        public: whether it has an edition for the public (``metadata.xuke.public``).
        of_places: whether, being of no place, it reads the years of all (``metadata.xuke.reads``).
    """

    path: Path
    title: str
    scope: Scope
    defaults: dict[str, Any]
    of_places: bool = False
    public: bool = False

    @property
    def name(self) -> str:
        """Name of the file, without ending."""
        return self.path.stem

    @property
    def of_place(self) -> bool:
        """Whether each place has its own page."""
        return "place" in self.defaults


def read(path: Path) -> Notebook:
    """Read what a notebook declares.

    Raises:
        XukeError: there is no such notebook, it has not exactly one cell tagged ``parameters``, a
            parameter is not declared in ``publish.parameters``, or does not fit the scope.
    """
    if not path.is_file():
        known = "、".join(sorted(other.stem for other in path.parent.glob("*.ipynb")))
        raise XukeError(f"没有名为“{path.stem}”的笔记本:现有 {known}。")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        cells = [cell for cell in content["cells"] if cell["cell_type"] == "code"]
        meta = content["metadata"].get("xuke", {})
        title, scope = meta.get("title", path.stem), meta.get("scope", Scope.YEAR)
        of_places = meta.get("reads") == EVERY_YEAR
        public = meta.get("public") is True
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise XukeError(
            f"笔记本“{path.stem}”读不懂({error!r}):请用 JupyterLab 另存一次。"
        ) from error
    if scope not in set(Scope):
        raise XukeError(
            f"笔记本“{path.stem}”的 xuke.scope 写作“{scope}”:只能是 {'、'.join(Scope)}。"
        )
    if scope == Scope.INTERACTIVE:
        return Notebook(path, title, Scope.INTERACTIVE, {})
    made = Notebook(path, title, Scope(scope), _defaults(path.stem, cells), of_places, public)
    _refuse_misfit(made)
    return made


def of_pages(folder: Path) -> list[Notebook]:
    """Return the notebooks in a folder that make pages, by name.

    Raises:
        XukeError: one of them cannot be read; see ``read``.
    """
    found = map(read, sorted(folder.glob("*.ipynb")))
    return [notebook for notebook in found if notebook.scope is not Scope.INTERACTIVE]


def _defaults(name: str, cells: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the parameters of the tagged cell, each as declared."""
    where = f"笔记本“{name}”"
    tagged = [cell for cell in cells if TAG in _tags(cell)]
    if len(tagged) != 1:
        tags = sorted({tag for cell in cells for tag in _tags(cell) if tag != TAG})
        near = get_close_matches(TAG, tags, n=1)
        hint = f"标签“{near[0]}”应写作 {TAG}" if near and not tagged else "请改正单元格的标签"
        raise XukeError(
            f"{where}须有且只有一个标签为 {TAG} 的单元格(现有 {len(tagged)} 个):{hint}。"
        )
    source = tagged[0]["source"]
    given = assigned(source if isinstance(source, str) else "".join(source), where)
    return {key: declared(key, where).value(value) for key, value in given}


def _tags(cell: dict[str, Any]) -> list[str]:
    tags: list[str] = cell.get("metadata", {}).get("tags", [])
    return tags


def assigned(source: str, where: str) -> Iterator[tuple[str, Any]]:
    """Yield name and value of each line of a cell of parameters.

    Raises:
        XukeError: a line is something else than ``name = value``.
    """
    try:
        for line in ast.parse(source).body:
            match line:
                case ast.Assign(targets=[ast.Name(name)], value=value):
                    yield name, ast.literal_eval(value)
                case ast.AnnAssign(target=ast.Name(name), value=ast.expr() as value):
                    yield name, ast.literal_eval(value)
                case _:
                    raise ValueError(ast.unparse(line))
    except (ValueError, SyntaxError) as error:
        raise XukeError(
            f"{where}的参数单元格读不懂({error}):每行只能写作 名称 = 值,值为数字或文字。"
        ) from error


def _refuse_misfit(notebook: Notebook) -> None:
    """Refuse a notebook whose parameters do not fit its scope."""
    there = set(notebook.defaults)
    if notebook.defaults.get("audience") == PUBLIC:
        raise XukeError(
            f"笔记本“{notebook.name}”的默认读者范围是 {PUBLIC}:须为 {INTERNAL},公开版用 --audience {PUBLIC} 生成。"
        )
    if notebook.scope is Scope.YEAR:
        if lacking := [name for name in ("place", "year") if name not in there]:
            raise XukeError(
                f"笔记本“{notebook.name}”缺少参数 {'、'.join(lacking)}:"
                "每年一页的笔记本须在参数单元格中写明;不分年度的,把 xuke.scope 设为 all。"
            )
    elif "year" in there:
        raise XukeError(
            f"笔记本“{notebook.name}”不分年度(xuke.scope 为 all),不能有参数 year:请删去其一。"
        )
