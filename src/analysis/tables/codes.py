"""Code lists (代码表) of the canonical tables, each declared once.

Sources: GB/T 39046-2020 annex A where it has a list; otherwise the list is this project's own,
named in English so that no vendor's numbers are mistaken for another's.
"""

from analysis.tables.schema import CodeList

GBT39046 = "GB/T 39046—2020"
OWN = "本项目规范值"

ITEM_TYPE = CodeList(
    "事项类型",
    {
        "01": "行政许可",
        "02": "行政处罚",
        "03": "行政强制",
        "04": "行政征收",
        "05": "行政给付",
        "06": "行政检查",
        "07": "行政确认",
        "08": "行政奖励",
        "09": "行政裁决",
        "10": "其他行政权力",
        "20": "公共服务",
    },
    f"{GBT39046} 表A.1",
)
LICENCE = "01"

GRAIN = CodeList("事项层级", {"main": "大项", "sub": "子项", "handling": "业务办理项"}, OWN)
ITEM_STATUS = CodeList("事项状态", {"1": "在用", "2": "暂停", "3": "取消"}, "事项管理系统通行做法")
EXERCISE_LEVEL = CodeList(
    "行使层级",
    {
        "1": "国家级",
        "2": "省级",
        "3": "市级",
        "4": "县级",
        "5": "镇街级",
        "6": "村社区级",
        "7": "分级管理",
    },
    f"{GBT39046} 表A.2",
)
ORG_NATURE = CodeList(
    "实施主体性质",
    {"1": "法定机关", "2": "授权组织", "3": "受委托组织", "9": "其他"},
    f"{GBT39046} 表A.3",
)
SERVICE_OBJECT = CodeList(
    "服务对象",
    {
        "1": "自然人",
        "2": "企业法人",
        "3": "事业法人",
        "4": "社会组织法人",
        "5": "行政机关",
        "6": "其他组织",
    },
    f"{GBT39046} 表A.4",
)
POWER_SOURCE = CodeList(
    "权力来源",
    {
        "1": "法定本级行使",
        "2": "上级下放",
        "3": "上级授权",
        "4": "同级授权",
        "5": "上级委托",
        "6": "同级委托",
    },
    "事项管理系统通行做法",
)
CASE_TYPE = CodeList("办件类型", {"1": "即办件", "2": "承诺件", "9": "其他"}, f"{GBT39046} 表A.6")
IMMEDIATE, COMMITMENT = "1", "2"
LIMIT_UNIT = CodeList(
    "时限单位",
    {"W": "工作日", "N": "自然日", "M": "月", "Y": "年", "H": "小时"},
    OWN,
)
ITEM_CHANNEL = CodeList(
    "办理形式",
    {"1": "窗口办理", "2": "电脑端网上办理", "3": "移动端办理", "4": "快递申请", "9": "其他"},
    f"{GBT39046} 表A.5",
)
ONLINE_DEPTH = CodeList(
    "网上办理深度",
    {
        "1": "咨询",
        "2": "收件",
        "3": "预审",
        "4": "受理",
        "5": "办理",
        "6": "结果信息反馈",
        "7": "电子证照反馈",
        "8": "其他",
    },
    "事项管理系统通行做法",
)
# What national assessment counts as available online, and as fully online (全程网办).
ONLINE, FULLY_ONLINE = ("2", "3", "4", "5", "6", "7"), ("5", "6", "7")

SYSTEM_OWNER = CodeList(
    "系统归属",
    {
        "national": "国垂系统",
        "provincial_vertical": "省垂系统",
        "provincial": "省统建系统",
        "city": "市统建系统",
        "own": "自建系统",
    },
    OWN,
)
ENTRY_MODE = CodeList(
    "录入方式", {"api": "系统对接", "applicant": "申请人录入", "staff_rekey": "二次录入"}, OWN
)
APPLICANT_TYPE = CodeList(
    "申请人类型", {"person": "个人", "enterprise": "企业", "other": "其他"}, OWN
)
APPLY_CHANNEL = CodeList(
    "申报来源",
    {
        "window": "窗口",
        "pc": "网上(电脑端)",
        "mobile": "移动端",
        "mail": "邮寄",
        "other": "其他",
    },
    OWN,
)
ONLINE_CHANNELS = ("pc", "mobile")
ACCEPT_STATUS = CodeList(
    "受理状态",
    {
        "accepted": "受理",
        "not_needed": "不受理(依法不需要取得许可)",
        "rejected": "不予受理",
        "supplement": "补齐补正",
        "pending": "待受理",
    },
    OWN,
)
OUTCOME = CodeList(
    "办结结果",
    {
        "approved": "准予许可",
        "refused": "不予许可",
        "withdrawn": "申请人撤回",
        "supp_lapsed": "补正不来",
        "transferred": "转报",
        "terminated": "终止",
        "deleted": "删除",
        "other": "其他",
    },
    OWN,
)
RECORD_STATE = CodeList("数据状态", {"valid": "有效", "void": "作废"}, OWN)

ACTIVITY = CodeList(
    "环节",
    {
        "submit": "申请",
        "receive": "收件",
        "supp_notice": "补正告知",
        "supp_received": "补正收件",
        "accept": "受理",
        "reject": "不予受理",
        "handle": "承办",
        "review": "审核",
        "approve": "批准",
        "return": "退回",
        "stop_start": "特别程序开始",
        "stop_end": "特别程序结束",
        "extend": "延长",
        "decide": "决定",
        "close": "办结",
        "deliver": "送达",
    },
    OWN,
)
ACTION = CodeList("业务动作", {"pass": "通过", "return": "退回", "other": "其他"}, OWN)
SPECIAL_TYPE = CodeList("特别程序种类", {"1": "延长审批", "2": "其他"}, f"{GBT39046} 表A.7")
CLOCK_EFFECT = CodeList("计时", {"run": "继续", "stop": "暂停", "none": "不计"}, OWN)

INSPECT_TYPE = CodeList(
    "抽查类型",
    {
        "random": "双随机",
        "key": "重点检查",
        "special": "专项检查",
        "complaint": "投诉举报",
        "joint": "跨部门联合",
    },
    OWN,
)
INSPECT_RESULT = CodeList(
    "检查结果",
    {
        "clean": "未发现问题",
        "corrected": "责令改正",
        "violation": "查处违法违规",
        "gone": "无法联系",
    },
    OWN,
)
RISK_LEVEL = CodeList("信用风险等级", {"A": "低", "B": "较低", "C": "较高", "D": "高"}, OWN)
HOLDER_TYPE = CodeList("持证主体类型", APPLICANT_TYPE.terms, OWN)
SATISFACTION = CodeList(
    "满意度",
    {"1": "非常满意", "2": "满意", "3": "基本满意", "4": "不满意", "5": "非常不满意"},
    f"{GBT39046} 表A.8",
)
RATING_CHANNEL = CodeList(
    "评价渠道",
    {
        "1": "电脑端",
        "2": "移动端",
        "3": "二维码",
        "4": "大厅平板",
        "5": "大厅其他终端",
        "6": "短信",
        "7": "系统默认评价",
    },
    "好差评接口",
)
STAFF_ROLE = CodeList("岗位", {"window": "窗口", "approval": "审批", "supervision": "监管"}, OWN)

FIGURE_KIND = CodeList(
    "数的种类",
    {
        "count": "计数",
        "share": "计数之比",
        "mean": "整数的平均",
        "ratio_of_sums": "合计之比",
        "residual": "差额",
        "change": "同比",
        "other": "其他",
    },
    OWN,
)
ROUNDING = CodeList(
    "取整",
    {
        "exact": "未取整",
        "decimals": "按印出的小数位",
        "0.01万": "取整到0.01万",
        "0.1万": "取整到0.1万",
        "1万": "取整到1万",
        "0.1万|1万": "取整到0.1万或1万,无从判断",
        "about": "约数",
        "at_least": "不少于",
    },
    OWN,
)
BASIS = CodeList("来历", {"printed": "印出", "words": "以文字陈述", "counted": "由正文清点"}, OWN)
