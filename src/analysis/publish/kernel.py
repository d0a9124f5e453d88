"""The kernel (内核) that runs a page's notebook: this interpreter's, whatever the notebook says.

It belongs to the process group of the page that it works for, so that nothing outlives the page;
it is reached through sockets in a folder of its own, where the platform has such sockets.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

COMMAND = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
LONGEST_SOCKET = 90  # bytes; the platform allows 107, and a number is added


class InOurGroup(LocalProvisioner):
    """Starts the kernel in this process group; Jupyter's own would give it a session of its own."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Start the kernel and return how it is reached."""
        self.process = subprocess.Popen(
            cmd, env=kwargs["env"], cwd=kwargs["cwd"], stdin=subprocess.DEVNULL
        )
        self.pid, self.cwd = self.process.pid, kwargs["cwd"]
        return self.connection_info


class Kernel(AsyncKernelManager):
    """Manages one kernel; its files and sockets lie in ``folder``."""

    @classmethod
    def at(cls, folder: Path) -> "Kernel":
        """Return a manager of a kernel that is yet to be started."""
        short = len(os.fsencode(folder / "k-ipc")) <= LONGEST_SOCKET
        made = cls(
            connection_file=str(folder / "k.json"),
            transport="ipc" if short and os.name != "nt" else "tcp",
        )
        made.provisioner = InOurGroup(
            kernel_id=made.kernel_id, kernel_spec=made.kernel_spec, parent=made
        )
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
    from analysis.report.style import SHAPE

    kept = {name: value for name, value in os.environ.items() if name != "PYTHONSTARTUP"}
    return kept | {
        DATA_VARIABLE: str(data),
        "IPYTHONDIR": str(folder),
        "MATPLOTLIBRC": str(SHAPE),
        "MPLBACKEND": "agg",
        "JPY_PARENT_PID": str(os.getpid()),
    }
