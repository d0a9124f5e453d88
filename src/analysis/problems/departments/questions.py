"""The questions (问题) on differences between departments."""

from collections.abc import Callable

from analysis.problems.departments import answers
from analysis.problems.departments.reference import LEAST_CASES, LEAST_SHARE
from analysis.problems.departments.strata import BROKEN, REFUSED, SUPPLEMENTED, Aspect
from analysis.problems.finding import Answer, Question, Threshold
from analysis.problems.grounds import Grounds
from analysis.problems.overdue.clocks import TRAPS
from analysis.statistics.limits import CONVERSION

STRUCTURE = (
    "事项结构:其他部门也办、且件数够的事项按事项比,否则同办件类型、法定时限档(10、20个工作日;"
    f"{CONVERSION})、申报来源的办件相比;其他部门的件数不到{LEAST_CASES}件、或不到本部门的{LEAST_SHARE:.0%}为不够"
    "(本软件设定:再少则应有的件数多半是偶然),两样都不够的办件不比"
)
FAMILY = "三个方面(超承诺时限、补正、不予许可)各部门的p值和换边的p值作为一族一并校正(Benjamini-Hochberg,5%)"
METHOD = (
    "间接标准化比 = 实有 ÷ 按其他各部门同类办件的比率应有;区间为95%(mid-p,未作多重校正);"
    "同一部门应有5件以上的事项之间的差异经皮尔逊卡方检验超出偶然(5%)的,区间和p值按此放宽。"
    f"{FAMILY}。{STRUCTURE}"
)
OWN = "本软件设定:1个部门起提示,3个起判为明显;高于不等于差,须看该部门办的是什么"
KINDS = "同类办件仍有难易之分(材料、对象、专业程度),结构只能按数据里有的列来分"
ONE_ITEM = "只办一个大事项的部门,分不清是部门不同还是事项不同"
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
    aspect: Aspect,
    traps: tuple[str, ...],
) -> Question:
    return Question(
        id=question_id,
        problem="departments",
        term=term,
        english=english,
        unit="个",
        statement=statement,
        definition=METHOD,
        scope=f"{aspect.scope},有其他部门同类办件可比的",
        threshold=Threshold(3.0, 1.0, OWN),
        rivals=(KINDS, ONE_ITEM, RECORDED),
        source=SOURCE,
        answer=answer,
        needs=aspect.needs,
        decimals=0,
        traps=traps,
    )


QUESTIONS = (
    _question(
        "departments_promises",
        "超承诺时限偏多的部门",
        "departments that break promises more often",
        "有 {number}部门超承诺时限办结多于事项结构和偶然能解释的",
        answers.broken,
        BROKEN,
        TRAPS,
    ),
    _question(
        "departments_supplements",
        "补正偏多的部门",
        "departments with more supplements",
        "有 {number}部门补正多于事项结构和偶然能解释的",
        answers.supplemented,
        SUPPLEMENTED,
        ("pushed_again",),
    ),
    _question(
        "departments_refusals",
        "不予许可偏多的部门",
        "departments that refuse more often",
        "有 {number}部门不予许可多于事项结构和偶然能解释的",
        answers.refused,
        REFUSED,
        ("pushed_again",),
    ),
    Question(
        id="departments_reversed",
        problem="departments",
        term="标准化后换边的部门",
        english="departments on the other side once standardised (Simpson)",
        unit="个",
        statement="有 {number}部门的超承诺时限比率与其他部门的高低在扣除事项结构后反转(前后都超出偶然)",
        definition="未标准化的比(可比办件的比率 ÷ 其他各部门的比率)与标准化比在1的两边、且两者校正后都超出偶然的部门"
        f"(辛普森悖论),p值取两者中大的。{FAMILY}。{STRUCTURE}",
        scope=f"{BROKEN.scope},有其他部门同类办件可比的",
        threshold=Threshold(5.0, 1.0, "本软件设定:有换边的部门,就不能用未标准化的比率排名"),
        rivals=(KINDS, ONE_ITEM, RECORDED),
        source="Simpson (1951);Berger (1982) 交并检验",
        answer=answers.reversed_by_mix,
        needs=BROKEN.needs,
        decimals=0,
        traps=TRAPS,
        compared=False,
    ),
)
