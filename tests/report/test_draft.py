"""The paragraphs of the draft: every number is the registry's, nothing is invented."""

import re
from string import Formatter

import pytest

from analysis.check import compare
from analysis.problems.finding import Answer, Finding, Interval, Question, Threshold, Verdict
from analysis.report.draft import draft, sentences
from analysis.report.draft.evidence import measures, problems
from analysis.report.draft.ledger import Ledger
from analysis.report.draft.punctuation import chinese
from analysis.report.draft.text import Blank, Evidence, Kind, Number
from analysis.report.edition import Edition, edition
from analysis.statistics.facts import Facts
from analysis.statistics.figures import figures
from analysis.statistics.registry import REGISTRY
from tests.report.editions import LABEL, small_edition
from tests.statistics.supervised import supervised_year

HEADINGS = ["依法实施", "公开公示", "监督管理", "实施效果", "创新方式", "推行标准化"]


@pytest.fixture(scope="module")
def small() -> Edition:
    return small_edition()


def changed(edition: Edition, **values: str) -> Edition:
    """Return an edition in which figures have other values."""
    frame = edition.figures.copy()
    for figure, value in values.items():
        frame.loc[frame["id"] == figure, "value"] = value
    return Edition(edition.year, frame, edition.figures)


def finding(at: str, problem: str, verdict: Verdict, before=None, **answer) -> Finding:
    question = Question(
        id=at,
        problem=problem,
        term=f"{at}的指标",
        english=at,
        unit="%",
        statement="某类办件占 {number}。",
        definition="某类办件 ÷ 全部办件",
        scope="全部办件",
        threshold=Threshold(5, 1, "本软件设定"),
        rivals=("系统补录。", "口径不同"),
        source="无",
        answer=lambda _: Answer(None),
    )
    return Finding(question, Answer(**({"number": 12.5} | answer)), verdict, before=before)


def test_the_draft_has_the_form_of_the_report(small: Edition) -> None:
    made = draft(small, [])
    words = [paragraph.words for paragraph in made.paragraphs]
    assert made.title == "测试区2022年度行政许可实施和监督管理情况报告"
    assert made.label == LABEL
    assert words[0].startswith("根据《广东省行政许可监督管理条例》的要求,现将我区2022年")
    parts = [p.words for p in made.paragraphs if p.kind is Kind.HEADING]
    assert parts == ["一、基本情况", "二、存在问题和困难", "三、下一步工作措施及有关建议"]
    six = [p.words for p in made.paragraphs if p.kind is Kind.SUBHEADING][:6]
    assert six == [f"({n}){name}情况" for n, name in zip("一二三四五六", HEADINGS, strict=True)]


def test_every_digit_is_a_figure_of_the_registry_as_computed(small: Edition) -> None:
    values = {(r["id"], r["variant"]): r["value"] for r in small.figures.to_dict("records")}
    named = set()
    for paragraph in draft(small, []).paragraphs:
        for run in paragraph.runs:
            if isinstance(run, Number):
                named.add((run.figure, run.variant))
                if not run.change:
                    assert run.words.replace(",", "") == values[run.figure, run.variant]
            elif isinstance(run, str):
                assert not re.search(r"\d", re.sub("2022年(10月31日)?", "", run)), run
    assert len(named) > 40


def test_all_holes_are_figures() -> None:
    templates = [value for value in vars(sentences).values() if isinstance(value, str)]
    holes = [hole for text in templates for hole in Formatter().parse(text) if hole[1]]
    assert len(holes) > 60
    first = dict(reversed(REGISTRY))
    for _, figure, variant, _ in holes:
        assert (figure, variant or first[figure]) in REGISTRY


def test_each_number_of_the_text_stands_in_the_annex(small: Edition) -> None:
    made = draft(small, [])
    named = {
        (run.figure, run.variant)
        for paragraph in made.paragraphs
        for run in paragraph.runs
        if isinstance(run, Number)
    }
    assert {(entry.figure, entry.variant) for entry in made.definitions} == named
    entry = next(entry for entry in made.definitions if entry.figure == "accepted")
    assert (entry.value, entry.before, entry.term) == (
        "10件",
        "10件",
        "受理量",
    )  # c1-c7, c9, c10, c12


def test_what_was_not_computed_is_a_blank_and_never_a_number() -> None:
    made = draft(small_edition(inspections=None, evaluations=None), [])
    blanks = [run.words for p in made.paragraphs for run in p.runs if isinstance(run, Blank)]
    lost = [words for words in blanks if "缺少事中事后监管表" in words]
    assert len(lost) == 1
    assert lost[0].startswith("〔待填:检查次数、检查人次")
    assert max(words.count("数据不足") for words in blanks) == 1
    assert not [
        run
        for p in made.paragraphs
        for run in p.runs
        if isinstance(run, Number) and run.figure in ("inspections", "ratings")
    ]


def test_changes_are_reckoned_from_both_years(small: Edition) -> None:
    """8 → 10 is a quarter more; 87.50 % → 85.25 % is 2.25 points less."""
    base = changed(small, accepted="8", on_time_rate="87.50", mean_days="4.00", completed="0")
    now = changed(base, accepted="10", on_time_rate="85.25", mean_days="4.00", completed="5")
    now = Edition(small.year, now.figures, base.figures)
    names = {"accepted": "甲", "on_time_rate": "乙", "mean_days": "丙", "completed": "丁"}
    runs = Ledger(now).changes(names)
    words = "".join(run if isinstance(run, str) else run.words for run in runs)
    assert words == "与上年相比,甲增长25.0%,乙降低2.25个百分点,丙持平,丁由0件增至5件。"
    assert Ledger(Edition(small.year, now.figures)).changes(names) == ()


def test_a_department_reports_its_own_numbers() -> None:
    facts = Facts.of(supervised_year())
    made = edition(facts, None, compare(facts), department="甲局")
    own = figures(facts, department="D1")
    assert list(made.figures["value"]) == list(own["value"])
    text = draft(made, [])
    assert text.title == "甲局2022年度行政许可实施和监督管理情况报告"
    assert "现将我局2022年" in text.paragraphs[0].words
    assert not [p for p in text.paragraphs if "与上年相比" in p.words or "个部门" in p.words]


def test_findings_are_the_evidence_and_their_rivals_are_told() -> None:
    interval = Interval(10.0, 15.0, "占比", "办件")
    found = [
        finding(
            "a",
            "duplicates",
            Verdict.EVIDENT,
            interval=interval,
            comparison=("其他部门为2%",),
            before=11.0,
        ),
        finding("q", "quality", Verdict.SIGNS),
        finding("b", "supervision", Verdict.SIGNS),
        finding("c", "overdue", Verdict.NONE),
        finding("d", "delegation", Verdict.INSUFFICIENT, number=None, reason="缺少列"),
    ]
    text = problems(found)
    words = [paragraph.words for paragraph in text]
    assert words[1:4] == [
        "(一)重复申请方面",
        "某类办件占 12.5%(95%置信区间10.0%至15.0%;上年11.0%)。其他部门为2%。",
        "上述情况也可能另有原因(见附件2),尚不能据此认定。〔待填:具体情形、所涉系统和事项,由有关部门核实〕",
    ]
    assert words[4] == "(二)监管工作量方面"
    assert words[-3:] == [
        "数据质量方面:某类办件占 12.5%。上述各数应结合这些情况阅读。",
        "按现有数据未见突出问题的:c的指标。",
        "因数据不足未能分析的:d的指标。",
    ]
    cited = [r.finding for p in text for r in p.runs if isinstance(r, Evidence)]
    assert cited == ["a", "b", "q"]
    todo = [paragraph.words for paragraph in measures(found)]
    assert todo[2] == "针对a的指标情况,〔待填:拟采取的措施、责任单位和完成时限〕"


def test_the_evident_are_told_first_and_a_zero_is_not() -> None:
    found = [
        finding("zero", "overdue", Verdict.SIGNS, number=0.04),
        *(finding(f"s{at}", "overdue", Verdict.SIGNS) for at in range(3)),
        finding("e", "overdue", Verdict.EVIDENT),
    ]
    text = problems(found)
    assert [r.finding for p in text for r in p.runs if isinstance(r, Evidence)] == ["e", "s0", "s1"]
    assert text[-1].words.startswith("另有2项有迹象的情况见附件2。")
    evident = [finding(f"e{at}", "overdue", Verdict.EVIDENT) for at in range(4)]
    more = problems([*evident, *found[1:2]])[-1].words
    assert more.startswith("另有1项明显、1项有迹象的情况见附件2。")


def test_without_findings_nothing_is_made_up() -> None:
    for found in ([], [finding("c", "overdue", Verdict.NONE)]):
        words = [paragraph.words for paragraph in problems(found)]
        assert words[1].startswith("〔待填:存在问题和困难(")


@pytest.mark.parametrize(
    ("half", "full"),
    [
        ("受理1,795,742件,其中", "受理1,795,742件，其中"),
        (",即办率", "，即办率"),
        ("率(含)10%;其他", "率（含）10%；其他"),
        ("(一)标题", "（一）标题"),
        ("f(x), y: 1", "f(x), y: 1"),
        ("项(业务办理项", "项（业务办理项"),  # a number follows, and then
        ("项)。", "项）。"),
        ("见(GB/T 9704):", "见（GB/T 9704）："),
        ("占 12.5%(95%区间(含)10% 至)。", "占12.5%（95%区间（含）10%至）。"),
    ],
)
def test_punctuation_is_full_width_in_chinese(half: str, full: str) -> None:
    assert chinese(half) == full
