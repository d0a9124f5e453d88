"""The pool (进程池): files made at the same time, each in a process group of its own.

A group is stopped as a whole: the page's process, its kernel, and whatever these have started.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Lock, Timer
from typing import Any

from analysis.publish.forkserver import DRAWING, ONE_THREAD, Forked, ForkServer
from analysis.publish.task import Task

# -P: what lies in the folder that a user happens to be in is not imported.
COMMAND = [sys.executable, "-P", "-m", "analysis.publish.worker"]
OWN_GROUP: dict[str, Any]
if sys.platform == "win32":
    OWN_GROUP = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
else:
    OWN_GROUP = {"start_new_session": True}
Process = subprocess.Popen[str] | Forked
WORK = ".work"  # below the reports: what is not finished


@dataclass(frozen=True)
class News:
    """What is heard of a task.

    Attributes:
        task: of which.
        cells: number of cells done, and of all; while it runs.
        made: what its process says of the file, when it is done.
        failed: why there is none, in Chinese.
        seconds: how long it took.
    """

    task: Task
    cells: tuple[int, int] | None = None
    made: dict[str, Any] = field(default_factory=dict)
    failed: str = ""
    seconds: float = 0.0


class Pool:
    """Runs tasks; leaving its context stops what still runs."""

    def __init__(self, reports: Path, data: Path, *, jobs: int, limit: float):
        """Run ``jobs`` at a time, each for ``limit`` seconds at most."""
        self._reports, self._data, self._limit = reports, data, limit
        self._news: SimpleQueue[News] = SimpleQueue()
        self._threads = ThreadPoolExecutor(jobs)
        self._running: set[Process] = set()
        # What an engine spills goes with the scratch folder, however a process ends.
        self._environment = os.environ | {"PYTHONIOENCODING": "utf-8", **ONE_THREAD}
        self._server = ForkServer(self._environment | DRAWING)
        self._lock = Lock()
        self._stopped = Event()

    def __enter__(self) -> "Pool":
        """Return the pool."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop everything."""
        self._stopped.set()
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._server.close()
        with self._lock:
            for process in self._running:
                _kill(process)
        self._threads.shutdown()

    def run(self, tasks: list[Task]) -> Iterator[News]:
        """Yield news until all tasks are done or have failed."""
        waiting = {task.file: self._threads.submit(self._run, task) for task in tasks}
        while waiting:
            news = self._news.get()
            if not news.cells:
                done: Future[None] = waiting.pop(news.task.file)
                done.result()
            yield news

    def draft(self, task: Task) -> Path:
        """Return where a task's file is made."""
        return self._reports / WORK / task.file

    def _run(self, task: Task) -> None:
        # Sockets need a short path, so this is not below the reports.
        begun = time.monotonic()
        try:
            with tempfile.TemporaryDirectory(prefix="xuke-", ignore_cleanup_errors=True) as scratch:
                news = self._outcome(task, Path(scratch))
        except Exception as error:
            news = News(task, failed=f"工作进程无法启动({error}):请检查磁盘空间、权限和内存。")
        self._news.put(replace(news, seconds=round(time.monotonic() - begun, 2)))

    def _outcome(self, task: Task, scratch: Path) -> News:
        draft = self.draft(task)
        draft.parent.mkdir(parents=True, exist_ok=True)
        with draft.with_suffix(".log").open("w+", encoding="utf-8", errors="replace") as log:
            process = self._start(log, scratch)
            timer = Timer(self._limit, _kill, [process])
            timer.start()
            try:
                last = self._listen(task, process, self._asked(task, draft, scratch))
            finally:
                timed_out = not timer.is_alive()
                timer.cancel()
                timer.join()
                with self._lock:
                    _kill(process)  # whatever of its group is left, before its number is free
                    self._running.discard(process)
                process.wait()
        if "made" in last:
            return News(task, made=last["made"])
        if "failed" in last:
            return News(task, failed=last["failed"])
        at = f"(停在第 {last['cells'][0] + 1} 格)" if "cells" in last else ""
        if timed_out:
            return News(
                task,
                failed=f"{self._limit:g} 秒内没有做完,已停止{at}:请检查笔记本,或用 --timeout 放宽。",
            )
        return News(task, failed=f"工作进程意外终止{at}:可能是内存不足,请用 --jobs 1 重试。")

    def _start(self, log: Any, scratch: Path) -> "Process":
        """Start a worker: forked from what has imported all it needs, where that is possible."""
        if self._stopped.is_set():
            raise RuntimeError("已经中断")
        process = self._server.worker(log.fileno(), scratch) or self._program(log, scratch)
        with self._lock:
            self._running.add(process)
            if self._stopped.is_set():  # too late to be killed with the others
                _kill(process)
        return process

    def _program(self, log: Any, scratch: Path) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            encoding="utf-8",
            env=self._environment | {"TMPDIR": str(scratch)},
            **OWN_GROUP,
        )

    def _asked(self, task: Task, draft: Path, scratch: Path) -> str:
        asked = {
            "kind": task.kind,
            "folder": task.folder,
            "notebook": str(task.notebook),
            "parameters": task.parameters,
            "title": task.title,
            "place": task.place.name if task.place else "",
            "label": task.label,
            "data": str(self._data),
            "reports": str(self._reports),
            "draft": str(draft),
            "scratch": str(scratch),
        }
        return json.dumps(asked) + "\n"

    def _listen(self, task: Task, process: Process, asked: str) -> dict[str, Any]:
        """Hand over what is to be made, pass on how far it is, and return the last that is heard."""
        assert process.stdin
        assert process.stdout
        last: dict[str, Any] = {}
        with suppress(BrokenPipeError):  # it is dead already: there will be no answer
            process.stdin.write(asked)
            process.stdin.flush()
        for line in process.stdout:
            if not line.endswith("\n"):
                break  # it was killed while it spoke
            last = json.loads(line)
            if "cells" in last:
                self._news.put(News(task, cells=tuple(last["cells"])))
        return last


def _kill(process: Process) -> None:
    """Kill a process with its whole group; the group may outlive the process that it is named by."""
    with suppress(ProcessLookupError, PermissionError):
        if isinstance(process, subprocess.Popen) and sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
