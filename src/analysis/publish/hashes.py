"""Hashes of files (文件散列), remembered as long as a file looks untouched."""

import json
import time
from hashlib import sha256
from pathlib import Path

RECENT = 2 * 10**9  # ns; a file may change again within the clock's tick and look the same


class Hashes:
    """SHA-256 of files; a file of the same size, mtime, ctime and inode is not read again."""

    def __init__(self, memory: Path, *, verify: bool = False):
        """Remember in the file ``memory``; with ``verify`` every file is read."""
        self._memory = memory
        self._known: dict[str, list[int | str]] = {} if verify else _read(memory)
        self._changed = False

    def of(self, path: Path) -> str:
        """Return the hash of a file's bytes.

        Raises:
            OSError: it cannot be read.
        """
        before = path.stat()
        seen = [before.st_size, before.st_mtime_ns, before.st_ctime_ns, before.st_ino]
        known = self._known.get(str(path))
        if known and known[:-1] == seen:
            return str(known[-1])
        with path.open("rb") as file:
            digest = sha256()
            while block := file.read(1 << 20):
                digest.update(block)
        if time.time_ns() - max(before.st_mtime_ns, before.st_ctime_ns) > RECENT:
            self._known[str(path)] = [*seen, digest.hexdigest()]
            self._changed = True
        return digest.hexdigest()

    def save(self) -> None:
        """Keep what was learnt for the next run; a folder that cannot be written is no matter."""
        if not self._changed:
            return
        draft = self._memory.with_suffix(".tmp")
        try:
            self._memory.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps(self._known), encoding="utf-8")
            draft.replace(self._memory)
        except OSError:
            draft.unlink(missing_ok=True)


def _read(memory: Path) -> dict[str, list[int | str]]:
    try:
        known = json.loads(memory.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}
