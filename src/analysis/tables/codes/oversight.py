"""Code lists of supervision (监督管理的代码表): inspections, ratings, staff."""

from analysis.tables.codes import GBT39046, OWN
from analysis.tables.codes.process import APPLICANT_TYPE
from analysis.tables.schema import CodeList

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
