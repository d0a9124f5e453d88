"""Notices (补正告知): later than 5 working days, or none at all, so that acceptance is deemed."""

from collections.abc import Callable

from analysis.problems.finding import ANY, Answer, Question, Threshold
from analysis.problems.grounds import Grounds
from analysis.problems.shares import by_department, share
from analysis.problems.supplements.rounds import LAW
from analysis.statistics.facts import CALENDAR
from analysis.statistics.figure import LICENCE_CASES
from analysis.statistics.needs import ACCEPTED_NEED
from analysis.statistics.timeliness.duties import NOTICE
from analysis.tables.clocks import STATUTORY_DEEMED

LATE, NOTICED = "超过5个工作日才告知补正的办件", "年内首次告知补正的办件"
DEEMED, ACCEPTED = "视为受理的办件", "年内受理的办件"
THRESHOLD = "一件也不合法;千分之一以上为明显,本软件设定"


def _share_of(measures: tuple[str, str], terms: tuple[str, str]) -> Callable[[Grounds], Answer]:
    def answer(grounds: Grounds) -> Answer:
        part, whole = (
            grounds.facts.rows(measure).groupby("dept_code")["n"].sum() for measure in measures
        )
        columns = dict(zip(terms, (part, whole), strict=True))
        evidence = by_department(grounds, columns, *terms)
        return share(int(part.sum()), int(whole.sum()), terms, evidence=evidence)

    return answer


QUESTIONS = (
    Question(
        id="late_notice",
        problem="supplements",
        term="补正告知逾期率",
        english="share of supplement notices given late",
        unit="%",
        decimals=2,
        statement="{number} 的补正告知在收件五个工作日之后才作出。",
        definition=f"首次告知补正距收件超过5个工作日的办件 ÷ {NOTICED}(收件当日不计)",
        scope=LICENCE_CASES,
        threshold=Threshold(0.1, ANY, f"{LAW};{THRESHOLD}"),
        rivals=("收件时间登记的是网上提交时间,实际材料后到。", "告知是电话或当面作出,系统后补。"),
        source=LAW,
        needs=(CALENDAR, *NOTICE),
        answer=_share_of(("noticed_late", "noticed"), (LATE, NOTICED)),
        traps=("midnight_stamps", "pushed_again"),
        divisible=True,
    ),
    Question(
        id="deemed",
        problem="supplements",
        term="视为受理率",
        english="share of accepted cases that silence had accepted already",
        unit="%",
        decimals=3,
        statement="{number} 的受理件在收件五个工作日内既未受理也未告知,依法自收件之日起即为受理,法定时限应提前起算。",
        definition=f"收件后超过5个工作日才受理或才首次告知补正的办件 ÷ {ACCEPTED}",
        scope=LICENCE_CASES,
        threshold=Threshold(
            0.1, ANY, f"行政许可法第32条第1款第4项:逾期不告知的视为受理;{THRESHOLD}"
        ),
        rivals=(
            "收件时间登记的是网上提交时间,实际材料后到。",
            "预审、预约占用的时间记在收件之后。",
        ),
        source=LAW,
        needs=(CALENDAR, *ACCEPTED_NEED, *(f"cases.{c}" for c in STATUTORY_DEEMED.columns)),
        answer=_share_of(("accepted_silent", "accepted"), (DEEMED, ACCEPTED)),
        traps=("midnight_stamps", "pushed_again"),
        divisible=True,
    ),
)
