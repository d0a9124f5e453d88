"""The fork server (预备进程): it has imported what workers need, and each worker is a copy of it.

Importing takes longer than most pages do. But a copy has one thread only: what another thread held at
that moment (a lock of Arrow's memory, of DuckDB's) nobody would ever let go. So the server keeps
itself to one thread, looks before each fork whether that is so, and refuses where it is not; then a
worker is started like any other program.
"""

import gc
import json
import os
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any, TextIO

from analysis.report.palette import SHAPE

COMMAND = [sys.executable, "-P", "-m", "analysis.publish.forkserver"]
# What pages, figures and the index import; one that is forgotten is imported by each of them.
NEEDED = (
    "analysis.publish.worker",
    "analysis.publish.execute",
    "analysis.publish.page",
    "analysis.publish.products",
    "analysis.publish.index",
    "analysis.check",
    "analysis.report.edition",
    "analysis.report.editions",
    "analysis.report.integrity",
    "analysis.report.problems.sections",
    "ibis.backends.duckdb",
    "ipykernel.kernelapp",
    "matplotlib.backends.backend_agg",
    "pyarrow.parquet",
)
# Threads that libraries start when they are imported, and what keeps them from it. One thread of
# BLAS a process is right beside others anyway, and gives the same last bits everywhere.
ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}
# The look of charts is ours and not the user's; matplotlib reads this when it is imported.
DRAWING = {"MATPLOTLIBRC": str(SHAPE), "MPLBACKEND": "agg"}
LONGEST = 1 << 16  # bytes of a message
READY = b"ready"
REFUSED = 0


class Forked:
    """A worker that was forked, as far as a pool needs it; see ``subprocess.Popen``."""

    def __init__(self, server: "ForkServer", pid: int, stdin: TextIO, stdout: TextIO):
        """Know a worker by its number and the ends of its pipes."""
        self._server, self.pid, self.stdin, self.stdout = server, pid, stdin, stdout

    def wait(self) -> None:
        """Wait for its end; until then nobody else gets its number."""
        self._server.ask({"wait": self.pid})


class ForkServer:
    """The runner's end: starts the server with the first worker, and asks it for each."""

    def __init__(self, environment: Mapping[str, str]):
        """Have workers of this environment; there is nothing to have outside Linux."""
        self._environment = environment
        self._channel: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._usable = sys.platform == "linux"
        self._lock = Lock()

    def worker(self, log: int, scratch: Path) -> Forked | None:
        """Return a new worker in a process group of its own; None where it cannot be forked."""
        read, stdin = os.pipe()
        stdout, write = os.pipe()
        try:
            pid = self.ask({"scratch": str(scratch)}, [read, write, log])
        finally:
            os.close(read)
            os.close(write)
        streams = os.fdopen(stdin, "w", encoding="utf-8"), os.fdopen(stdout, encoding="utf-8")
        if pid == REFUSED:
            for stream in streams:
                stream.close()
            return None
        return Forked(self, pid, *streams)

    def ask(self, what: dict[str, Any], fds: list[int] | None = None) -> int:
        """Return the server's answer; ``REFUSED`` from then on where there is no server any more."""
        with self._lock:
            try:
                channel = self._connected()
                if channel is None:
                    return REFUSED
                socket.send_fds(channel, [json.dumps(what).encode()], fds or [])
                return int(channel.recv(LONGEST))
            except (OSError, ValueError):  # it was killed
                self._usable = False
                return REFUSED

    def close(self) -> None:
        """Stop the server; the workers are stopped by who asked for them."""
        self._usable = False
        if self._process:
            self._process.kill()
            self._process.wait()

    def _connected(self) -> socket.socket | None:
        if self._channel is None and self._usable:
            self._channel, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with other:
                self._process = subprocess.Popen(
                    [*COMMAND, str(other.fileno())],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env=self._environment,
                    pass_fds=[other.fileno()],
                    start_new_session=True,
                )
            self._usable = self._channel.recv(LONGEST) == READY
        return self._channel if self._usable else None


def serve(channel: socket.socket) -> None:
    """Fork a worker for each one that is asked for, until nobody is there to ask."""
    channel.send(READY)
    while True:
        asked, fds, _, _ = socket.recv_fds(channel, LONGEST, 3)
        if not asked:
            return
        what = json.loads(asked)
        if "wait" in what:
            answer = os.waitpid(what["wait"], 0)[0]
        else:
            answer = _forked(channel, fds, what["scratch"])
        for fd in fds:
            os.close(fd)
        channel.send(str(answer).encode())


def _forked(channel: socket.socket, fds: list[int], scratch: str) -> int:
    """Return the number of a new worker; ``REFUSED`` if a copy would not be whole."""
    if len(list(Path("/proc/self/task").iterdir())) > 1:
        return REFUSED
    try:
        pid = os.fork()
    except OSError:  # no memory, or too many processes
        return REFUSED
    if pid == 0:
        with ending():
            channel.close()
            _become_worker(fds, scratch)
    return pid


def _become_worker(fds: list[int], scratch: str) -> None:
    from analysis.publish.worker import main

    os.setsid()
    for own, fd in enumerate(fds):
        os.dup2(fd, own)
        os.close(fd)
    os.environ["TMPDIR"] = scratch
    tempfile.tempdir = None  # it may have been looked up already
    main(forked=True)


@contextmanager
def ending() -> Iterator[None]:
    """Let a copy go at the end of the block, whatever happened: it must not go on as what it copies."""
    code = 1
    try:
        yield
        code = 0
    except Exception:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)


def call_it(name: str) -> None:
    """Give this process a name of its own, for who looks at what runs."""
    with suppress(OSError):
        Path("/proc/self/comm").write_text(name, encoding="ascii")


@contextmanager
def _ended_by_the_end_of(channel: socket.socket) -> Iterator[None]:
    """Let a signal end this process when the runner is gone, while nobody listens to the channel."""
    import fcntl

    flags = fcntl.fcntl(channel, fcntl.F_GETFL)
    fcntl.fcntl(channel, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(channel, fcntl.F_SETFL, flags | os.O_ASYNC)
    with suppress(BlockingIOError):
        if not channel.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT):
            sys.exit()  # it was gone before
    yield
    fcntl.fcntl(channel, fcntl.F_SETFL, flags)


def _import() -> None:
    """Import what is needed, and have no other thread afterwards."""
    sys.modules["polars"] = None  # type: ignore[assignment] # statsmodels has it start threads, and uses none
    for name in NEEDED:
        import_module(name)
    del sys.modules["polars"]
    import duckdb

    duckdb.execute("SET threads = 1")  # of the connection that it opens when it is imported
    duckdb.close()
    gc.collect()
    gc.freeze()  # a collection would write to every page of memory that is shared


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as _channel:
        with _ended_by_the_end_of(_channel):
            _import()
        serve(_channel)
