"""``xuke run --zip``: the files of a run in one archive, if they may go out (打包发送)."""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from analysis.errors import XukeError
from analysis.publish import manifest
from analysis.publish.bundle import Parcel, bundle
from analysis.publish.earlier import RELEASES, look_back, vain
from analysis.publish.parameters import INTERNAL, PUBLIC
from analysis.publish.run import Outcome, Status
from analysis.publish.task import FIGURES, INDEX_TITLE, JSON, PUBLIC_FOLDER, REVIEW, REVIEW_FOLDER
from analysis.publish.write import csv, write_whole
from analysis.tables.place import Place

LOOKED_BACK = "earlier.csv"  # beside the list for reviewers
MARK = 8  # characters of its hash in the name of a public archive: none is ever written over


def send(outcomes: Sequence[Outcome], place: Place, reports: Path, data: Path) -> Path:
    """Write the archive of a run and return where it is.

    Args:
        outcomes: what came of each file of the run.
        place: whose files they are.
        reports: where the files lie.
        data: the data folder.

    Raises:
        XukeError: a file failed; or, for the public, the check or the review did not pass.
    """
    if failed := [each.task.file for each in outcomes if each.status is Status.FAILED]:
        raise XukeError(f"有 {len(failed)} 个文件没有做成(如 {failed[0]}),不打包:请先解决。")
    public = any(each.task.public for each in outcomes)
    parcel = _parcel(outcomes, place, reports, public=public)
    content = bundle(parcel, public)
    if not public:
        path = reports / f"{parcel.name}.zip"
    else:
        _refuse_unchecked(outcomes)
        _refuse_unreviewed(content, parcel, place, reports, data)
        mark = sha256(content).hexdigest()[:MARK]
        path = reports / RELEASES / f"{parcel.name}-{mark}.zip"
    write_whole(path, content)
    return path


def _parcel(outcomes: Sequence[Outcome], place: Place, reports: Path, *, public: bool) -> Parcel:
    """Gather the files of a run, under the paths that they have in the archive."""
    files, entries = {}, {}
    for outcome in outcomes:
        if outcome.task.kind in ("index", "review"):  # of all reports; for inside only
            continue
        for file in outcome.task.files:
            path = reports / file
            inside = file.removeprefix(f"{PUBLIC_FOLDER}/").removeprefix(f"{place.slug}/")
            files[inside] = path.read_bytes()
            entries[inside] = manifest.read(path.parent)[path.name]
    years = sorted({year for each in outcomes if (year := each.task.year)})
    span = "-".join(dict.fromkeys((str(years[0]), str(years[-1])))) if years else "all"
    audience = PUBLIC if public else INTERNAL
    labels = dict.fromkeys(each.task.label for each in outcomes if each.task.label)
    said = f"{'—'.join(dict.fromkeys((str(years[0]), str(years[-1]))))} 年度" if years else ""
    return Parcel(
        name=f"{place.slug}-{span}-{audience}",
        title=f"{place.name} {said}{INDEX_TITLE}",
        audience=audience,
        label=";".join(labels),
        files=files,
        entries=entries,
    )


def _refuse_unchecked(outcomes: Sequence[Outcome]) -> None:
    """Refuse what does not agree with the print, or has not been held against it."""
    for each in outcomes:
        if each.task.kind == "figures" and not each.entry.get("passed"):
            raise XukeError(
                f"{each.task.title}核对未通过,不打公开包:请用 xuke check {each.task.year} 查看。"
            )


def _refuse_unreviewed(
    content: bytes, parcel: Parcel, place: Place, reports: Path, data: Path
) -> None:
    """Refuse what reviewers have no list for, or what suppression does not hide any more."""
    review = reports / REVIEW_FOLDER / place.slug
    if not (review / REVIEW).is_file() or REVIEW not in manifest.read(review):
        raise XukeError(
            f"没有披露控制清单({REVIEW_FOLDER}/{place.slug}/{REVIEW}),不打公开包:请用 --audience public 重新生成。"
        )
    documents = [
        json.loads(each) for name, each in parcel.files.items() if name.rpartition("/")[2] == JSON
    ]
    if not documents:
        raise XukeError(f"没有任何年度的 {FIGURES},不打公开包:请写明年度。")
    found = look_back(documents, place, reports / RELEASES, data, besides=content)
    write_whole(review / LOOKED_BACK, csv(found, bom=True))
    if len(wrong := vain(found, place, data)):
        first = wrong.iloc[0]
        raise XukeError(
            f"有 {len(wrong)} 个抑制的数以前公开过(如 {first['年度']} 年“{first['行']}”的“{first['列']}”,"
            f"见 {REVIEW_FOLDER}/{place.slug}/{LOOKED_BACK}),不打公开包:"
            "请审核人逐个认定,认可的写入 data/disclosed.toml。"
        )
