"""Trouble (意外): whatever stops an import is told in one sentence, and no value of the data in it."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from analysis.errors import DEBUG, XukeError

REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.EROFS: "磁盘是只读的",
    errno.EACCES: "没有写的权限",
    errno.EPERM: "没有写的权限",
}
FULL = "No space left on device"


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Turn what stops an import of the year in ``folder`` into one Chinese sentence.

    Messages of libraries are left out of it: they may quote a row. ``XUKE_DEBUG`` shows them.

    Raises:
        XukeError: instead of any other error.
    """
    try:
        yield
    except XukeError:
        raise
    except Exception as error:
        if DEBUG in os.environ:
            raise
        if reason := _of_disk(error):
            raise XukeError(
                f"“{folder.parent}”写不进去({reason}):请检查磁盘空间和权限;原有数据没有改动。"
            ) from None
        raise XukeError(
            f"导入时程序出错({type(error).__name__}),原有数据没有改动:这不是您的操作问题,"
            f"请把这句话告诉维护者;设环境变量 {DEBUG}=1 再运行可看到详情(其中可能有数据内容)。"
        ) from None


def _of_disk(error: Exception) -> str:
    """Return what is wrong with the disk; empty where it is not that."""
    if isinstance(error, (duckdb.Error, OSError)) and FULL in str(error):
        return REASONS[errno.ENOSPC]
    if isinstance(error, OSError):
        return REASONS.get(error.errno or 0, error.strerror or "读写出错")
    if isinstance(error, duckdb.OutOfMemoryException):
        return "内存和临时空间都用完了"
    return "读写出错" if isinstance(error, duckdb.IOException) else ""
