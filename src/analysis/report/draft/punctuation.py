"""Chinese punctuation (标点): full-width beside Chinese characters, as official documents have it."""

import re

HALF = {",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "?": "？", "!": "！"}
CHINESE = r"[\u2e80-\u9fff\uf900-\ufaff\u3001-\u301b“”‘’（），。；：]"
MARK = r"[,:;()?!]"
BESIDE = re.compile(rf"(?<={CHINESE}){MARK}|{MARK}(?={CHINESE})|^{MARK}(?!\d)|(?<!\d){MARK}$")


def chinese(words: str) -> str:
    """Return words with full-width marks where they stand beside Chinese characters.

    Marks inside numbers (``1,795,742``) and between Latin words stay as they are.
    """
    while (turned := BESIDE.sub(lambda found: HALF[found[0]], words)) != words:
        words = turned
    return words
