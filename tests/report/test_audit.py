import pytest

from analysis.errors import XukeError
from analysis.report.audit import audit

FINE = '<h1>题</h1><p id="a"><a href="#a">一</a><a href="https://example.org">外链</a></p>'


def test_a_quiet_page_passes():
    audit(FINE)


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        ("<script>1</script>", "script"),
        ("<p onclick='x'>", "外部内容"),
        ("<a href=' JavaScript:x'>", "外部内容"),
        ("<meta http-equiv=refresh content='0;url=x'>", "meta"),
        ("<img alt=图 src=https://example.org/a.png>", "img"),
        ("<img alt=图 src=a.png>", "img"),
        ("<svg><use href='b.svg#x'></use></svg>", "use"),
        ("<iframe></iframe>", "iframe"),
        ("<h1>又</h1>", "2 个一级标题"),
        ("<img src=data:,>", "替代文字"),
        ("<p id=a>", "重复的标识"),
        ("<a href='#b'>", "#b"),
    ],
)
def test_what_is_not_fit_is_refused_by_name(extra, said):
    with pytest.raises(XukeError, match=said):
        audit(FINE + extra)
