"""Code lists of cases and events (办件、环节的代码表): how they came in, went on and ended."""

from analysis.tables.codes import GBT39046, OWN
from analysis.tables.schema import CodeList

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
