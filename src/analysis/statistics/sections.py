"""Sections (章节): the headings of the report, in its order; under them figures are printed."""

LEAD = "一、基本情况"
LEGAL = "一/(一)依法实施情况"
PUBLICITY = "一/(二)公开公示情况"
SUPERVISION = "一/(三)监督管理情况"
EFFECT = "一/(四)实施效果情况"
INNOVATION = "一/(五)创新方式情况"
STANDARDS = "一/(六)推行标准化情况"
PROBLEMS = "二、存在问题和困难"
MEASURES = "三、下一步工作措施"
SECTIONS = (
    LEAD,
    LEGAL,
    PUBLICITY,
    SUPERVISION,
    EFFECT,
    INNOVATION,
    STANDARDS,
    PROBLEMS,
    MEASURES,
)
