"""Where the project's folders are: data, notebooks, reports."""

import os
from pathlib import Path

from analysis.errors import XukeError

DATA_VARIABLE = "XUKE_DATA"  # set by the runner for the kernels it starts


def root() -> Path:
    """Return the project folder, which holds ``data/places.toml`` and ``notebooks/``.

    It is the working directory or the nearest folder above it, else the checkout that this package
    is installed from.

    Raises:
        XukeError: there is none.
    """
    here = Path.cwd()
    for folder in (here, *here.parents, Path(__file__).parents[2]):
        if (folder / "data" / "places.toml").is_file():
            return folder
    raise XukeError("找不到项目文件夹:请在项目文件夹内运行,或用 --data 指明数据文件夹。")


def data_dir() -> Path:
    """Return the data folder: the one that the runner names, else the project's.

    Raises:
        XukeError: there is none.
    """
    named = os.environ.get(DATA_VARIABLE)
    return require_data(Path(named) if named else root() / "data")


def require_data(folder: Path) -> Path:
    """Return ``folder`` as an absolute path if it holds ``places.toml``.

    Raises:
        XukeError: it does not.
    """
    if not (folder / "places.toml").is_file():
        raise XukeError(f"“{folder}”不是数据文件夹:里面没有 places.toml。")
    return folder.resolve()
