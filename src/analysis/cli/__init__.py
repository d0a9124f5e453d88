"""The command ``xuke``: a module for each group of commands, importing nothing heavy until one runs."""

import gc
import os
import sys

import typer

from analysis.cli import (
    auditing,
    comparing,
    exploring,
    federating,
    importing,
    running,
    sharing,
    starting,
)
from analysis.cli.app import app
from analysis.errors import DEBUG, XukeError

__all__ = [
    "app",
    "auditing",
    "comparing",
    "exploring",
    "federating",
    "importing",
    "main",
    "running",
    "sharing",
    "starting",
]
INTERRUPTED = 130


def main() -> None:
    """Run the command; a mistake ends in one Chinese sentence on stderr and exit code 1 or 2."""
    from analysis.console import fail, speak_chinese, told, unforeseen

    speak_chinese()
    try:
        code = app(standalone_mode=False)
        if code == INTERRUPTED:  # typer makes an exit code of Ctrl-C, and says nothing
            raise KeyboardInterrupt
    except XukeError as error:
        fail(str(error))
        code = 1
    except (typer.Abort, KeyboardInterrupt):
        fail("已中断;已经写好的文件不受影响。")
        code = INTERRUPTED
    except Exception as error:
        if DEBUG in os.environ:
            raise
        fail(told(error) or unforeseen(error, DEBUG))
        code = 2
    gc.freeze()  # nothing is left to collect; a look at all that was imported takes a quarter second
    sys.exit(code if isinstance(code, int) else 0)
