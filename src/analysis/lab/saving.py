"""How notebooks are saved (保存): those of the project without outputs, one's own as they are.

Outputs hold small numbers that must not be published, and would make every look a change in git.
"""

import subprocess
from pathlib import Path
from typing import Any

OWN = "own"  # folder of the analyst's own notebooks: no run and no git looks into it
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def without_outputs(model: dict[str, Any], path: str, **_: Any) -> None:
    """Strip a notebook of the project before it is written (JupyterLab's ``pre_save_hook``).

    Args:
        model: what is to be written.
        path: where, below the folder of the notebooks; what lies in folders is the analyst's own.
    """
    if model.get("type") == "notebook" and "/" not in path.strip("/"):
        strip(model["content"])


def strip(notebook: dict[str, Any]) -> None:
    """Take out outputs and counts, and what the frontend notes down; as they are in git."""
    notebook["metadata"]["kernelspec"] = dict(KERNEL)
    notebook["metadata"]["language_info"] = {"name": "python"}
    notebook["metadata"].pop("widgets", None)
    for cell in notebook["cells"]:
        cell["metadata"].pop("trusted", None)
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None


def changed(notebooks: Path) -> list[str]:
    """Return the notebooks of the project that differ from the ones in git; none without git."""
    asked = [
        "git",
        "-C",
        str(notebooks),
        "status",
        "--porcelain",
        "--untracked-files=no",
        "--",
        ".",
    ]
    try:
        told = subprocess.run(asked, capture_output=True, check=True, encoding="utf-8").stdout
    except (OSError, subprocess.CalledProcessError):
        return []
    names = [Path(line[3:].strip('"')) for line in told.splitlines()]
    return [name.name for name in names if name.suffix == ".ipynb"]
