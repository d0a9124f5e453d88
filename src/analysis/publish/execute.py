"""Executing a notebook (执行) with papermill, in a kernel of this interpreter."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from analysis.errors import XukeError
from analysis.project import DATA_VARIABLE


def execute(notebook: Path, parameters: dict[str, Any], data: Path) -> Any:
    """Run a notebook and return it executed; the file itself is not changed.

    Raises:
        XukeError: a cell failed; names the cell and, in Chinese, the error.
    """
    import papermill
    from papermill.exceptions import PapermillExecutionError
    from traitlets.config import Config

    with TemporaryDirectory(prefix="xuke-") as scratch, _kernel_environment(data):
        try:
            return papermill.execute_notebook(
                str(notebook),
                str(Path(scratch) / notebook.name),
                parameters=parameters,
                kernel_name="python3",
                progress_bar=False,
                cwd=scratch,
                config=Config(KernelManager={"transport": TRANSPORT}),
            )
        except PapermillExecutionError as error:
            said = (
                error.evalue
                if error.ename == XukeError.__name__
                else f"{error.ename}: {error.evalue}"
            )
            raise XukeError(
                f"笔记本“{notebook.stem}”第 {error.cell_index + 1} 格出错:{said}"
            ) from error


# Sockets that nobody else on the machine can reach; Windows has none.
TRANSPORT = "tcp" if os.name == "nt" else "ipc"


@contextmanager
def _kernel_environment(data: Path) -> Iterator[None]:
    """Tell the kernel where the data are, without writing a path into the notebook."""
    before = os.environ.get(DATA_VARIABLE)
    os.environ[DATA_VARIABLE] = str(data)
    try:
        yield
    finally:
        if before is None:
            del os.environ[DATA_VARIABLE]
        else:
            os.environ[DATA_VARIABLE] = before
