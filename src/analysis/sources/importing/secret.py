"""The secret (密钥) with which identities are keyed: from the environment, or a file of the user's.

It never lies in the project or in its data: who has the keys and the secret can look people up.
"""

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from analysis.errors import XukeError
from analysis.project import root

VARIABLE = "XUKE_KEY"
SHORTEST = 16  # characters of a secret that a person chose
BYTES = 32


def secret(data: Path) -> bytes:
    """Return the secret: ``XUKE_KEY``, else the key file, which is made on first use.

    Args:
        data: the data folder, in which the key file must not lie.

    Raises:
        XukeError: the secret is too short, can be read by others, or would lie in the project.
    """
    given = os.environ.get(VARIABLE, "")
    if given:
        return _long_enough(given.strip().encode(), f"环境变量 {VARIABLE} ")
    path = key_file()
    for inside in (data, _project()):
        if inside and path.resolve().is_relative_to(inside.resolve()):
            raise XukeError(
                f"密钥文件不能放在“{inside}”里:请用环境变量 XDG_CONFIG_HOME 指定项目之外的文件夹。"
            )
    try:
        if not path.is_file():
            _make(path)
        _require_private(path)
        return _long_enough(path.read_bytes().strip(), f"密钥文件“{path}”")
    except OSError as error:
        raise XukeError(
            f"密钥文件“{path}”不能用({error.strerror}):请检查权限,或用环境变量 {VARIABLE} 给出密钥。"
        ) from error


def key_file() -> Path:
    """Return where the key file lies, of the user and not of the project."""
    config = os.environ.get("XDG_CONFIG_HOME")
    return (Path(config) if config else Path.home() / ".config") / "xuke" / "key"


def _project() -> Path | None:
    try:
        return root()
    except XukeError:
        return None


def _make(path: Path) -> None:
    """Write a new key, whole or not at all, which nobody else may read."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".key.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_hex(BYTES).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # another import made one at this moment: use that
            os.link(draft, path)
    finally:
        draft.unlink()


def _require_private(path: Path) -> None:
    if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise XukeError(f"密钥文件“{path}”别人也能读:请运行 chmod 600 '{path}'。")


def _long_enough(value: bytes, what: str) -> bytes:
    if len(value) < SHORTEST:
        raise XukeError(
            f"{what}的密钥太短(少于 {SHORTEST} 个字符):换一个更长的;换了密钥,标识与以前的导入对不上。"
        )
    return value
