"""Many kills at random moments: of the runner, of a kernel, of a worker (marked ``slow``)."""

import os
import random
import time
from pathlib import Path

import pytest

from tests.faults.test_faults import (
    KERNEL,
    WORKER,
    kill_runner_after,
    linux,
    made,
    next_run_is_right,
    none_left,
    project,
    slow,
    whole_pages,
)
from tests.publish.project import Project, kill, marked, processes

__all__ = ["linux", "made", "project", "slow"]  # fixtures
KILLS = int(os.environ.get("XUKE_KILLS", "60"))

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("linux")]


def test_kills_at_random_moments(slow: Project) -> None:
    """After each kill every page is whole; after every tenth a run makes everything right."""
    old, chance, victims = slow.published(), random.Random(), ("runner", WORKER, KERNEL)
    for number in range(KILLS):
        victim, moment = victims[number % 3], chance.uniform(0.2, 4.5)
        print(f"kill {number + 1}: {victim} after {moment:.2f} s")
        if victim == "runner":
            kill_runner_after(slow, moment, old)
        else:
            kill_one_after(slow, victim, moment, old)
        if number % 10 == 9:
            assert next_run_is_right(slow)
            Path(slow.reports / "t/2022/page.html").write_bytes(old["t/2022/page.html"])


def kill_one_after(project: Project, command: str, seconds: float, old: dict[str, bytes]) -> None:
    """Kill one process of a run, if such a one is there then; the run ends by itself."""
    mark = f"one-{os.getpid()}-{time.monotonic_ns()}"
    run = project.start("2022", env=marked(mark))
    time.sleep(seconds)
    for pid in [pid for pid, words in processes(mark).items() if command in words][:1]:
        kill(pid)
    run.communicate(timeout=120)
    assert run.returncode in (0, 1)
    assert none_left(mark) == {}
    assert whole_pages(project, old)
