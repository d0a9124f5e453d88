"""Chinese typography (标点和空格): as official documents have it."""

import re

HALF = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
CHINESE = r"[\u2e80-\u9fff\uf900-\ufaff\u3001-\u301b“”‘’（），。；：]"
MARK = r"[,:;?!()]"
BESIDE = re.compile(rf"(?<={CHINESE}){MARK}|{MARK}(?={CHINESE})|^{MARK}(?!\d)|(?<!\d){MARK}$")
BRACKETS = re.compile(r"\(([^()]*)\)")
GAP = re.compile(rf"(?<={CHINESE}) (?=[\d−-])|(?<=[\d%]) (?={CHINESE})")
OPEN, CLOSE = "\ue000", "\ue001"  # of brackets that stay as they are


def chinese(words: str) -> str:
    """Return words with full-width marks beside Chinese characters, and no gap beside numbers.

    Brackets are full-width if there is Chinese in or beside them; the words may end between two.
    Marks inside numbers (``1,795,742``) and between Latin words stay as they are.
    """
    while (turned := BRACKETS.sub(_brackets, words)) != words:
        words = turned
    while (turned := BESIDE.sub(lambda found: HALF[found[0]], words)) != words:
        words = turned
    return GAP.sub("", words.replace(OPEN, "(").replace(CLOSE, ")"))


def _brackets(found: re.Match[str]) -> str:
    beside = (
        found.string[max(found.start() - 1, 0) : found.start()] + found.string[found.end() :][:1]
    )
    if re.search(CHINESE, found[1] + beside):
        return f"（{found[1]}）"
    return f"{OPEN}{found[1]}{CLOSE}"
