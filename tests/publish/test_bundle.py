"""The archive to send: what is in it, its checksums, its bytes; and when there is none."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from analysis.errors import XukeError
from analysis.publish import manifest
from analysis.publish.bundle import Parcel, bundle
from analysis.publish.earlier import look_back
from analysis.publish.outgoing import send
from analysis.publish.run import Outcome, Status
from analysis.publish.task import Task
from analysis.report.archive import members
from analysis.tables.place import Place
from tests.conftest import copy_committed

PLACE = Place("t", "测试区", label="演示数据:虚构")
ENTRY = {
    "title": "测试区 2022 年指标",
    "sha256": "0",
    "bytes": 1,
    "finished": "2023-01-01T00:00:00",
    "host": {"name": "pc"},
    "inputs": {"data": {"years/t/2022/cases.parquet": "1"}},
}
PARCEL = Parcel(
    name="t-2022-internal",
    title="测试区 2022 年度",
    audience="internal",
    label="演示数据:虚构",
    files={"2022/page.html": b"<p>", "2022/figures.csv": b"a", "2022/draft.docx": b"b"},
    entries={"2022/figures.csv": ENTRY, "2022/page.html": ENTRY, "2022/draft.docx": ENTRY},
)


def test_everything_in_it_is_listed_explained_and_summed() -> None:
    found = members(bundle(PARCEL, public=False))
    files = {name.removeprefix("t-2022-internal/"): content for name, content in found.items()}
    sums = dict(line.split("  ")[::-1] for line in files["SHA256SUMS"].decode().splitlines())
    assert sums == {
        name: sha256(content).hexdigest() for name, content in files.items() if name != "SHA256SUMS"
    }
    readme = files["README.txt"].decode("utf-8-sig")
    assert all(name in readme for name in files if name != "README.txt")
    assert "演示数据:虚构" in readme
    assert "内部版" in readme
    told = json.loads(files["manifest.json"])["outputs"]
    assert set(told) == set(PARCEL.files)
    assert "inputs" in told["2022/page.html"]
    assert not {"finished", "host"} & set(told["2022/page.html"])


def test_the_same_files_are_the_same_bytes() -> None:
    later = {name: ENTRY | {"finished": "2024", "host": {}} for name in PARCEL.entries}
    back = dict(reversed(PARCEL.files.items()))
    assert bundle(PARCEL, False) == bundle(replace(PARCEL, entries=later, files=back), False)


def test_the_public_does_not_learn_how_files_were_made() -> None:
    found = members(bundle(replace(PARCEL, audience="public"), public=True))
    told = json.loads(found["t-2022-internal/manifest.json"])["outputs"]
    assert all(set(entry) == {"title", "sha256", "bytes"} for entry in told.values())


class Reports:
    """Reports with one public year, as a run leaves them."""

    def __init__(self, folder: Path):
        self.reports, self.data = folder / "reports", folder / "data"
        copy_committed(self.data)
        self.passed = True
        self.write(None)
        self.review = self.reports / "public-internal/t/disclosure.csv"
        self.review.parent.mkdir(parents=True)
        self.review.write_text("表,行\n")
        manifest.record(self.review, ENTRY)

    def write(self, value: str | None, reason: str = "公开版已抑制") -> None:
        """Write the year's files; one figure has this value."""
        figure = {"id": "late_closed", "variant": "statutory", "value": value}
        document = {
            "place": {"slug": "t"},
            "year": 2022,
            "figures": [figure | {"reason": "" if value else reason}],
            "tables": [],
        }
        for name, text in {
            "figures.csv": "id",
            "figures.json": json.dumps(document),
            "figures.xlsx": "x",
        }.items():
            path = self.reports / "public/t/2022" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            manifest.record(path, ENTRY)

    def send(self, status: Status = Status.MADE, audience: str = "public") -> Path:
        about = {"place": "t", "year": 2022, "audience": audience}
        task = Task("public/t/2022/figures.csv", "测试区 2022 年指标", about, (), PLACE)
        outcome = Outcome(task, status, entry={"passed": self.passed})
        return send([outcome], PLACE, self.reports, self.data)


@pytest.fixture
def public(tmp_path: Path) -> Reports:
    return Reports(tmp_path)


def test_a_public_archive_holds_nothing_internal_and_is_kept(public: Reports) -> None:
    first = public.send()
    assert first.parent == public.reports / "releases"
    names = [name.rpartition("/")[2] for name in ZipFile(first).namelist()]
    assert set(names) == {
        "README.txt",
        "figures.csv",
        "figures.json",
        "figures.xlsx",
        "manifest.json",
        "SHA256SUMS",
    }
    assert public.send() == first  # the same bytes
    public.write("100")
    assert public.send() != first
    assert first.is_file()


def test_none_for_the_public_without_check_or_review(public: Reports) -> None:
    public.passed = False
    with pytest.raises(XukeError, match="核对未通过"):
        public.send()
    public.passed = True
    public.review.unlink()
    with pytest.raises(XukeError, match="没有披露控制清单"):
        public.send()
    assert not (public.reports / "releases").exists()


def test_none_if_a_file_failed(public: Reports) -> None:
    with pytest.raises(XukeError, match="没有做成"):
        public.send(Status.FAILED)


def test_none_if_an_earlier_release_gives_a_number_away_until_a_reviewer_lets_it_go(
    public: Reports,
) -> None:
    public.write("3")
    public.send()
    public.write(None)
    with pytest.raises(XukeError, match=r"1 个抑制的数以前公开过.*late_closed"):
        public.send()
    listed = (public.review.parent / "earlier.csv").read_text(encoding="utf-8-sig")
    assert "2022,指标,late_closed,statutory,已公开,抑制无效,3" in listed.replace('"', "")
    entry = 'place = "t"\nyear = 2022\ntable = "指标"\nrow = "late_closed"\ncolumn = "statutory"\n'
    file = public.data / "disclosed.toml"
    file.write_text(f'[[disclosed]]\n{entry}reason = ""\nwho = "甲"\ndate = "2023-05-01"\n')
    with pytest.raises(XukeError, match=r"disclosed\.toml 读不懂"):
        public.send()
    file.write_text(f'[[disclosed]]\n{entry}reason = "已更正"\nwho = "甲"\ndate = "2023-05-01"\n')
    assert public.send().is_file()


def test_what_is_not_listed_now_does_not_stop_a_release(public: Reports) -> None:
    public.write("3")
    public.send()
    public.write(None, reason="公开版不列出")
    assert public.send().is_file()
    listed = (public.review.parent / "earlier.csv").read_text(encoding="utf-8-sig")
    assert "未列出" in listed


def test_what_a_department_has_printed_itself_is_looked_at(tmp_path: Path) -> None:
    """花都公安 prints 2,838 refusals for 2023, and 受理 736,253."""
    copy_committed(tmp_path)
    place = Place("huadu", "花都区")
    row = {"label": "公安局花都区分局", "values": [None, None, 736253]}
    table = {"title": "各部门办件", "columns": ["审批不同意", "受理量", "申请量"], "data": [row]}
    document = {"place": {"slug": "huadu"}, "year": 2023, "figures": [], "tables": [table]}
    found = look_back([document], place, tmp_path / "releases", tmp_path, besides=b"")
    rows = set(found[["行", "列", "公开过的值"]].itertuples(index=False, name=None))
    assert rows == {
        ("公安局花都区分局", "审批不同意", "2838"),
        ("公安局花都区分局", "受理量", "736253"),
    }
    assert set(found["问题"]) == {"已公开,抑制无效"}
    assert set(found["出处"]) == {"花都区分局2023年行政许可实施和监督管理情况报告"}
    document["year"] = 2022
    assert look_back([document], place, tmp_path / "releases", tmp_path, besides=b"").empty
