"""A PostgreSQL server of the tests' own: a new one in a temporary folder, on a socket, no network."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

DEBIAN = Path("/usr/lib/postgresql")  # Debian keeps the server's programs off the PATH
HOW_TO_GET = "install PostgreSQL (Debian: apt-get install postgresql) and xuke[postgres]"
OWNERS = ("postgres", "nobody")  # whom root lets run the server, which refuses to run as root
ROLE = "xuke"
WAIT = 60  # seconds for the server to answer
FAST = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "shared_buffers=32MB",
    "jit=off",
)


def binaries() -> Path | None:
    """Return the folder of ``initdb`` and ``postgres``, the newest there is."""
    versions = sorted(DEBIAN.glob("[0-9]*/bin"), key=lambda at: int(at.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    folders = [*versions, *([Path(on_path).resolve().parent] if on_path else [])]
    return next(
        (at for at in folders if (at / "initdb").exists() and (at / "postgres").exists()), None
    )


def available() -> bool:
    """Tell whether a server can be started and talked to; it needs Unix sockets."""
    return os.name == "posix" and binaries() is not None and find_spec("psycopg") is not None


def _owner() -> dict[str, Any]:
    """Return how to run as somebody else where the tests run as root."""
    if os.geteuid() != 0:
        return {}
    import pwd

    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    owner = next(known[name] for name in OWNERS if name in known)
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


class Server:
    """One server, which may be stopped and started again.

    Attributes:
        where: what ``ibis.postgres.connect`` needs to reach it.
    """

    def __init__(self, folder: Path):
        """Make a new server in an empty folder, and start it."""
        programs, owner = binaries(), _owner()
        assert programs is not None
        self._folder, self._programs = folder, programs
        self._run = {
            "cwd": folder,
            "stdout": subprocess.DEVNULL,
            "stderr": subprocess.STDOUT,
            **owner,
        }
        self.where = {"host": str(folder), "user": ROLE, "database": "postgres"}
        if owner:
            os.chown(folder, owner["user"], owner["group"])
        made = [programs / "initdb", "-D", folder / "data", "-U", ROLE, "--auth=trust"]
        options = ["--encoding=UTF8", "--locale=C", "--no-sync"]
        subprocess.run([*made, *options], check=True, **self._run)
        self.start()

    @property
    def url(self) -> str:
        """The address for ``--engine``."""
        return f"postgres://{ROLE}@/postgres?host={self.where['host']}"

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        options = [f"--{setting}" for setting in (*FAST, "listen_addresses=")]
        self._process = subprocess.Popen(
            [
                self._programs / "postgres",
                "-D",
                self._folder / "data",
                "-k",
                self._folder,
                *options,
            ],
            **self._run,
        )
        _wait(self._process, self.where)

    def stop(self) -> None:
        """Stop the server at once, whoever is still connected."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(WAIT)


@contextmanager
def server() -> Iterator[Server]:
    """Run a server."""
    # pytest's folders are closed to others, and a socket's path must be short.
    folder = Path(tempfile.mkdtemp(prefix="xuke-pg-"))
    try:
        running = Server(folder)
        try:
            yield running
        finally:
            running.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(process: subprocess.Popen[bytes], where: dict[str, str]) -> None:
    import psycopg

    until = time.monotonic() + WAIT
    while True:
        try:
            psycopg.connect(host=where["host"], user=ROLE, dbname=where["database"]).close()
            return
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.1)
