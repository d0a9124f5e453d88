"""The sentences of part 一 (句式): holes are figures by id, ``id:variant`` for another variant.

The wording is our own, with the field's terms.
"""

OPENING = "根据《广东省行政许可监督管理条例》的要求,现将{}{}年行政许可实施和监督管理情况报告如下:"
WE = {"局": "我局", "委员会": "我委", "委": "我委", "办公室": "我办", "大队": "我队"}
PLACES = ("区", "县", "市", "镇")

ITEMS = (
    "{licence_items_total}项,其中已进驻广东省政务服务事项管理系统的"
    "{licence_items_on_platform}项(业务办理项{handling_items}项)。"
)
VOLUME = (
    "行政许可申请量{applications}件,其中受理量{accepted}件、不受理量{not_accepted}件;"
    "行政许可办结量{completed}件,其中审批同意量{approved}件、审批不同意量{disapproved}件、"
    "其他办结{other_endings}件。"
)
OPENING_STOCKS = "年初待受理{pending_at_start}件、在办{open_at_start}件,"
CLOSING_STOCKS = (
    "待受理{pending_at_end}件、在办{open_at_end}件。"
    "受理量、办结量均为年内发生数,办结量含以前受理、本年办结的办件。"
)
VOLUME_CHANGES = {
    "applications": "申请量",
    "accepted": "受理量",
    "not_accepted": "不受理量",
    "completed": "办结量",
    "approved": "审批同意量",
    "disapproved": "审批不同意量",
}
ALL_IN_TIME = "所有办件均在法定期限内办结,没有在办而已超过法定期限的办件(法定期限内办结{within_statutory_time}%)。"
SOME_LATE = (
    "在法定期限内办结的占{within_statutory_time}%,超过法定期限办结{late_closed:statutory}件,"
    "在办而已超过法定期限{late_open:statutory}件。"
)
PROMISED = "按承诺时限办结率{on_time_rate}%,超过承诺时限办结{late_closed:promised}件。"
LIMITS = (
    "行政许可审批时限压缩率{time_compression_rate}%,即办率{instant_rate}%,"
    "减跑动(平均到现场次数){avg_trips}次。承诺办结时限平均{mean_promised_limit}个工作日,"
    "承诺件实际平均办结时间{mean_days}个工作日、中位数{median_days}个工作日。"
)
LIMIT_CHANGES = {
    "time_compression_rate": "审批时限压缩率",
    "instant_rate": "即办率",
    "mean_promised_limit": "承诺办结时限平均",
    "mean_days": "承诺件实际平均办结时间",
    "on_time_rate": "按承诺时限办结率",
}
DUTIES = (
    "补正告知按时率{notice_on_time_rate}%,逾期告知{notice_late}件;许可决定送达按时率{delivery_on_time_rate}%,"
    "逾期送达{delivery_late}件;未经补正一次办结的占{one_pass_case}%。"
)
ELEMENTS = "事项目录中事项、实施主体、程序、期限、申请材料目录五项公开要素齐全的占{elements_complete_share}%。"
INSPECTIONS = (
    "年内开展监管检查{inspections}次、{inspection_visits}人次,其中双随机检查{inspections:random}次,"
    "占{random_share}%,跨部门联合检查{inspections:joint}次;发现问题{inspection_findings}次,"
    "查处违法违规{inspection_violations}次,作出处罚{inspection_penalties}次;"
    "检查结果公示率{inspection_published}%。"
)
RATINGS = (
    "收到政务服务“好差评”评价{ratings}条,其中申请人主动评价{ratings:active}条,"
    "主动评价满意率(含基本满意){satisfaction_rate:active_all3}%;差评{bad_ratings}条,"
    "差评整改率{bad_fixed}%。系统默认评价占{default_rating_share}%,不作为申请人的评价。"
)
ONLINE = (
    "网上和移动端受理量占{online_accept_share}%,网上全流程办理率{online_full_process_rate}%(按办件),"
    "零跑动事项占{visits_zero_share}%。"
)
ONLINE_CHANGES = {
    "online_accept_share": "网上和移动端受理量占比",
    "online_full_process_rate": "网上全流程办理率",
}
TOLERANCE = (
    "容缺受理事项由上年末{tolerant_departments_before}个部门的{tolerant_items_before}项,"
    "变为{tolerant_departments}个部门的{tolerant_items}项;告知承诺事项{commitment_items}项,"
    "涉及{commitment_departments}个部门。年内容缺受理{tolerance_cases}件,告知承诺{commitment_cases}件。"
)
TOLERANCE_OF_ONE = (
    "容缺受理事项由上年末{tolerant_items_before}项变为{tolerant_items}项,告知承诺事项{commitment_items}项。"
    "年内容缺受理{tolerance_cases}件,告知承诺{commitment_cases}件。"
)
PACKAGES = (
    "推出“一件事”主题套餐服务{one_thing_packages}个,涉及{package_departments}个部门的事项{package_items}项,"
    "年内经“一件事”受理{package_cases}件。"
)
PACKAGES_OF_ONE = "参与“一件事”主题套餐服务{one_thing_packages}个,涉及事项{package_items}项,年内经“一件事”受理{package_cases}件。"
REDUCED = (
    "{service_items_on_application}项依申请政务服务事项中,已落实“减材料”{service_items_material_reduced}项,"
    "占{material_reduced_share}%。"
)
STANDARDS = (
    "年内新增行政许可事项{licence_items_added}项、取消{licence_items_removed}项,"
    "承接下放(委托)事项{licence_items_delegated}项;缩短承诺时限的业务办理项{promises_shortened}项,"
    "改为即办件的{items_made_immediate}项。"
)
RULES = "实施清单要素按目录校验规则核对,合格率{catalogue_rules_kept}%。"
