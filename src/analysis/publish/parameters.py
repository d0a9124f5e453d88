"""Parameters of a notebook (参数): checked before any kernel starts.

papermill only warns about an unknown parameter and then publishes the notebook's default year.
"""

import ast
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from analysis.errors import XukeError

TAG = "parameters"


def declared(notebook: Path) -> dict[str, Any]:
    """Return the parameters that a notebook declares, with their defaults.

    Raises:
        XukeError: there is no notebook, or no cell tagged ``parameters``, or more than one.
    """
    import nbformat

    if not notebook.is_file():
        known = "、".join(sorted(path.stem for path in notebook.parent.glob("*.ipynb")))
        raise XukeError(f"没有名为“{notebook.stem}”的笔记本:现有 {known}。")
    cells = nbformat.read(notebook, as_version=4).cells
    tagged = [cell for cell in cells if TAG in cell.metadata.get("tags", [])]
    if len(tagged) != 1:
        raise XukeError(
            f"笔记本“{notebook.stem}”须有且只有一个标签为 {TAG} 的单元格(现有 {len(tagged)} 个):"
            "请在该单元格的标签中写明。"
        )
    assigned = [node for node in ast.parse(tagged[0].source).body if isinstance(node, ast.Assign)]
    return {
        target.id: ast.literal_eval(node.value)
        for node in assigned
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def checked(given: dict[str, str], notebook: Path) -> dict[str, Any]:
    """Return the given values in the types of the notebook's defaults.

    Raises:
        XukeError: a parameter that the notebook does not declare, or a value of another type.
    """
    known = declared(notebook)
    for name in given:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"是不是 {near[0]}?" if near else f"可用的有:{'、'.join(known)}。"
            raise XukeError(f"笔记本“{notebook.stem}”没有名为“{name}”的参数:{hint}")
    return {name: _typed(name, text, known[name]) for name, text in given.items()}


def _typed(name: str, text: str, default: Any) -> Any:
    if isinstance(default, str) or default is None:
        return text
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        value = None
    if type(value) is not type(default):
        raise XukeError(f"参数 {name} 的值“{text}”不对:应与默认值 {default!r} 同类。")
    return value
