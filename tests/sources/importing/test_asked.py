"""What is only asked about: the answers come through the door, the texts do not."""

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.sources.importing import complete as completing
from analysis.sources.importing.asked import Answer
from analysis.sources.mapping.declared import Comparison, Condition
from tests.sources.importing.exports import case, item, kept, write

EMPTY = ("", "-", "NULL")
WORD = st.text("不予许可ab12A１", min_size=1, max_size=3)
TEXT = st.one_of(WORD, st.sampled_from(EMPTY), st.text(max_size=12), st.none())
ASKED = st.lists(
    st.one_of(
        st.builds(
            Condition,
            st.just("备注"),
            st.sampled_from([Comparison.IS, Comparison.NOT, Comparison.CONTAINS]),
            st.lists(WORD, min_size=1, max_size=3).map(tuple),
        ),
        st.just(Condition("备注", Comparison.FILLED, ("true",))),
    ),
    max_size=3,
)
HALF = {0xFEE0 + code: code for code in range(0x21, 0x7F)} | {0x3000: 0x20, 0x2212: 0x2D}


def holds(condition: Condition, text: str | None) -> bool:
    """Tell whether a condition holds for a cell, as the documentation words it."""
    plain = None if text is None or text.strip() in EMPTY else text.strip()
    half = None if plain is None else plain.translate(HALF).strip()
    words = [word.translate(HALF).strip() for word in condition.values]
    match condition.test:
        case Comparison.IS:
            return half in words
        case Comparison.NOT:
            return half not in words
        case Comparison.CONTAINS:
            return half is not None and any(word in half for word in words)
        case _:
            return plain is not None


@given(ASKED, st.lists(TEXT, max_size=8))
@example([Condition("备注", Comparison.CONTAINS, ("不予",))], ["经审查,张三的申请不予许可", "准予"])
def test_an_answer_fulfils_the_same_conditions(conditions, texts):
    said = Answer(conditions, EMPTY)(pa.array(texts, pa.string())).to_pylist()
    for condition in conditions:
        assert [holds(condition, one) for one in said] == [holds(condition, one) for one in texts]


MAPPING = """
based_on = "canonical"

[cases.columns]
outcome = [
  { value = "refused", when = { "备注" = { contains = "不予" } } },
  { from = "办结结果", codes = "canonical" },
]
"""


def test_free_text_that_decides_an_outcome_is_never_written(data, tmp_path, run, monkeypatch):
    remark = "经审查,欧阳测试甲(13800138000)的申请不予许可"
    rows = [case(备注=remark), case(备注="欧阳测试甲已领取"), case(备注="")]
    (tmp_path / "m.toml").write_text(MAPPING, encoding="utf-8")
    seen = []

    def decode(matched, staged, con):
        seen.extend(str(pq.read_table(one.rows).to_pydict()) for one in staged)
        return original(matched, staged, con)

    original = completing.decode
    monkeypatch.setattr(completing, "decode", decode)
    files = write(tmp_path / "i.csv", [item()]), write(tmp_path / "c.csv", rows)
    said = run(*files, "--mapping", tmp_path / "m.toml", preset="")
    assert said.code == 0, said.err
    assert [row["outcome"] for row in kept(data)] == ["refused", "approved", "approved"]
    for planted in ("欧阳", "13800138000", "经审查", "领取"):
        assert not any(planted in staged for staged in seen)
