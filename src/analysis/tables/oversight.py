"""The oversight tables: ``inspections`` (监管), ``evaluations`` (好差评), ``staff`` (人员)."""

from analysis.tables.codes import oversight as codes
from analysis.tables.schema import Column, Need, Privacy, Table, Type

REQ, REC = Need.REQUIRED, Need.RECOMMENDED

INSPECTIONS = Table(
    name="inspections",
    term="事中事后监管",
    row="对一个被许可人的一次检查",
    key=("inspection_id",),
    columns=(
        Column("inspection_id", "检查编号", Type.STR, REQ),
        Column("plan_id", "抽查计划编号", Type.STR),
        Column("task_id", "抽查任务编号", Type.STR),
        Column("inspect_type", "抽查类型", Type.CODE, REQ, codes=codes.INSPECT_TYPE),
        Column("dept_code", "抽查机关编码", Type.STR, REQ),
        Column("inspect_item", "检查事项", Type.STR),
        Column("item_code", "业务办理项编码", Type.STR, REC),
        Column("holder_key", "被许可人标识", Type.STR, REC, privacy=Privacy.PSEUDONYM),
        Column("holder_type", "被许可人类型", Type.CODE, codes=codes.HOLDER_TYPE),
        Column("risk_level", "信用风险等级", Type.CODE, codes=codes.RISK_LEVEL),
        Column("inspected_on", "完成日期", Type.DATE, REQ),
        Column("inspectors_n", "检查人数", Type.INT, unit="人"),
        Column("result", "检查结果", Type.CODE, REQ, codes=codes.INSPECT_RESULT),
        Column("published_on", "公示日期", Type.DATE),
        Column("penalty", "是否处罚", Type.BOOL),
    ),
)

EVALUATIONS = Table(
    name="evaluations",
    term="好差评",
    row="一条评价",
    key=("evaluation_id",),
    columns=(
        Column("evaluation_id", "评价编号", Type.STR, REQ),
        Column("case_id", "办件编号", Type.STR, REC, privacy=Privacy.QUASI),
        Column("item_code", "业务办理项编码", Type.STR, REC),
        Column("dept_code", "被评价部门编码", Type.STR, REQ),
        Column("channel", "评价渠道", Type.CODE, REC, codes=codes.RATING_CHANNEL),
        Column("satisfaction", "满意度", Type.CODE, REQ, codes=codes.SATISFACTION),
        Column("is_default", "系统默认评价", Type.BOOL, REC),
        Column("evaluated_at", "评价时间", Type.TIMESTAMP, REQ),
        Column("round", "评价轮次", Type.INT),
        Column("tags", "差评标签", Type.SET),
        Column("order_created_at", "差评工单生成时间", Type.TIMESTAMP),
        Column("rectified_at", "差评整改时间", Type.TIMESTAMP),
    ),
)

STAFF = Table(
    name="staff",
    term="人员",
    row="一个部门一个时期一种岗位的人数",
    key=("dept_code", "period", "role"),
    columns=(
        Column("dept_code", "部门编码", Type.STR, REQ),
        Column("period", "时期", Type.STR, REQ, note="YYYY 或 YYYY-MM"),
        Column("role", "岗位", Type.CODE, REQ, codes=codes.STAFF_ROLE),
        Column("headcount", "人数", Type.INT, REQ, unit="人"),
        Column("fte", "折算人数", Type.FLOAT, REC, unit="人"),
    ),
)
