"""A Spark cluster that loses all its workers, or has none: one Chinese sentence, and an end."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.components import need
from tests.engines import spark
from tests.engines.small import write_project

IMPATIENT = """
import sys
from analysis.engines import attending
attending.LOST, attending.NONE_YET = 3, float(sys.argv.pop(1))
from analysis.cli import main
main()
"""
SAID = "Spark 的工作节点都没有了(或一直没有分到),没有结果"


@pytest.fixture(scope="module")
def own_cluster() -> Iterator[spark.Cluster]:
    """Return a cluster that no other test needs: its workers will be dead."""
    need("Spark", spark.available(), spark.HOW_TO_GET)
    with pytest.MonkeyPatch.context() as patch, spark.cluster() as running:
        patch.setenv("SPARK_LOCAL_IP", spark.LOOPBACK)
        yield running


def figures(data: Path, url: str, patience: int) -> "subprocess.Popen[str]":
    """Start ``xuke figures`` with less patience than a user needs."""
    words = [str(patience), "figures", "2022", "--data", str(data), "--engine", url]
    return subprocess.Popen(
        [sys.executable, "-c", IMPATIENT, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def assert_told(run: "subprocess.Popen[str]") -> None:
    """It ends by itself with one sentence."""
    found, told = run.communicate(timeout=120)
    assert (run.returncode, found) == (1, "")
    assert SAID in told
    assert "Traceback" not in told


def test_all_workers_killed_under_way(own_cluster: spark.Cluster, tmp_path: Path) -> None:
    write_project(tmp_path)
    run = figures(tmp_path, own_cluster.url, 120)
    while not computing(own_cluster.folder):
        assert run.poll() is None, run.communicate()
        time.sleep(0.05)
    for worker in own_cluster.workers:
        spark.kill(worker)
    assert_told(run)


def computing(folder: Path) -> bool:
    """Tell whether a worker has begun with a part of a query."""
    logs = folder.glob("work-*/app-*/*/stderr")
    return any("Running task" in log.read_text(errors="replace") for log in logs)


def test_no_worker_at_all(own_cluster: spark.Cluster, tmp_path: Path) -> None:
    """The ones that there were are dead by now."""
    for worker in own_cluster.workers:
        spark.kill(worker)
    write_project(tmp_path)
    assert_told(figures(tmp_path, own_cluster.url, 3))
