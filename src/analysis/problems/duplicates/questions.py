"""The questions (问题) on duplicate applications."""

from analysis.problems.duplicates import answers, beyond
from analysis.problems.duplicates.applications import FREQUENT
from analysis.problems.duplicates.bundles import LIFT, MOST, SUPPORT
from analysis.problems.duplicates.pairs import AGENT
from analysis.problems.duplicates.rework import WITHIN
from analysis.problems.finding import ANY, Question, Threshold

APPLICANT = "cases.applicant_key"
CODE = "cases.catalog_code"  # by which systems call the same item
ACROSS = (CODE, APPLICANT, "cases.source_system")
SCOPE = "年内提交、申请人标识已知的行政许可申请"
PAIR = (
    "同一申请人就同一基本编码(没有的按业务办理项)在不同系统先后提交、相隔不超过7日的两次申请;"
    "项目代码不同的(不同对象)、前一次已不予受理、不予许可或撤回的、后一次注明是重新提交的不算;"
    f"个人为主且年申请量{FREQUENT:,}件以上的高频事项,以及同一事项一年申请超过{AGENT}件的申请人,"
    "只在项目代码相同时才算"
)
REPEATS = "同一申请人本来就要多次申请同一事项(多个场所、多台车辆),而系统里没有对象标识"
PUSHED = "一个办件在两个系统之间推送,两边各留一条记录:不是申请人重复申请,而是数据重复"
KEYS = "申请人标识由证件号码生成,各系统证件类型不一致会漏掉重复,代办人用自己的证件会造出重复"
SOURCE = "2022年度报告存在问题(一);行政许可法第33条;国务院令第716号第7条"
OWN = "本软件设定:没有公认的标准"
LINE = f"{OWN},每万件1对起提示、5对起判为明显"
CHANCE = (
    "按偶然应有的对数(同一申请人31—90日间隔的对数,逐个事项按其他申请在两个系统之间相隔这么多日的机会折算到窗口;"
    "受理申请不足约两个月、没有足够的31—90日间隔可对照的事项不计)"
)
TRAPS = ("bulk_entry", "pushed_again")  # days of entry, not of application; one case in two systems

QUESTIONS = (
    Question(
        id="duplicates_beyond_chance",
        problem="duplicates",
        term="跨系统重复申请(超出偶然)",
        english="duplicate applications across systems beyond chance",
        unit="对/万件",
        statement="跨系统重复申请比偶然{change} {number}",
        change=("多", "少"),
        definition=f"{PAIR}。减去{CHANCE},除以申请量",
        scope=SCOPE,
        threshold=Threshold(5.0, 1.0, LINE),
        rivals=(REPEATS, PUSHED, KEYS),
        traps=TRAPS,
        source=SOURCE,
        needs=ACROSS,
        answer=beyond.beyond_chance,
        decimals=2,
    ),
    Question(
        id="duplicates_later",
        problem="duplicates",
        term="跨系统重复申请件(超出偶然)",
        english="applications that came second in another system beyond chance",
        unit="件/万件",
        statement="一周内在另一系统已经申请过的申请,比偶然{change} {number}",
        change=("多", "少"),
        definition=(
            f"{PAIR};计后一次申请,每件一次。减去{CHANCE}(一对计一件),除以申请量:申请多的地方偶然的也多,"
            "件数本身不说明问题"
        ),
        scope=SCOPE,
        threshold=Threshold(5.0, 1.0, f"{LINE}(一对计一件)"),
        rivals=(REPEATS, PUSHED, KEYS),
        traps=TRAPS,
        source=SOURCE,
        needs=ACROSS,
        answer=beyond.later_ones,
        decimals=2,
    ),
    Question(
        id="duplicates_materials",
        problem="duplicates",
        term="重复提交的材料(超出偶然)",
        english="materials handed in a second time beyond chance",
        unit="份/万件",
        statement="一周内在另一系统已经申请过的申请所附的材料,比偶然{change} {number}",
        change=("多", "少"),
        definition=(
            f"{PAIR};后一次申请的事项材料数之和,每件一次。减去{CHANCE}(一对计后一次申请的材料),除以申请量。"
            "不折算成时间:每份材料用时没有依据"
        ),
        scope=SCOPE,
        threshold=Threshold(25.0, 5.0, f"{LINE},每件按5份材料计"),
        rivals=("电子证照、数据共享免提交的材料也计在内", REPEATS, PUSHED),
        traps=TRAPS,
        source=f"{SOURCE};标准成本模型(SCM)",
        needs=(*ACROSS, "items.materials_n"),
        answer=beyond.burden,
        decimals=1,
    ),
    Question(
        id="rekeyed",
        problem="duplicates",
        term="二次录入占比",
        english="share entered a second time by staff",
        unit="%",
        statement="{number} 的申请由工作人员二次录入",
        definition="录入方式为二次录入的申请 ÷ 申请人标识已知的申请",
        scope=SCOPE,
        threshold=Threshold(1.0, ANY, OWN),
        rivals=("录入方式由系统自动填写,可能把补录历史数据也记为二次录入",),
        traps=("bulk_entry",),
        source="2017年全国政务大厅普查:多套系统、重复录入",
        needs=(APPLICANT, "cases.entry_mode"),
        answer=answers.entered_twice,
        decimals=2,
    ),
    Question(
        id="resubmitted",
        problem="duplicates",
        term="重新提交占比",
        english="share submitted again after a failure",
        unit="%",
        statement="{number} 的申请是前一次未成后重新提交的(返工,不是重复申请)",
        definition=(
            f"注明原申办流水号的申请,或同一申请人同一基本编码同一系统前一次不予受理、不予许可、撤回后{WITHIN}日内"
            "再次提交的申请 ÷ 申请人标识已知的申请"
        ),
        scope=SCOPE,
        threshold=Threshold(5.0, 1.0, OWN),
        rivals=("申请人改变主意后重新申请,与告知是否清楚无关",),
        traps=("pushed_again",),
        source="行政许可法第32条第1款第(四)项(一次告知)",
        needs=(
            APPLICANT,
            CODE,
            "cases.source_system",
            "cases.not_accepted_at",
            "cases.closed_at",
            "cases.outcome",
        ),
        answer=answers.submitted_again,
        decimals=2,
    ),
    Question(
        id="bundle_candidates",
        problem="duplicates",
        term="“一件事”候选",
        english="pairs of items applied for together",
        unit="对",
        statement="有 {number}事项常由同一申请人一周内一起申请,可考虑做成“一件事”",
        definition=(
            f"同一申请人7日内申请两个不同的业务办理项,申请人不少于{SUPPORT}位;提升度 = 实有对数 ÷ "
            "31—90日间隔的对数折算(逐对事项按其他申请人相隔这么多日的机会折算,没有足够的这种间隔可对照的不检验),"
            f"不低于{LIFT:g},且不是偶然(7日内与31—90日合计{SUPPORT}对以上的事项对一并校正,5%);"
            f"一年申请超过{MOST}件的申请人(多为代办)不计"
        ),
        scope=SCOPE,
        threshold=Threshold(1.0, 1.0, OWN),
        rivals=("一个事项是另一事项的前置条件,分步办理是法定顺序", "窗口人员代为一并填报"),
        traps=TRAPS,
        source="关联规则(支持度、提升度);2022年度报告(五)“一件事”主题套餐",
        needs=(APPLICANT,),
        answer=answers.bundled,
        decimals=0,
        compared=False,
    ),
)
