"""The questions (问题) on the workload squeeze."""

from analysis.problems.finding import ANY, Question, Threshold
from analysis.problems.squeeze import answers
from analysis.problems.squeeze.handlers import per_handler
from analysis.problems.squeeze.load import LEAST_CASES
from analysis.problems.squeeze.months import LEAST_PROMISE
from analysis.statistics.facts import CALENDAR
from analysis.statistics.needs import COMPLETED_NEED

SCOPE = "年内办结的行政许可承诺件;即办件当场办结,不计"
SOURCE = "2022年度报告存在问题(二):不断压减审批时限,给审批人员的时间越来越短"
OWN = "本软件设定:没有公认的标准"
CLOSED = (*COMPLETED_NEED, "cases.case_type")
LIMITS = (
    CALENDAR,
    *CLOSED,
    "cases.promised_days",
    "cases.statutory_days",
    "cases.extended_days",
    "cases.stopped_days_art45",
    "cases.stopped_days_other",
)
STAFF = ("staff.period", "staff.role", "staff.fte")
WAITING = "系统到期前自动提醒,经办人习惯在提醒后办结:压线不等于来不及"
BATCH = "月末、季末集中录入办结,记录的时间不是实际办结的时间"
STAFF_RECORD = "人员折算人数由各部门自报,借调、编外人员和兼办的其他业务没有计入"

QUESTIONS = (
    Question(
        id="deadline_hugging",
        problem="squeeze",
        term="压线办结占比",
        english="share closed at the end of the time allowed",
        unit="%",
        statement="{number} 的承诺件在承诺时间的最后10%或最后一天才办结",
        definition=(
            "剩余工作日不多于承诺时间(含延长和各类特别程序)的10%,或在承诺的最后一天办结、且未超期的承诺件 ÷ "
            f"年内办结、承诺{LEAST_PROMISE}个工作日以上的承诺件"
        ),
        scope=SCOPE,
        threshold=Threshold(30.0, 15.0, f"{OWN};时间均匀用完时约为10%,1.5倍起提示、3倍起判为明显"),
        rivals=(WAITING, BATCH),
        source=SOURCE,
        needs=LIMITS,
        answer=answers.hugging,
    ),
    Question(
        id="promise_broken",
        problem="squeeze",
        term="承诺件超承诺时限占比",
        english="share of commitment cases closed after the promised day",
        unit="%",
        statement="{number} 的承诺件超过承诺时限才办结",
        definition="办结日晚于承诺到期日(延长和各类特别程序的时间不计)的承诺件 ÷ 年内办结、有承诺时限的承诺件",
        scope=SCOPE,
        threshold=Threshold(5.0, 1.0, f"{OWN};承诺时限是对公众的承诺,应当一件不超"),
        rivals=("特别程序没有登记,时间没有扣除", BATCH),
        source=SOURCE,
        needs=LIMITS,
        answer=answers.late,
        decimals=2,
    ),
    Question(
        id="sent_back",
        problem="squeeze",
        term="审核退回占比",
        english="share returned by a reviewer",
        unit="%",
        statement="{number} 的承诺件被审核环节退回经办人",
        definition="环节表中有“退回”的办件 ÷ 年内办结的承诺件",
        scope=SCOPE,
        threshold=Threshold(10.0, 5.0, OWN),
        rivals=("退回是正常的内部把关,退回多也可能说明审核严格",),
        source=SOURCE,
        needs=(*CLOSED, "events.case_id", "events.activity"),
        answer=answers.sent_back,
        decimals=2,
    ),
    Question(
        id="peak_stock",
        problem="squeeze",
        term="在办量高峰",
        english="peak of the cases open at a month's end over the mean",
        unit="%",
        statement="在办承诺件最多的月末比全年平均多 {number}",
        definition="各月末在办承诺件最大值 ÷ 各月末平均 − 1",
        scope="年内受理或办结、或年初在办的行政许可承诺件",
        threshold=Threshold(50.0, 25.0, OWN),
        rivals=("申请本身有淡旺季(春节前后、年末),与人手无关", BATCH),
        source=SOURCE,
        needs=(*LIMITS, "cases.dept_code"),
        answer=answers.monthly,
    ),
    Question(
        id="cases_per_head",
        problem="squeeze",
        term="人均办件量增长",
        english="growth of completed cases per full-time day",
        unit="%",
        statement="窗口和审批岗位每人每个工作日办结的件数比上年{change} {number}",
        change=("增长", "下降"),
        definition="年内办结量 ÷ (窗口、审批岗位折算人数 × 工作日),与上年之比 − 1;只计两年都有人员数的部门",
        scope="年内办结的行政许可办件(含即办件)",
        threshold=Threshold(20.0, 10.0, OWN),
        rivals=(STAFF_RECORD, "网上自助办理增加,每件花的人工减少"),
        source=SOURCE,
        needs=(CALENDAR, *CLOSED, "cases.dept_code", *STAFF),
        answer=answers.per_head,
        compared=False,
    ),
    Question(
        id="cases_per_handler",
        problem="squeeze",
        term="经办人人均办结量",
        english="completed cases per handler",
        unit="件",
        statement="每位经办人全年平均办结 {number}(即办件不计)",
        definition="年内办结、经办人已知的办件(即办件不计) ÷ 经办人数(每人计一次)",
        scope="年内办结的行政许可办件,即办件当场办结,不计",
        threshold=Threshold(
            1_500.0, 750.0, f"{OWN};约合每个工作日3件起提示、6件起判为明显,难易不同不能一概而论"
        ),
        rivals=(
            "多人合用一个账号,或一个账号只签收不经办:人数不是实际的人数",
            "经办人全年只有部分时间在岗,或兼办其他业务",
        ),
        source=SOURCE,
        needs=(*CLOSED, "cases.handler_key"),
        answer=per_handler,
        decimals=1,
    ),
    Question(
        id="compression_hugging",
        problem="squeeze",
        term="压缩幅度与压线办结",
        english="hugging in the most compressed fifth less the least compressed",
        unit="个百分点",
        statement="承诺时限压缩最多的五分之一办件,压线办结比压缩最少的五分之一{change} {number}",
        change=("多", "少"),
        definition=(
            "承诺件按压缩率(1 − 承诺时限 ÷ 法定时限)由小到大分成五等份(每件计一次,压缩率相同的不拆开),"
            "最高一份的压线办结占比减最低一份的"
        ),
        scope=SCOPE,
        threshold=Threshold(20.0, 10.0, OWN),
        rivals=(
            "压缩多的事项本来就不同(部门、材料、难易):这里比较的是不同事项,不说明压缩造成压线",
        ),
        source=SOURCE,
        needs=LIMITS,
        answer=answers.by_compression,
    ),
    Question(
        id="load_duration",
        problem="squeeze",
        term="负荷与用时",
        english="longer durations in months of higher load, within departments",
        unit="%",
        statement="同一部门负荷比平均高10%的月份,承诺件用时{change} {number}",
        change=("长", "短"),
        definition=(
            "负荷 = 当月受理的承诺件 ÷ (审批岗位折算人数 × 工作日),除以本部门全年平均;"
            "用时 = 当月受理的承诺件的平均工作日,除以同样事项的全年平均;"
            "用时对负荷回归,含部门和月份固定效应,区间按部门聚类(CR2,Bell-McCaffrey自由度)。"
            f"只计月均承诺件{LEAST_CASES}件以上的部门;截止日前两个月受理的可能还没有办结,不计"
        ),
        scope="年内受理、已办结的行政许可承诺件",
        threshold=Threshold(2.0, ANY, f"{OWN};且区间须排除偶然(校正后p值不大于5%)"),
        rivals=(
            STAFF_RECORD,
            "忙的月份也可能是难办的月份(集中申报的项目),不是人手的缘故",
            "没有随机分派或政策试验:这是相关,不说明因果",
        ),
        source=f"{SOURCE};固定效应模型",
        needs=(*LIMITS, "cases.dept_code", *STAFF),
        answer=answers.load_and_duration,
        decimals=2,
    ),
    Question(
        id="little",
        problem="squeeze",
        term="在办量与用时不符",
        english="stock against flow times duration (Little's law)",
        unit="%",
        statement="按办结量和用时推算的在办量与实际在办量相差 {number}",
        definition="|平均在办量 ÷ (每工作日办结量 × 平均用时工作日) − 1|;平均在办量取月初、月末在办量的平均",
        scope="年内受理或办结、或年初在办的行政许可承诺件",
        threshold=Threshold(
            25.0, 15.0, f"{OWN};记录一致时两者相近(利特尔法则),差得多说明受理或办结时间记录有误"
        ),
        rivals=("月末不代表全月", "年初、年末在办量相差大时两者本来就不等"),
        source="Little (1961): L = λW",
        needs=(*LIMITS, "cases.dept_code"),
        answer=answers.little,
    ),
)
