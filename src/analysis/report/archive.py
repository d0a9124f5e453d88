"""Archives (压缩包) that are the same bytes whenever and wherever they are made."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # before it, the format has no times
PLAIN_FILE = 0o644 << 16
UNIX = 3


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP archive of these files, in this order, without a time."""
    made = BytesIO()
    with ZipFile(made, "w") as zipped:
        for name, content in files.items():
            entry = ZipInfo(name, FIRST_DAY)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = PLAIN_FILE
            entry.create_system = UNIX  # Python writes the system it runs on
            zipped.writestr(entry, content)
    return made.getvalue()


def members(content: bytes) -> dict[str, bytes]:
    """Return the files of a ZIP archive, in its order."""
    with ZipFile(BytesIO(content)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}
