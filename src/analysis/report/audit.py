"""The last look at a page before it is let out: whole, silent, and readable by everyone."""

from collections import Counter
from html.parser import HTMLParser

from analysis.errors import XukeError

ACTIVE = {"script", "iframe", "object", "embed", "link", "base", "form"}
FETCHING = {"src", "srcset", "poster", "data", "background", "xlink:href"}
PICTURES = {"use", "image", "feimage"}  # of SVG: they fetch what href names
CAPTIONS = {"table": "caption", "figure": "figcaption"}
NO_WORDS = {"", "No description has been provided for this image"}  # the latter is nbconvert's


class _Seen(HTMLParser):
    """Takes note of what ``audit`` judges."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.targets: set[str] = set()
        self.headings = 0
        self.active: set[str] = set()
        self.mute_pictures = 0
        self.unnamed: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one element."""
        given = {name: value or "" for name, value in attrs}
        self.headings += tag == "h1"
        if "id" in given:
            self.ids[given["id"]] += 1
        if given.get("href", "").startswith("#"):
            self.targets.add(given["href"][1:])
        if _acts(tag, given) or _fetches(tag, given):
            self.active.add(tag)
        self._count_captions(tag, given)
        self.mute_pictures += tag == "img" and given.get("alt", "").strip() in NO_WORDS

    def _count_captions(self, tag: str, given: dict[str, str]) -> None:
        """Count tables and charts against the captions that they must have."""
        if tag in CAPTIONS:
            self.unnamed[tag] += 1
        for captioned, caption in CAPTIONS.items():
            self.unnamed[captioned] -= tag == caption
        self.unnamed["th"] += tag == "th" and "scope" not in given
        self.mute_pictures += tag == "svg" and not (
            given.get("aria-label", "").strip() or given.get("aria-hidden") == "true"
        )


def _acts(tag: str, given: dict[str, str]) -> bool:
    return (
        tag in ACTIVE
        or any(name.startswith("on") for name in given)
        or given.get("http-equiv", "").lower() == "refresh"
        or given.get("href", "").strip().lower().startswith("javascript:")
    )


def _fetches(tag: str, given: dict[str, str]) -> bool:
    fetched = [value for name, value in given.items() if name in FETCHING]
    if tag in PICTURES and "href" in given:
        fetched.append(given["href"])
    return any(not address.startswith(("data:", "#")) for address in fetched)


def audit(page: str) -> None:
    """Refuse a page that is not fit to be read by anyone, anywhere.

    Raises:
        XukeError: the page is active or fetches something, has no or several main headings, a
            picture without alternative text, a table or figure without caption, a table header
            without scope, an id twice, or a link to nothing.
    """
    seen = _Seen()
    seen.feed(page)
    if seen.active:
        raise XukeError(
            f"页面含有脚本或外部内容(<{'>、<'.join(sorted(seen.active))}>):"
            "请改用 show、table 等函数输出,页面须能离线打开。"
        )
    if seen.headings != 1:
        raise XukeError(
            f"页面有 {seen.headings} 个一级标题,须恰有一个:请用 masthead 输出大标题,正文从二级标题(##)写起。"
        )
    if seen.mute_pictures:
        raise XukeError(
            f"页面有 {seen.mute_pictures} 张图片没有替代文字:请用 show(ax, caption=…, alt=…) 显示图。"
        )
    if any(seen.unnamed.values()):
        raise XukeError(
            "页面有表或图没有标题,或表头没有 scope:请用 table(…, caption=…) 和 show(…, caption=…) 输出。"
        )
    if twice := [name for name, times in seen.ids.items() if times > 1]:
        raise XukeError(f"页面有重复的标识({'、'.join(twice)}):每个定义只列一次。")
    if lost := seen.targets - set(seen.ids):
        raise XukeError(
            f"页面有链接找不到去处(#{'、#'.join(sorted(lost))}):请用 definitions 列出所引指标的定义。"
        )
