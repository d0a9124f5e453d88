"""Executing a notebook (执行) with papermill, in a kernel of this interpreter."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import papermill
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, papermill_engines
from papermill.exceptions import PapermillExecutionError

from analysis.errors import XukeError
from analysis.publish.kernel import Kernel, Launch, environment, start

Progress = Callable[[int, int], None]
MOST_OUTPUT = 20_000_000  # characters; a page has some 400,000
OUTPUT_ARRIVES = 600  # seconds; on a busy machine much output comes long after its cell has ended
ENGINE = "xuke"


class Client(PapermillNotebookClient):  # type: ignore[misc]
    """papermill's client; it stops at a flood of output and does not keep it."""

    def __init__(self, *words: Any, **named: Any):
        """See ``PapermillNotebookClient``."""
        super().__init__(*words, **named)
        self.shown = 0

    def process_message(self, msg: Any, cell: NotebookNode, cell_index: int) -> Any:
        """Keep an output, unless there has been too much."""
        self.shown += _size(msg["content"])
        if self.shown > MOST_OUTPUT and msg["msg_type"] != "status":
            return None
        return super().process_message(msg, cell, cell_index)


class OwnEngine(Engine):  # type: ignore[misc]
    """papermill's way of running a notebook, in a kernel that we start."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        folder: Path,
        data: Path,
        say: Progress,
        launch: Launch,
        **_: Any,
    ) -> None:
        """Run all cells; files of the kernel lie in ``folder``."""
        cells = len(nb_man.nb.cells)

        def done(*, cell: NotebookNode, cell_index: int, **_: Any) -> None:
            if client.shown > MOST_OUTPUT:
                raise XukeError(
                    f"笔记本{_where(nb_man.nb.cells, cell_index)}输出太多"
                    f"(超过 {MOST_OUTPUT // 10_000:,} 万字):请只输出读者要看的表和图。"
                )
            say(cell_index + 1, cells)

        client = Client(
            nb_man,
            km=Kernel.at(folder, launch),
            timeout=None,  # the runner stops the page as a whole
            iopub_timeout=OUTPUT_ARRIVES,
            shutdown_kernel="immediate",
            on_cell_executed=done,
        )
        try:
            client.execute(env=environment(data, folder), cwd=str(folder), cleanup_kc=True)
        except RuntimeError as error:  # nbclient's DeadKernelError, or Jupyter's before any cell
            at = max((i for i, cell in enumerate(nb_man.nb.cells) if _begun(cell)), default=0)
            raise XukeError(
                f"笔记本{_where(nb_man.nb.cells, at)}执行时内核意外终止:可能是内存不足,请减少同时生成的页面(--jobs 1)后重试。"
            ) from error


papermill_engines.register(ENGINE, OwnEngine)


def execute(
    notebook: Path,
    parameters: dict[str, Any],
    *,
    data: Path,
    folder: Path,
    executed: Path,
    say: Progress,
    launch: Launch = start,
) -> NotebookNode:
    """Run a notebook and return it executed; the file itself is not changed.

    Args:
        notebook: the notebook.
        parameters: its parameters, checked.
        data: the data folder, for the kernel.
        folder: an empty folder for the kernel's files; with a short path.
        executed: where the notebook is kept as far as it has been executed.
        say: is told after each cell how many of how many there are.
        launch: starts the kernel.

    Raises:
        XukeError: a cell failed, wrote too much, or the kernel died; names the cell and the error.
    """
    try:
        return papermill.execute_notebook(
            notebook,
            executed,
            parameters=parameters,
            engine_name=ENGINE,
            kernel_name="python3",
            language="python",
            progress_bar=False,
            folder=folder,
            data=data,
            say=say,
            launch=launch,
        )
    except PapermillExecutionError as error:
        own = error.ename == XukeError.__name__
        said = error.evalue if own else f"{error.ename}: {error.evalue}"
        cells = papermill.iorw.load_notebook_node(str(executed)).cells
        at = next(i for i, cell in enumerate(cells) if cell.get("source") == error.source)
        raise XukeError(f"笔记本{_where(cells, at)}出错:{said}") from error


def _where(cells: list[NotebookNode], index: int) -> str:
    """Say which cell of the notebook it was, counting only cells that its author wrote."""
    added = {"injected-parameters", "papermill-error-cell-tag"}
    own = [cell for cell in cells[: index + 1] if not added & set(cell.metadata.get("tags", ()))]
    first = cells[index].source.strip().partition("\n")[0]
    return f"第 {len(own)} 格“{first[:40]}”"


def _begun(cell: NotebookNode) -> bool:
    return cell.metadata.get("papermill", {}).get("start_time") is not None


def _size(content: dict[str, Any]) -> int:
    parts = [content.get("text", ""), *content.get("data", {}).values()]
    return sum(len(part) for part in parts if isinstance(part, str))
