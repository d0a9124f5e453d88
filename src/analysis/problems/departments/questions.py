"""The questions (问题) on differences between departments."""

from collections.abc import Callable

from analysis.problems.departments import answers
from analysis.problems.finding import Answer, Question, Threshold
from analysis.problems.grounds import Grounds
from analysis.problems.squeeze.questions import LIMITS
from analysis.statistics.figure import COMPLETED_NEED

STRUCTURE = (
    "事项结构:几个部门都办的事项按事项比;只有一个部门办的,同办件类型、法定时限档(10、20个工作日)、"
    "申报来源的办件相比"
)
METHOD = (
    "间接标准化比 = 实有 ÷ 按其他各部门同类办件的比率应有;区间为mid-p,并按事项之间的差异放宽;"
    f"各部门的p值一并校正(Benjamini-Hochberg,5%)。{STRUCTURE}"
)
OWN = "本软件设定:1个部门起提示,3个起判为明显;高于不等于差,须看该部门办的是什么"
KINDS = "同类办件仍有难易之分(材料、对象、专业程度),结构只能按数据里有的列来分"
RECORDED = "各部门登记的习惯不同(补正记不记、特别程序记不记)"
SOURCE = (
    "Spiegelhalter (2005) 漏斗图;Clayton & Kaldor (1987) 经验贝叶斯;2022年度报告三(三)差异化监管"
)


def _question(
    question_id: str,
    term: str,
    english: str,
    statement: str,
    answer: Callable[[Grounds], Answer],
    needs: tuple[str, ...],
) -> Question:
    return Question(
        id=question_id,
        problem="departments",
        term=term,
        english=english,
        unit="个",
        statement=statement,
        definition=METHOD,
        scope="年内办结的行政许可办件,有其他部门同类办件可比的",
        threshold=Threshold(3.0, 1.0, OWN),
        rivals=(KINDS, RECORDED),
        source=SOURCE,
        answer=answer,
        needs=(*COMPLETED_NEED, "cases.dept_code", "items.statutory_limit", *needs),
        decimals=0,
    )


QUESTIONS = (
    _question(
        "departments_promises",
        "超承诺时限偏多的部门",
        "departments that break promises more often",
        "有 {number}部门超承诺时限办结多于事项结构和偶然能解释的",
        answers.broken,
        LIMITS,
    ),
    _question(
        "departments_supplements",
        "补正偏多的部门",
        "departments with more supplements",
        "有 {number}部门补正多于事项结构和偶然能解释的",
        answers.supplemented,
        ("cases.supp_rounds",),
    ),
    _question(
        "departments_refusals",
        "不予许可偏多的部门",
        "departments that refuse more often",
        "有 {number}部门不予许可多于事项结构和偶然能解释的",
        answers.refused,
        (),
    ),
    Question(
        id="departments_reversed",
        problem="departments",
        term="标准化后换边的部门",
        english="departments on the other side once standardised (Simpson)",
        unit="个",
        statement="有 {number}部门的超承诺时限比率,扣除事项结构后由高于变为低于其他部门(或相反)",
        definition=f"未标准化的比与标准化比分在1的两边、且前者在后者的区间之外的部门(辛普森悖论)。{STRUCTURE}",
        scope="年内办结的行政许可办件",
        threshold=Threshold(5.0, 1.0, "本软件设定:有换边的部门,就不能用未标准化的比率排名"),
        rivals=(KINDS,),
        source="Simpson (1951)",
        answer=answers.reversed_by_mix,
        needs=(*COMPLETED_NEED, "cases.dept_code", "items.statutory_limit", *LIMITS),
        decimals=0,
        compared=False,
    ),
)
