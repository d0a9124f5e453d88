"""Serving (启动): JupyterLab on a folder, for this machine alone, until Ctrl-C."""

import logging
import signal
import socket
from collections.abc import Callable
from pathlib import Path

from jupyterlab.labapp import LabApp
from traitlets.config import Config

from analysis.errors import XukeError
from analysis.lab.kernels import ThisInterpreter, tell_kernels
from analysis.lab.saving import without_outputs

HERE = "127.0.0.1"
PORT = 8888
FIRST = "explore.ipynb"  # what is opened
SETTINGS = Path(__file__).with_name("settings")


def settings(notebooks: Path, port: int, *, browser: bool) -> Config:
    """Return how the server is set up; it goes before the user's own configuration.

    Args:
        notebooks: the folder that is served.
        port: where it listens.
        browser: whether the browser is opened.
    """
    own = {
        "ServerApp": {
            "root_dir": str(notebooks),
            "ip": HERE,
            "port": port,
            "port_retries": 0,
            "open_browser": browser,
            "default_url": f"/lab/tree/{FIRST}",
            "kernel_spec_manager_class": ThisInterpreter,
            "allow_root": True,
            "log_level": "ERROR",
        },
        # A password of the user's own configuration would do away with the token.
        "PasswordIdentityProvider": {"hashed_password": ""},
        "LabApp": {
            "log_level": "ERROR",
            "app_settings_dir": str(SETTINGS),
            "extension_manager": "readonly",
            "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
            "news_url": None,  # nothing is asked of a network
        },
    }
    return Config(own)


def serve(
    notebooks: Path, data: Path, *, port: int, browser: bool, opened: Callable[[str], None]
) -> None:
    """Serve the notebooks until Ctrl-C; kernels end with the server.

    Args:
        notebooks: the folder that is served.
        data: the data folder that the kernels work on.
        port: where it listens.
        browser: whether the browser is opened.
        opened: is told the address, token included.

    Raises:
        XukeError: the port is taken.
    """
    _refuse_taken(port)
    tell_kernels(data)
    app = LabApp.initialize_server(argv=[], config=settings(notebooks, port, browser=browser))
    app.contents_manager.register_pre_save_hook(without_outputs)
    app.log.addFilter(_no_advice)
    # The server's own handler asks in English first, and without a terminal there is none.
    signal.signal(signal.SIGINT, lambda *_: app.stop(from_signal=True))
    opened(f"{app.connection_url.rstrip('/')}/lab/tree/{FIRST}?token={app.identity_provider.token}")
    app.start()


def free_port(first: int = PORT, tries: int = 50) -> int:
    """Return the first free port from ``first`` on.

    Raises:
        XukeError: there is none.
    """
    for port in range(first, first + tries):
        if not _taken(port):
            return port
    raise XukeError(f"端口 {first}—{first + tries - 1} 都被占用:请用 --port 指定一个空闲的端口。")


def _refuse_taken(port: int) -> None:
    if _taken(port):
        raise XukeError(f"端口 {port} 已被占用:请换一个 --port,或不写让程序自己找。")


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((HERE, port))
        except OSError:
            return True
    return False


def _no_advice(record: logging.LogRecord) -> bool:
    """Let errors through, not the server's advice: the command says it in Chinese."""
    return record.levelno < logging.CRITICAL or record.exc_info is not None
