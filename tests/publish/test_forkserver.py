"""The fork server: one thread whatever it has imported, and no copy of a process that has more."""

import socket
import subprocess
import sys

import pytest

from tests.components import need

IMPORTED = """
import os
from analysis.publish import forkserver
forkserver._import()
print(len(os.listdir("/proc/self/task")))
"""
BUSY = """
import socket, sys, threading, time
from analysis.publish import forkserver
threading.Thread(target=time.sleep, args=[60], daemon=True).start()
forkserver.serve(socket.socket(fileno=int(sys.argv[1])))
"""


@pytest.fixture(autouse=True, scope="module")
def linux() -> None:
    need("Linux", sys.platform == "linux", "workers are forked there only")


def test_all_its_imports_leave_it_one_thread() -> None:
    from analysis.publish.forkserver import DRAWING, ONE_THREAD

    command = [sys.executable, "-c", IMPORTED]
    done = subprocess.run(
        command, env={**ONE_THREAD, **DRAWING}, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == "1"


def test_with_a_second_thread_it_refuses() -> None:
    from analysis.publish.forkserver import READY, REFUSED

    ours, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, other:
        command = [sys.executable, "-c", BUSY, str(other.fileno())]
        with subprocess.Popen(command, pass_fds=[other.fileno()]) as server:
            other.close()
            assert ours.recv(99) == READY
            ours.send(b'{"scratch": "/nowhere"}')
            assert int(ours.recv(99)) == REFUSED
            server.kill()
