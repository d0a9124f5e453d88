"""Tables of totals rather than rows: ``reported`` (部门填报) and ``published`` (公开数)."""

from analysis.tables.codes import totals as codes
from analysis.tables.schema import Column, Need, Table, Type

REQ, REC = Need.REQUIRED, Need.RECOMMENDED
WHOLE_DEPARTMENT = "*"  # stands for an item: all items of the department together

REPORTED = Table(
    name="reported",
    term="部门填报",
    row="一个部门填报的一个数",
    key=("dept_code", "item_code", "figure", "period"),
    columns=(
        Column("dept_code", "部门编码", Type.STR, REQ),
        Column(
            "item_code",
            "事项编码",
            Type.STR,
            REQ,
            note=f"全部门合计填 {WHOLE_DEPARTMENT},含未进驻系统的事项",
        ),
        Column("figure", "指标", Type.STR, REQ, note="指标登记表中的编号"),
        Column("period", "时期", Type.STR, REQ),
        Column("value", "数值", Type.FLOAT, REQ),
        Column("unit", "单位", Type.STR, REC),
        Column("source", "来源", Type.STR, REQ),
        Column("reported_by", "填报人岗位", Type.STR, note="岗位,不写姓名"),
    ),
)

PUBLISHED = Table(
    name="published",
    term="公开数",
    row="一份公开报告印出的一个数",
    key=("report", "figure"),
    columns=(
        Column("report", "报告", Type.STR, REQ, note="见 sources.csv"),
        Column("figure", "指标", Type.STR, REQ),
        Column("term", "报告用语", Type.STR, REQ),
        Column("value", "数值", Type.STR, REQ, note="文本:保留印出的小数位;万已化为一"),
        Column("unit", "单位", Type.STR),
        Column("rounding", "取整", Type.CODE, REQ, codes=codes.ROUNDING),
        Column("basis", "来历", Type.CODE, REQ, codes=codes.BASIS),
        Column("kind", "数的种类", Type.CODE, REQ, codes=codes.FIGURE_KIND),
        Column("section", "报告章节", Type.STR),
        Column("note", "口径附注", Type.STR),
    ),
)
