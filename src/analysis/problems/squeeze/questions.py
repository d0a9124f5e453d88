"""The questions (问题) on the workload squeeze."""

from analysis.problems.finding import ANY, Question, Threshold
from analysis.problems.squeeze import answers
from analysis.problems.squeeze.handlers import per_handler
from analysis.problems.squeeze.heads import per_head
from analysis.problems.squeeze.load import LEAST_CASES, LEAST_MONTHS, load_and_duration
from analysis.problems.squeeze.months import LEAST_PROMISE
from analysis.problems.squeeze.stock import LEAST_STOCK, little, peak
from analysis.statistics.facts import CALENDAR
from analysis.statistics.needs import COMPLETED_NEED
from analysis.tables.clocks import PROMISED

SCOPE = "年内办结的行政许可承诺件;即办件当场办结,不计"
SCOPE_NOT_IMMEDIATE = "年内办结的行政许可办件,即办件当场办结,不计"
SOURCE = "2022年度报告存在问题(二):不断压减审批时限,给审批人员的时间越来越短"
OWN = "本软件设定:没有公认的标准"
CLOSED = (*COMPLETED_NEED, "cases.case_type")
COURSES = (CALENDAR, *CLOSED)
PROMISES = (*COURSES, *(f"cases.{column}" for column in PROMISED.columns))
LIMITS = (*PROMISES, "cases.statutory_days")
STAFF = ("staff.period", "staff.role", "staff.fte")
WAITING = "系统到期前自动提醒,经办人习惯在提醒后办结:压线不等于来不及。"
BATCH = "月末、季末集中录入办结,记录的时间不是实际办结的时间。"
NOT_CLOSED = "有的件实际已办结而没有登记办结,一直算作在办,在办量只增不减。"
# Each moves days of acceptance or closing away from what really happened.
TRAPS = (
    "bulk_entry",
    "bulk_closing",
    "midnight_stamps",
    "days_off",
    "reversed_times",
    "pushed_again",
)
STAFF_RECORD = "人员折算人数由各部门自报,借调、编外人员和兼办的其他业务没有计入。"

QUESTIONS = (
    Question(
        id="deadline_hugging",
        problem="squeeze",
        term="压线办结超出均匀用时",
        english="closed at the end of the time allowed, beyond time used evenly",
        unit="个百分点",
        statement="承诺时间的最后10%或最后一天办结的占比,比时间均匀用完时应有的{change} {number}",
        change=("高", "低"),
        definition=(
            "剩余工作日不多于承诺时间(含延长和各类特别程序)的10%,或在承诺的最后一天办结的承诺件 ÷ "
            f"年内在承诺时间内办结、承诺{LEAST_PROMISE}个工作日以上的承诺件,减去应有占比;"
            "应有占比:受理次日至到期日每个工作日办结的可能都相同时的占比,逐件计算"
            "(承诺2日为50%,5日、10日为20%,20日为15%);负数为少于应有"
        ),
        scope=SCOPE,
        threshold=Threshold(
            20.0, 10.0, f"{OWN};0为时间均匀用完;且须排除偶然(双侧二项检验,校正后p值不大于5%)"
        ),
        rivals=(WAITING, BATCH),
        traps=TRAPS,
        source=SOURCE,
        needs=PROMISES,
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
        rivals=("特别程序没有登记,时间没有扣除。", BATCH),
        traps=TRAPS,
        source=SOURCE,
        needs=PROMISES,
        answer=answers.late,
        decimals=2,
    ),
    Question(
        id="sent_back",
        problem="squeeze",
        term="审核退回占比",
        english="share returned by a reviewer",
        unit="%",
        statement="{number} 的办结件被审核环节退回经办人(即办件不计)",
        definition="环节表中有“退回”的办件 ÷ 年内办结的办件(即办件不计)",
        scope=SCOPE_NOT_IMMEDIATE,
        threshold=Threshold(10.0, 5.0, OWN),
        rivals=("退回是正常的内部把关,退回多也可能说明审核严格。",),
        traps=("zero_steps", "pushed_again"),
        source=SOURCE,
        needs=(*CLOSED, "events.case_id", "events.activity", "events.activity=return"),
        answer=answers.sent_back,
        decimals=2,
    ),
    Question(
        id="peak_stock",
        problem="squeeze",
        term="在办量高峰",
        english="peak of the cases open at a month's end over what chance gives",
        unit="%",
        statement="在办承诺件最多的月末,在办量是平稳时偶然会有的最大值的 {number}",
        definition=(
            "各月末在办承诺件最大值 ÷ 平稳时同样多个月末的最大值的平均;"
            "平稳时各月末在办量为泊松分布,均值取各月末平均(100%即不超出偶然)"
        ),
        scope="年内受理或办结、或年初在办的行政许可承诺件",
        threshold=Threshold(
            150.0, 125.0, f"{OWN};100%为只有偶然起伏;且须排除偶然(校正后p值不大于5%)"
        ),
        rivals=("申请本身有淡旺季(春节前后、年末),与人手无关。", NOT_CLOSED, BATCH),
        traps=TRAPS,
        source=f"{SOURCE};随机到达、随时办理时在办量为泊松分布(M/G/∞排队模型)",
        needs=(*COURSES, "cases.dept_code"),
        answer=peak,
    ),
    Question(
        id="cases_per_head",
        problem="squeeze",
        term="人均办件量变化",
        english="change of completed cases per full-time day, within departments",
        unit="%",
        statement="窗口和审批岗位每人每个工作日办结的件数,各部门与本部门上年相比,合计{change} {number}",
        change=("增长", "下降"),
        definition=(
            "年内办结量 ÷ 按各部门上年每人日办结量推算的办结量 − 1(间接标准化:人员、办件在部门之间变动不影响);"
            "每人日办结量 = 办结量 ÷ (窗口、审批岗位折算人数 × 工作日)。"
            "只计两年都有人员数的月份,和这样的月份占半数以上的部门;负数为减少"
        ),
        scope="年内办结的行政许可办件(含即办件)",
        threshold=Threshold(20.0, 10.0, OWN),
        rivals=(
            STAFF_RECORD,
            "网上自助办理增加,每件花的人工减少。",
            "同一部门内办件难易的构成变了:不同事项一件的工作量不同。",
        ),
        traps=("bulk_entry",),
        source=SOURCE,
        needs=(CALENDAR, *CLOSED, "cases.dept_code", *STAFF),
        answer=per_head,
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
        scope=SCOPE_NOT_IMMEDIATE,
        threshold=Threshold(
            1_500.0, 750.0, f"{OWN};约合每个工作日3件起提示、6件起判为明显,难易不同不能一概而论"
        ),
        rivals=(
            "多人合用一个账号,或一个账号只签收不经办:人数不是实际的人数。",
            "经办人全年只有部分时间在岗,或兼办其他业务。",
            "各部门办件难易不同:人员或办件在部门之间变动,合计的平均数也会变,各部门见表。",
        ),
        traps=("bulk_entry",),
        source=SOURCE,
        needs=(*CLOSED, "cases.handler_key"),
        answer=per_handler,
        decimals=1,
        compared=False,
    ),
    Question(
        id="compression_hugging",
        problem="squeeze",
        term="压缩幅度与压线办结",
        english="hugging beyond time used evenly, most less least compressed fifth",
        unit="个百分点",
        statement="压线办结超出时间均匀用完时应有的部分,承诺时限压缩最多的五分之一办件比压缩最少的五分之一{change} {number}",
        change=("多", "少"),
        definition=(
            "承诺件按压缩率(1 − 承诺时限 ÷ 法定时限)由小到大分成五等份(每件计一次,压缩率相同的不拆开);"
            "每份的压线办结占比减去时间均匀用完时应有的占比(都同“压线办结超出均匀用时”),"
            "最高一份的减最低一份的;负数为压缩多的超出得少"
        ),
        scope=SCOPE,
        threshold=Threshold(
            20.0, 10.0, f"{OWN};且须排除偶然(两个占比之差的双侧得分检验,校正后p值不大于5%)"
        ),
        rivals=(
            "压缩多的事项本来就不同(部门、材料、难易):这里比较的是不同事项,不说明压缩造成压线。",
            "承诺时间越短,时间均匀用完时压线的占比越高,能超出的余地越小。",
        ),
        traps=TRAPS,
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
            "负荷 = 当月受理的承诺件 ÷ (审批岗位折算人数 × 工作日);"
            "用时 = 当月受理的承诺件的工作日,各事项按其固有用时折算(事项和月份固定效应的泊松回归,"
            "逐部门估计,只比较有共同事项相连的月份);两者都除以本部门各月平均;"
            "用时对负荷回归,含部门和月份固定效应,区间按部门聚类(CR2,Bell-McCaffrey自由度);正数为更长。"
            f"只计月均承诺件{LEAST_CASES}件以上、可比的月份不少于{LEAST_MONTHS}个的部门;"
            "受理月份结束后到截止日不足两个月的可能还没有办结,不计"
        ),
        scope="年内受理、已办结的行政许可承诺件",
        threshold=Threshold(2.0, ANY, f"{OWN};且须排除偶然(双侧检验,校正后p值不大于5%)"),
        rivals=(
            STAFF_RECORD,
            "忙的月份也可能是难办的月份(集中申报的项目),不是人手的缘故。",
            "没有随机分派或政策试验:这是相关,不说明因果。",
        ),
        traps=TRAPS,
        source=f"{SOURCE};固定效应模型",
        needs=(*COURSES, "cases.dept_code", *STAFF),
        answer=load_and_duration,
        decimals=2,
    ),
    Question(
        id="little",
        problem="squeeze",
        term="在办量与用时不符",
        english="stock against flow times duration (Little's law)",
        unit="%",
        statement="实际在办量与按办结量和用时推算的在办量相差 {number}",
        definition=(
            "|平均在办量 ÷ (每工作日办结量 × 平均用时工作日) − 1|;平均在办量取月初、月末在办量的平均;"
            f"两者都计全部承诺件(有无承诺时限都计),平均在办不到{LEAST_STOCK}件的不算"
        ),
        scope="年内受理或办结、或年初在办的行政许可承诺件",
        threshold=Threshold(
            25.0, 15.0, f"{OWN};记录一致时两者相近(利特尔法则),差得多时应核对受理和办结时间的记录"
        ),
        rivals=("月末不代表全月。", "年初、年末在办量相差大时两者本来就不等。", NOT_CLOSED),
        traps=TRAPS,
        source="Little (1961): L = λW",
        needs=COURSES,
        answer=little,
    ),
)
