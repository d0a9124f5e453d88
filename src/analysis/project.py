"""Where the project's folders are."""

import os
from pathlib import Path

from analysis.errors import XukeError

DATA_VARIABLE = "XUKE_DATA"  # set by the runner for the kernels it starts


def data_dir() -> Path:
    """Return the folder that holds ``places.toml``.

    It is the one the runner names, else ``data/`` in the working directory or the nearest folder
    above it, else ``data/`` of the checkout that this package is installed from.

    Raises:
        XukeError: there is none.
    """
    named = os.environ.get(DATA_VARIABLE)
    if named:
        return require_data(Path(named))
    here = Path.cwd()
    for root in (here, *here.parents, Path(__file__).parents[2]):
        if (root / "data" / "places.toml").is_file():
            return root / "data"
    raise XukeError(
        "找不到数据文件夹:请在项目文件夹内运行,或用 --data 指明含 places.toml 的文件夹。"
    )


def require_data(folder: Path) -> Path:
    """Return ``folder`` as an absolute path if it holds ``places.toml``.

    Raises:
        XukeError: it does not.
    """
    if not (folder / "places.toml").is_file():
        raise XukeError(f"“{folder}”不是数据文件夹:里面没有 places.toml。")
    return folder.resolve()
