"""Numbers known to be public already (已公开的数): what a reviewer has said of each."""

import tomllib
from pathlib import Path

from analysis.errors import XukeError

NAME = "disclosed.toml"
ASKED = "须有 place、year、table、row、column、reason、who、date"
Known = frozenset[tuple[int, str, str, str]]


def disclosed(place: str, data: Path) -> Known:
    """Return the numbers of a place that ``data/disclosed.toml`` lets go: year, table, row, column.

    Raises:
        XukeError: the file is not valid, or an entry lacks something.
    """
    path = data / NAME
    if not path.is_file():
        return frozenset()
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("disclosed", [])
        for entry in entries:
            if not all(str(entry[name]).strip() for name in ("reason", "who", "date")):
                raise ValueError("reason、who、date 不能为空")
        return frozenset(
            (int(each["year"]), str(each["table"]), str(each["row"]), str(each["column"]))
            for each in entries
            if each["place"] == place
        )
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise XukeError(f"{NAME} 读不懂({error}):每条[[disclosed]]{ASKED}。") from error
