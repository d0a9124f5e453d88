"""A Spark cluster of the tests' own: a master and two workers on this machine's loopback."""

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

HOW_TO_GET = (
    "install Java 17 or newer (Debian: apt-get install openjdk-17-jre-headless) and xuke[spark]"
)
OLDEST_JAVA = 17
LOOPBACK = "127.0.0.1"
WAIT = 90  # seconds for master and workers to find each other
WORKERS = 2
MASTER = "org.apache.spark.deploy.master.Master"
WORKER = "org.apache.spark.deploy.worker.Worker"
SETTINGS = {
    "spark.executor.memory": "512m",
    "spark.executor.cores": "1",
    "spark.sql.shuffle.partitions": "2",
    "spark.default.parallelism": "2",
    "spark.ui.enabled": "false",
    "spark.driver.host": LOOPBACK,
    # Queries of a few rows: planning and compiling them anew takes longer than running them.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
}


@dataclass(frozen=True)
class Cluster:
    """A running cluster.

    Attributes:
        master: its address, as Spark writes it.
        workers: the processes of its workers.
        folder: where they keep their files; the executors are told apart by it.
    """

    master: str
    workers: list["subprocess.Popen[bytes]"]
    folder: Path

    @property
    def url(self) -> str:
        """The address for ``--engine``."""
        return f"{self.master}?{'&'.join(f'{name}={value}' for name, value in SETTINGS.items())}"


def available() -> bool:
    """Tell whether a cluster can be started."""
    return os.name == "posix" and find_spec("pyspark") is not None and _java() >= OLDEST_JAVA


def _java() -> int:
    """Return which Java there is; 0 for none."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=f"{home}/bin" if home else None)
    if java is None:
        return 0
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    return int(found.group(1)) if found else 0


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Run a master and its workers."""
    folder = Path(tempfile.mkdtemp(prefix="xuke-spark-"))
    processes: list[subprocess.Popen[bytes]] = []
    try:
        processes.append(_start(folder, "master", MASTER, "--host", LOOPBACK, "--port", "0"))
        master = _said(folder / "master.log", r"Starting Spark master at (spark://\S+)")
        for n in range(WORKERS):
            own = ("--cores", "1", "--memory", "1g", "--work-dir", folder / f"work-{n}", master)
            processes.append(_start(folder, f"worker-{n}", WORKER, "--host", LOOPBACK, *own))
        for n in range(WORKERS):
            _said(folder / f"worker-{n}.log", r"(Successfully registered) with master")
        yield Cluster(master, processes[1:], folder)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(WAIT)
        shutil.rmtree(folder, ignore_errors=True)


def _start(folder: Path, name: str, main: str, *given: str | Path) -> "subprocess.Popen[bytes]":
    import pyspark

    home = Path(pyspark.__file__).parent
    env = os.environ | {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": LOOPBACK,
        "SPARK_LOG_DIR": str(folder),
        "SPARK_DAEMON_MEMORY": "256m",
    }
    command = [home / "bin" / "spark-class", main, "--webui-port", "0", *given]
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=env, cwd=folder)


def _said(log: Path, pattern: str) -> str:
    """Wait until a process says something, and return it."""
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        if found := re.search(pattern, log.read_text(errors="replace")):
            return found.group(1)
        time.sleep(0.1)
    raise TimeoutError(log.read_text(errors="replace"))
