"""What the benchmarks share: commands timed in turns, and a section of ``results.md`` for each.

A benchmark is a file beside this one that ``make bench`` runs without arguments. It checks that both
sides come to the same, times them with ``interleaved``, and hands its table to ``write_section``.
"""

import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build"  # where benchmarks make their files; ignored by git
PROFILE = "### Where the time goes"
RESULTS = Path(__file__).with_name("results.md")
ROUNDS = 5
# Every process finds its modules compiled, as after any installation: where the environment forbids to
# write bytecode, each would compile all that it imports anew, Ibis for a second and Polars for none.
COMPILED = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(BUILD / "bytecode")}
Command = Sequence[str | Path]


LAUNCH = """
import os, subprocess, sys, time
begun = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(time.perf_counter() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
sys.exit(status != 0)
"""


class Took(NamedTuple):
    """What a command took once: seconds, processor seconds, and peak memory in MB."""

    seconds: float
    cpu: float
    peak: int


@dataclass(frozen=True)
class Measured:
    """What one command took, round by round.

    Attributes:
        seconds: wall-clock seconds of each round.
        peak: most memory that one of its processes held in any round, in MB.
        cpu: processor seconds of each round, of all its processes.
    """

    seconds: tuple[float, ...]
    peak: int
    cpu: tuple[float, ...] = ()

    @property
    def median(self) -> float:
        """Median of the seconds."""
        return statistics.median(self.seconds)

    @property
    def median_cpu(self) -> float:
        """Median of the processor's seconds; what else the machine does matters less to them."""
        return statistics.median(self.cpu)

    @property
    def rounds(self) -> int:
        """How often it was run."""
        return len(self.seconds)

    @property
    def spread(self) -> str:
        """Least and most seconds, as printed."""
        return f"{min(self.seconds):.1f}-{max(self.seconds):.1f} s"


def interleaved(
    commands: Mapping[str, Command],
    *,
    rounds: int = ROUNDS,
    env: Mapping[str, str] | None = None,
) -> dict[str, Measured]:
    """Run commands in turns, so that what else the machine does falls on all of them.

    Args:
        commands: by name; a process is started anew for each round.
        rounds: how often each is run; every second round begins with the last.
        env: more environment.

    Raises:
        SystemExit: a command failed; with what it said.
    """
    rows: dict[str, list[Took]] = {name: [] for name in commands}
    for n in range(rounds):
        order = list(commands) if n % 2 == 0 else list(reversed(commands))
        for name in order:
            took = timed(commands[name], env=env)
            rows[name].append(took)
            said = f"{took.seconds:.2f} s, {took.cpu:.2f} s of processor, {took.peak} MB"
            print(f"{name}, round {n + 1}: {said}", file=sys.stderr, flush=True)
    return {name: measured(each) for name, each in rows.items()}


def measured(rounds: Sequence[Took]) -> Measured:
    """Put rounds together."""
    return Measured(
        tuple(each.seconds for each in rounds),
        max(each.peak for each in rounds),
        tuple(each.cpu for each in rounds),
    )


def timed(command: Command, *, env: Mapping[str, str] | None = None) -> Took:
    """Run a command to its end and return what it took.

    A small process of our own starts it: a child's memory counts from what its parent held when it
    was forked, and this process may hold much.
    """
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", LAUNCH, *map(str, command)],
        capture_output=True,
        env=os.environ | COMPILED | dict(env or {}),
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr.decode(errors="replace"))
    seconds, cpu, peak = map(float, done.stdout.split())
    return Took(seconds, cpu, int(peak) // 1024)


def own_peak() -> int:
    """Return the most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def machine(*packages: str) -> str:
    """Return the facts of this machine that a reader needs to judge a time."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()}, "
        f"Python {platform.python_version()}{', ' if versions else ''}{versions}; "
        f"load average over 15 minutes {os.getloadavg()[2]:.1f}."
    )


def table(rows: Sequence[Mapping[str, object]]) -> str:
    """Return rows as a Markdown table; the first row's keys are its head."""
    head = list(rows[0])
    lines = [head, ["---"] * len(head), *([row[name] for name in head] for row in rows)]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def verdict(ratio: float, goal: float) -> str:
    """Say whether a ratio that should be small is met."""
    return f"{ratio:.2f} ({'met' if ratio <= goal else 'MISSED'}: ≤ {goal:g})"


def write_section(title: str, body: str) -> None:
    """Print a benchmark's results and put them into results.md in place of its last ones.

    What is written by hand under the heading ``PROFILE`` of the section stays.

    Args:
        title: heading of the section, with the file that makes it.
        body: Markdown: the machine's facts, a table, and where the time goes.
    """
    print(f"{title}\n\n{body}\n")
    heading = f"## {title}\n"
    old = RESULTS.read_text("utf-8") if RESULTS.is_file() else "# Measurements\n"
    before, _, after = old.partition(heading)
    section, mark, rest = after.partition("\n## ")
    _, profile, said = section.partition(PROFILE)
    parts = [before.rstrip(), f"{heading}\n{body.strip()}"]
    parts += [f"{profile}\n\n{said.strip()}"] if profile else []
    text = "\n\n".join(parts) + "\n" + (mark + rest if mark else "")
    RESULTS.write_text(text, "utf-8")


def forget() -> None:
    """Let nothing be known that an earlier run has kept of the demo place."""
    shutil.rmtree(demo() / ".cache", ignore_errors=True)


def demo(folder: Path = BUILD / "bench") -> Path:
    """Return a data folder with the demo place's three years, made once; not to be changed."""
    done = folder / ".made"
    if not done.is_file():
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(
            ROOT / "data", folder, ignore=shutil.ignore_patterns("years", "raw", ".cache")
        )
        # In a process of its own: what this one has held would count as the peak of all it starts.
        made = "import pathlib, sys; from analysis.sources.demo import generate; generate(pathlib.Path(sys.argv[1]))"
        subprocess.run([sys.executable, "-c", made, str(folder)], check=True)
        done.touch()
    return folder
