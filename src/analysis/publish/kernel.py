"""The kernel (内核) that runs a page's notebook: this interpreter's, whatever the notebook says.

It belongs to the process group of the page that it works for, so that nothing outlives the page;
it is reached through sockets in a folder of its own, where the platform has such sockets.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from analysis.publish.forkserver import DRAWING, call_it, ending

COMMAND = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
LONGEST_SOCKET = 90  # bytes; the platform allows 107, and a number is added


class Twin:
    """A copy of this process, made before it has threads, that waits to become a kernel.

    It is what ``subprocess.Popen`` is to Jupyter: what it asks of a process.
    """

    stdin = stdout = stderr = None

    def __init__(self) -> None:
        """Make the copy."""
        read, self._write = os.pipe()
        self.returncode: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            with ending():
                os.close(self._write)
                _become_kernel(read)
        os.close(read)

    def launch(self, cmd: list[str], *, env: Mapping[str, str], cwd: str, **_: Any) -> Self:
        """Let the copy become the kernel that a command would start."""
        # One that has been killed meanwhile is found dead by who waits for its first word.
        with suppress(BrokenPipeError), os.fdopen(self._write, "w", encoding="utf-8") as said:
            json.dump({"argv": cmd[cmd.index("-f") - 1 :], "env": dict(env), "cwd": cwd}, said)
        return self

    def poll(self) -> int | None:
        """Return the exit code; None while it runs."""
        return self._ended(os.WNOHANG)

    def wait(self) -> int | None:
        """Wait for its end and return the exit code."""
        return self._ended(0)

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def _ended(self, options: int) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, options)
            self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode


def _become_kernel(read: int) -> None:
    """Wait for what a kernel must know, and be it; nobody waits for the kernel of a dead worker."""
    with os.fdopen(read, encoding="utf-8") as words:
        said = json.load(words)
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    call_it("xuke-kernel")
    os.dup2(2, 1)  # what the worker answers to the runner is not the kernel's
    os.environ.clear()
    os.environ.update(said["env"])
    os.chdir(said["cwd"])
    sys.argv = said["argv"]
    from ipykernel.kernelapp import launch_new_instance

    launch_new_instance()


Launch = Callable[..., Any]


class InOurGroup(LocalProvisioner):
    """Starts the kernel in this process group; Jupyter's own would give it a session of its own."""

    launch: Launch

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Start the kernel and return how it is reached."""
        self.process = self.launch(cmd, env=kwargs["env"], cwd=kwargs["cwd"])
        self.pid, self.cwd = self.process.pid, kwargs["cwd"]
        return self.connection_info


def start(cmd: list[str], *, env: Mapping[str, str], cwd: str) -> Any:
    """Start a kernel like any other program."""
    return subprocess.Popen(cmd, env=env, cwd=cwd, stdin=subprocess.DEVNULL)


class Kernel(AsyncKernelManager):
    """Manages one kernel; its files and sockets lie in ``folder``."""

    @classmethod
    def at(cls, folder: Path, launch: Launch) -> "Kernel":
        """Return a manager of a kernel that is yet to be started, by ``launch``."""
        short = len(os.fsencode(folder / "k-ipc")) <= LONGEST_SOCKET
        made = cls(
            connection_file=str(folder / "k.json"),
            transport="ipc" if short and os.name != "nt" else "tcp",
        )
        made.provisioner = InOurGroup(
            kernel_id=made.kernel_id, kernel_spec=made.kernel_spec, parent=made
        )
        made.provisioner.launch = launch
        return made

    @property
    def kernel_spec(self) -> KernelSpec:
        """This interpreter; a kernel installed under the same name elsewhere is not asked."""
        return KernelSpec(argv=COMMAND, language="python", display_name="xuke")


def environment(data: Path, folder: Path) -> dict[str, str]:
    """Return the environment of a kernel: where the data are, and none of the user's settings.

    Start-up files of IPython and a ``matplotlibrc`` would make other pages on other machines.
    """
    from analysis.project import DATA_VARIABLE

    kept = {name: value for name, value in os.environ.items() if name != "PYTHONSTARTUP"}
    return kept | {
        DATA_VARIABLE: str(data),
        "IPYTHONDIR": str(folder),
        **DRAWING,
        "JPY_PARENT_PID": str(os.getpid()),
    }
