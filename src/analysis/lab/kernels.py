"""The kernel (内核) of the notebooks in JupyterLab: this interpreter, with the project's charts."""

import os
from pathlib import Path

from ipykernel.kernelspec import RESOURCES
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpec, KernelSpecManager

from analysis.project import DATA_VARIABLE
from analysis.publish.kernel import COMMAND

# The first line of every notebook: charts that anybody draws get Chinese letters.
BEGIN = "from analysis.report.style import use as _use; _use(); del _use"
SPEC = KernelSpec(
    argv=[*COMMAND, f"--IPKernelApp.exec_lines={BEGIN}", "--IPKernelApp.log_level=ERROR"],
    language="python",
    display_name="Python 3 (xuke)",
    metadata={"debugger": True},
)


class ThisInterpreter(KernelSpecManager):
    """Knows one kernel, called as notebooks call theirs; kernels installed elsewhere do not count."""

    def find_kernel_specs(self) -> dict[str, str]:
        """Return the one kernel, with the folder of its icons."""
        return {NATIVE_KERNEL_NAME: RESOURCES}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return it under any name: a notebook from another machine runs as well."""
        return SPEC


def tell_kernels(data: Path) -> None:
    """Let the kernels that this process starts know where the data are."""
    os.environ[DATA_VARIABLE] = str(data)
