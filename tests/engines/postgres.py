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


@contextmanager
def server() -> Iterator[dict[str, str]]:
    """Run a server; yield what ``ibis.postgres.connect`` needs to reach it."""
    programs, owner = binaries(), _owner()
    assert programs is not None
    # pytest's folders are closed to others, and a socket's path must be short.
    folder = Path(tempfile.mkdtemp(prefix="xuke-pg-"))
    if owner:
        os.chown(folder, owner["user"], owner["group"])
    run = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT, **owner}
    data = folder / "data"
    process = None
    try:
        made = [programs / "initdb", "-D", data, "-U", ROLE, "--auth=trust", "--encoding=UTF8"]
        subprocess.run([*made, "--locale=C", "--no-sync"], check=True, **run)
        options = [f"--{setting}" for setting in (*FAST, "listen_addresses=")]
        process = subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", folder, *options], **run
        )
        where = {"host": str(folder), "user": ROLE, "database": "postgres"}
        _wait(process, where)
        yield where
    finally:
        if process is not None:
            process.send_signal(signal.SIGINT)  # at once, whoever is still connected
            process.wait(WAIT)
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
