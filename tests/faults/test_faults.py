"""What goes wrong on real machines: the old report stays whole, and the next run is right."""

import ctypes
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.components import need
from tests.publish.project import HEADING, Project, hidden, kill, marked, processes

NOTEBOOK, KERNEL, WORKER = "page", "xuke-kernel", "xuke-worker"
SERVER = "analysis.publish.forkserver"
SLOW = "import time\ntime.sleep(1)"
NEW = HEADING.replace("<h1>", "<h1>新 ")
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2

pytestmark = pytest.mark.usefixtures("linux")


@pytest.fixture(scope="module")
def linux() -> None:
    need("Linux", Path("/proc/self/environ").exists(), "processes are looked up in /proc")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project that has been run, with the pages that a change to its notebook must give."""
    project = Project(tmp_path_factory.mktemp("faults") / "项目 一")
    assert project.run().returncode == 0
    return project


@pytest.fixture
def project(made: Project, tmp_path: Path) -> Project:
    """The project with its old report, and a notebook that has changed since."""
    shutil.copytree(made.folder, tmp_path / "项目 一", symlinks=True)
    copy = Project.__new__(Project)
    copy.folder = tmp_path / "项目 一"
    copy.data, copy.reports = copy.folder / "data", copy.folder / "reports"
    copy.write_notebook(NOTEBOOK, NEW)
    return copy


@pytest.fixture
def slow(project: Project) -> Project:
    """The same, with a notebook that takes its time."""
    project.write_notebook(NOTEBOOK, SLOW, NEW)
    return project


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where everything that is temporary is put, to see what is left of it."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def next_run_is_right(project: Project, *words: str) -> bool:
    """Run again, and tell whether the page is that of the changed notebook, and in the index."""
    done = project.run(*(words or ("2022",)))
    return (
        done.returncode == 0
        and "<h1>新 t 2022</h1>" in project.page()
        and "t/2022/page.html" in project.page("index.html")
        and not (project.reports / ".work").exists()
    )


def none_left(mark: str, seconds: float = 10) -> dict[int, str]:
    """Wait until no process with the mark is left; return those that stay."""
    end = time.monotonic() + seconds
    while (left := processes(mark)) and time.monotonic() < end:
        time.sleep(0.05)
    return left


def wait_for(mark: str, command: str, seconds: float = 60) -> int:
    """Wait until a process with this command is there, and return its number."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for pid, words in processes(mark).items():
            if command in words:
                return pid
        time.sleep(0.02)
    raise AssertionError(f"no {command} was started")


def whole_pages(project: Project, old: dict[str, bytes]) -> bool:
    """Tell whether every page is the old one or a whole new one."""
    return all(
        content == old[name]
        or (content.rstrip().endswith(b"</html>") and "新 t".encode() in content)
        for name, content in project.published().items()
        if name.endswith("page.html")
    )


def test_kill_the_runner(slow: Project) -> None:
    """At three moments of a run, one after the other; ``test_campaign`` does it more often."""
    old = slow.published()
    for moment in random.Random().sample(range(10, 45), 3):
        kill_runner_after(slow, moment / 10, old)
    assert next_run_is_right(slow)


def kill_runner_after(project: Project, seconds: float, old: dict[str, bytes]) -> None:
    """Kill a run and see that nothing lives on and every page is whole."""
    mark = f"runner-{os.getpid()}-{time.monotonic_ns()}"
    run = project.start("2022", env=marked(mark), start_new_session=True)
    time.sleep(seconds)
    run.kill()
    run.communicate()
    assert none_left(mark) == {}
    assert whole_pages(project, old)
    assert set(old) <= set(project.published())


def test_kill_a_kernel_and_a_worker(slow: Project) -> None:
    """Each page fails and says so; the next run makes both."""
    old, mark = slow.published(), f"parts-{os.getpid()}"
    run = slow.start("--notebook", NOTEBOOK, "--jobs", "1", env=marked(mark))
    for victim in (KERNEL, WORKER):
        pid = wait_for(mark, KERNEL)
        kill(pid if victim is KERNEL else wait_for(mark, victim))
        while Path(f"/proc/{pid}/environ").exists():
            time.sleep(0.02)
    _, told = run.communicate(timeout=120)
    assert run.returncode == 1
    assert "未生成 t/2021/page.html" in told
    assert "内核意外终止" in told
    assert "未生成 t/2022/page.html" in told
    assert "工作进程意外终止" in told
    assert none_left(mark) == {}
    assert whole_pages(slow, old)
    assert next_run_is_right(slow)


def test_a_run_does_without_its_fork_server(slow: Project) -> None:
    """Workers and kernels are then started as programs, and make the same."""
    mark = f"server-{os.getpid()}"
    run = slow.start("2022", env=marked(mark))
    kill(wait_for(mark, SERVER))
    wait_for(mark, "ipykernel_launcher")
    _, told = run.communicate(timeout=120)
    assert run.returncode == 0, told
    alone = slow.published()
    assert processes(mark) == {}
    slow.run("2022", "--force")
    assert slow.published() == alone


def test_a_fork_server_that_dies_later_takes_nobody_along(slow: Project) -> None:
    mark = f"later-{os.getpid()}"
    run = slow.start("--notebook", NOTEBOOK, "--jobs", "1", env=marked(mark))
    wait_for(mark, KERNEL)
    forked = {pid: words for pid, words in processes(mark).items() if SERVER in words}
    kill(next(pid for pid, words in forked.items() if words.endswith("python")))
    _, told = run.communicate(timeout=120)
    assert run.returncode == 0, told
    assert none_left(mark) == {}
    assert next_run_is_right(slow)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_nothing_behind(
    slow: Project, temporary: Path, number: signal.Signals
) -> None:
    project = slow
    old, mark = project.published(), f"interrupt-{number}-{os.getpid()}"
    run = project.start(env=marked(mark), preexec_fn=hear_interrupts)
    wait_for(mark, KERNEL)
    run.send_signal(number)
    _, told = run.communicate(timeout=60)
    assert run.returncode == 130
    assert told.strip().splitlines()[-1] == "已中断;已经写好的文件不受影响。"
    assert none_left(mark) == {}  # what is killed takes a moment to go
    assert list(temporary.iterdir()) == []
    assert not (project.reports / ".work").exists()
    assert project.published() == old


def hear_interrupts() -> None:
    """Undo what a shell does to what it starts in the background: it ignores Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def ignore_hangups() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)


def test_a_closed_terminal_does_not_end_what_was_told_to_go_on(project: Project) -> None:
    """As with ``nohup``."""
    mark = f"nohup-{os.getpid()}"
    run = project.start("2022", env=marked(mark), preexec_fn=ignore_hangups)
    wait_for(mark, KERNEL)
    run.send_signal(signal.SIGHUP)
    run.communicate(timeout=120)
    assert run.returncode == 0
    assert "新 t 2022" in project.page()


def test_what_a_notebook_starts_ends_with_it(project: Project) -> None:
    mark = f"children-{os.getpid()}"
    start = "import subprocess\nsubprocess.Popen(['sleep', '1000'])"
    project.write_notebook(NOTEBOOK, start, NEW)
    done = project.run("2022", env=marked(mark))
    assert done.returncode == 0, done.stderr
    assert processes(mark) == {}


def test_two_runs_at_once(slow: Project) -> None:
    project = slow
    first = project.start()
    while not (project.reports / ".work").exists():
        time.sleep(0.02)
    second = project.run()
    first.communicate(timeout=120)
    assert first.returncode == second.returncode == 0
    assert "另一个 xuke run 正在写" in second.stderr
    assert "未变 5" in second.stdout
    assert "新 t 2022" in project.page()


FAILING: dict[str, tuple[list[str], str]] = {
    "last_cell": ([NEW, "1 / 0"], "第 3 格“1 / 0”出错:ZeroDivisionError: division by zero"),
    "told": (
        ["from analysis.errors import XukeError\nraise XukeError('缺少部门')"],
        "第 2 格“from analysis.errors import XukeError”出错:缺少部门",
    ),
    "prints": (
        [NEW, "for _ in range(200):\n    print('办' * 1_000_000)", "raise SystemError('too late')"],
        "第 3 格“for _ in range(200):”输出太多(超过 2,000 万字)",
    ),
    "kernel": (["import os\nos._exit(3)"], "第 2 格“import os”执行时内核意外终止"),
    "exit": ([NEW, "import sys\nsys.exit()", "print('never')"], "SystemExit"),
    "heading": (["print(1)"], "0 个一级标题"),
    "syntax": (["this is no python"], "SyntaxError"),
}


def test_notebooks_that_fail(project: Project) -> None:
    """Each names page and error, and is kept as far as it was executed; none is published."""
    for name, (code, _) in FAILING.items():
        project.write_notebook(name, *code)
    old = project.published()
    done = project.run("2022")
    assert done.returncode == 1
    lines = {line.partition("(")[0]: line for line in done.stderr.splitlines()}
    for name, (_, said) in FAILING.items():
        line = lines[f"未生成 t/2022/{name}.html"]
        assert f"(测试区 2022 年{name}):" in line
        assert said in line
        kept = project.reports / ".failed" / f"t/2022/{name}.ipynb"
        assert 0 < kept.stat().st_size < 90_000_000
        assert "Traceback" not in line
    assert "已生成 t/2022/page.html" in done.stdout
    assert set(project.published()) == set(old)
    assert ".failed" not in project.page("index.html")
    for name in FAILING:
        project.write_notebook(name, NEW) if name == "last_cell" else (
            project.folder / "notebooks" / f"{name}.ipynb"
        ).unlink()
    assert next_run_is_right(project)
    assert "新 t 2022" in project.page("t/2022/last_cell.html")
    assert not (project.reports / ".failed/t/2022/last_cell.ipynb").exists()


def test_notebooks_that_never_end(project: Project) -> None:
    mark = f"endless-{os.getpid()}"
    project.write_notebook(NOTEBOOK, "while True:\n    pass")
    ignoring = "import signal\nfor n in (2, 15): signal.signal(n, signal.SIG_IGN)\nwhile True: pass"
    project.write_notebook("stubborn", ignoring)
    old = project.published()
    done = project.run("2022", "--timeout", "12", env=marked(mark))
    assert done.returncode == 1
    assert done.stderr.count("12 秒内没有做完,已停止") == 2
    assert processes(mark) == {}
    assert project.published() == old


def test_a_failing_page_leaves_the_old_one_and_does_not_stop_the_others(project: Project) -> None:
    project.write_notebook(NOTEBOOK, "assert year != 2021, '缺数'", NEW)
    old = project.published()
    done = project.run()
    assert done.returncode == 1
    assert "未生成 t/2021/page.html(测试区 2021 年page):" in done.stderr
    assert "AssertionError: 缺数" in done.stderr
    assert project.published()["t/2021/page.html"] == old["t/2021/page.html"]
    assert "新 t 2022" in project.page()
    assert "t/2021/page.html" in project.page("index.html")


def test_data_that_contradict_themselves_publish_no_page(project: Project) -> None:
    import pyarrow.parquet as pq

    file = project.data / "years/t/2022/cases.parquet"
    rows = pq.read_table(file)
    pq.write_table(rows.take([*range(len(rows)), 0]), file)  # one case twice
    old = project.published()
    done = project.run("2022")
    assert done.returncode == 1
    assert "数据没有通过校验,不生成页面" in done.stderr
    assert "未生成 t/2022/page.html" in done.stderr
    assert {k: v for k, v in project.published().items() if k != "index.html"} == {
        k: v for k, v in old.items() if k != "index.html"
    }


def test_unreadable_data(project: Project) -> None:
    """Each year fails, in Chinese; others are made; when the data are back, all are."""
    damages: dict[int, Callable[[Path], object]] = {
        2011: lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
        2013: lambda file: file.write_bytes("件".encode() * 999),
        2015: lambda file: file.chmod(0),
        2017: lambda file: file.unlink(),
    }
    for year, damage in damages.items():
        damage(project.write_year(year) / "cases.parquet")
    years = [str(year) for year in (*damages, 2022)]
    done = project.run(*years, preexec_fn=obey_permissions)
    assert done.returncode == 1
    for year in damages:
        assert f"未生成 t/{year}/figures.csv" in done.stderr
        assert not (project.reports / f"t/{year}/page.html").exists()
        shutil.rmtree(project.data / f"years/t/{year}")
        project.write_year(year)
    assert "已生成 t/2022/page.html" in done.stdout
    assert next_run_is_right(project, *years)


def obey_permissions() -> None:
    """Take from root the right to pass over permissions (in a process that is about to begin)."""
    library = ctypes.CDLL(None, use_errno=True)
    for right in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
        library.prctl(PR_CAPBSET_DROP, right, 0, 0, 0)


def limit_files(size: int) -> Callable[[], None]:
    """Return what makes every write beyond ``size`` bytes of a file fail, as a full disk does."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_a_full_disk(project: Project) -> None:
    """Nothing can be written, or a little, or almost everything."""
    old = project.published()
    for size in (0, 500, 30_000):
        done = project.run("2022", preexec_fn=limit_files(size))
        assert done.returncode == 1
        assert "请检查磁盘空间" in done.stderr
        assert whole_pages(project, old)
    assert next_run_is_right(project)


def test_folders_that_cannot_be_written(project: Project) -> None:
    old = project.published()
    for folder in (project.reports, project.reports / "t/2022"):
        folder.chmod(0o555)
        done = project.run("2022", preexec_fn=obey_permissions)
        folder.chmod(0o755)
        assert done.returncode == 1
        assert "写不进去(没有写入权限):请检查磁盘空间和权限" in done.stderr
        assert project.published()["t/2022/page.html"] == old["t/2022/page.html"]
    assert next_run_is_right(project)


def test_data_that_change_during_the_run_are_not_published(project: Project) -> None:
    run = project.start("2022")
    while not list((project.reports / ".work").glob("t/2022/page.log")):
        time.sleep(0.02)
    project.write_year(2022, cases=6)
    _, told = run.communicate(timeout=120)
    assert run.returncode == 1
    assert "生成期间数据、笔记本或程序有变化:请重新运行" in told


def test_the_kernel_is_this_interpreter_whatever_the_notebook_says(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kernel of the same name that the user has installed would be another Python."""
    wrong = tmp_path / "share" / "kernels" / "python3"
    wrong.mkdir(parents=True)
    (wrong / "kernel.json").write_text(
        '{"argv": ["/bin/false"], "display_name": "x", "language": "R"}'
    )
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share"))
    startup = tmp_path / "home" / ".ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "0.py").write_text("raise SystemExit('start-up file of the user')")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    path = project.write_notebook(NOTEBOOK, NEW)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"python3"', '"julia-1.9"').replace('"python"', '"julia"'))
    done = project.run("2022")
    assert done.returncode == 0, done.stderr
    assert "新 t 2022" in project.page()


def test_it_is_reached_through_files_not_ports(slow: Project) -> None:
    project = slow
    mark = f"ports-{os.getpid()}"
    run = project.start("2022", "--jobs", "1", env=marked(mark))
    kernel = wait_for(mark, KERNEL)
    time.sleep(1)
    opened = {str(fd.readlink()) for fd in Path(f"/proc/{kernel}/fd").iterdir() if fd.is_symlink()}
    rows = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/{kernel}/net/{table}").read_text().splitlines()[1:]
    ]
    run.communicate(timeout=60)
    listening = [row[1] for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in opened]
    assert len(listening) <= 1  # ipykernel's own, for what processes print that a cell has forked
    assert all(address.startswith("0100007F:") for address in listening)  # 127.0.0.1


def test_from_any_folder(project: Project, tmp_path: Path) -> None:
    elsewhere = tmp_path / "别处 elsewhere"
    elsewhere.mkdir()
    project.write_notebook(NOTEBOOK, NEW)
    below = project.data / "years"
    (below / "json.py").write_text("raise SystemExit('imported from where the user is')")
    command = [str(Path(sys.executable).with_name("xuke")), *project.command("2022")[3:]]
    done = subprocess.run(command, cwd=below, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert "新 t 2022" in project.page()
    assert subprocess.run(["ls", elsewhere], capture_output=True, check=True).stdout == b""
    assert not [path for path in project.folder.iterdir() if hidden(path, project.folder)]
