"""Code lists of the catalogue (事项目录的代码表): what an item is, and how it can be applied for."""

from analysis.tables.codes import GBT39046, OWN
from analysis.tables.schema import CodeList

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
