"""Every input row has one fate: against a reference in plain Python, on random exports."""

import tempfile
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.sources.importing.request import Request
from analysis.sources.importing.run import run_import
from tests.sources.importing.exports import case, data_folder, item, kept, meta, write

TIMES = {
    "in": ("2022-03-01 09:00:00", "2022-03-01 10:00:00", "2022-03-04 16:00:00"),
    "carried": ("2021-12-01 09:00:00", "2021-12-02 10:00:00", ""),
    "before": ("2021-03-01 09:00:00", "2021-03-01 10:00:00", "2021-03-04 16:00:00"),
    "after": ("2023-01-02 09:00:00", "2023-01-02 10:00:00", "2023-01-03 16:00:00"),
}
ROW = st.fixed_dictionaries(
    {
        "办件编号": st.sampled_from(["k1", "k2", "k3", "k4", ""]),
        "时间": st.sampled_from([*TIMES, "in", "in"]),
        "镇街": st.sampled_from(["东", "西"]),
        "数据状态": st.sampled_from(["valid", "valid", "void"]),
        "数据版本": st.sampled_from(["", "1", "2"]),
        "入库时间": st.sampled_from(["", "2022-05-01", "2022-05-02"]),
        "错": st.sampled_from(["", "", "", "time", "code", "order"]),
    }
)
WRONG = {
    "": {},
    "time": {"申请时间": "不详"},
    "code": {"申报来源": "无此渠道"},
    "order": {"受理时间": "1999-01-01 10:00:00"},
}
KIND = st.one_of(ROW, ROW, ROW, st.sampled_from(["total", "blank"]))


def export_row(row: dict[str, str]) -> dict[str, str]:
    applied, accepted, closed = TIMES[row["时间"]]
    made = case(申请时间=applied, 受理时间=accepted, 办结时间=closed)
    made["办结结果"] = "approved" if closed else ""
    made |= WRONG[row["错"]]
    plain = ("办件编号", "镇街", "数据状态", "数据版本", "入库时间")
    return made | {heading: row[heading] for heading in plain}


def reference(rows: list[object]) -> list[str]:
    """Return the ending of each row, as the documentation words it."""
    endings = ["not_data" if isinstance(row, str) else "" for row in rows]
    for n, row in enumerate(rows):
        if isinstance(row, dict) and (row["错"] or not row["办件编号"]):
            endings[n] = "quarantined"
    by_key: dict[str, list[int]] = {}
    for n, row in enumerate(rows):
        if not endings[n]:
            by_key.setdefault(row["办件编号"], []).append(n)
    for positions in by_key.values():
        newest = max(version(rows[n]) for n in positions)
        top = [n for n in positions if version(rows[n]) == newest]
        for n in positions:
            if n not in top:
                endings[n] = "superseded"
        said = {(rows[n]["时间"], rows[n]["镇街"], rows[n]["数据状态"]) for n in top}
        for n in top[1:] if len(said) == 1 else top:
            endings[n] = "superseded" if len(said) == 1 else "quarantined"
    for n, row in enumerate(rows):
        if not endings[n]:
            void, elsewhere = row["数据状态"] == "void", row["时间"] in ("before", "after")
            endings[n] = "void" if void else "quarantined" if elsewhere else "kept"
    return endings


def version(row: dict[str, str]) -> tuple[int, datetime]:
    loaded = row["入库时间"]
    return (
        int(row["数据版本"] or -1),
        datetime.fromisoformat(loaded) if loaded else datetime.min,
    )


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(KIND, min_size=3, max_size=14))
def test_every_row_ends_as_the_reference_says(monkeypatch_home, rows):
    endings = reference(rows)
    with tempfile.TemporaryDirectory() as name:
        data = data_folder(Path(name) / "data")
        export = [case(办件编号="first", 镇街="东", 数据状态="valid", 数据版本="", 入库时间="")]
        blank = dict.fromkeys(export[0], "")
        for row in rows:
            if row == "total":
                export.append(blank | {"办件编号": "合计", "申报来源": "3"})
            else:
                export.append(blank if row == "blank" else export_row(row))
        file = write(Path(name) / "办件.csv", export)
        items = write(Path(name) / "事项.csv", [item()])
        request = Request(2022, [str(items), str(file)], "t", data, preset="canonical")
        assert not run_import(request, lambda line: None).failure
        (found,) = meta(data)["imported"]["cases"]["rows"]
        counted = Counter(endings)
        counted["kept"] += 1
        assert {e: found[e] for e in counted} == dict(counted)
        assert found["read"] == len(rows) + 1
        keys = [
            "first",
            *(r["办件编号"] for r, e in zip(rows, endings, strict=True) if e == "kept"),
        ]
        assert [row["case_id"] for row in kept(data)] == keys


@pytest.fixture(scope="module")
def monkeypatch_home(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        yield
