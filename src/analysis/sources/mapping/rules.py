"""Rules of decoding (译码规则): what could not be read, told with what to do about it."""

import ibis

from analysis.sources.mapping.columnwise import Columns
from analysis.sources.mapping.declared import Read, TableMapping
from analysis.sources.mapping.mapped import VERSION, Rule, Severity, flag

WRONG = {
    Read.NUMBER: ("number", "不是{kind}", "请改正该格,或检查对照的列是否对错"),
    Read.LIMIT: ("limit", "不是时限", "应为“20个工作日”“即办”或数字,请改正该格"),
    Read.UNIT: ("unit", "没有写明是哪一种日", '请在对照该列写 unit,例如 unit = "W"(工作日)'),
    Read.DAYS: ("days", "不能换算成工作日", "以自然日、月、年计的时限请对应到时限和单位两列"),
    Read.TIME: ("time", "不是时间", "请改正该格,或在对照的 times 里写明格式"),
    Read.FLAG: ("flag", "不是“是”或“否”", "请改正该格,或在对照该列写 codes"),
    Read.CODE: ("code", "不在代码表内", "请改正该格,或在对照的 [codes] 里补上这个代码"),
    Read.CODES: ("code", "含代码表以外的代码", "请改正该格,或在对照的 [codes] 里补上这个代码"),
}


def rules(columns: Columns, unknown: dict[str, str]) -> list[Rule]:
    """Return a rule for each column that is read from cells as something else than text.

    Args:
        columns: the columns of a table.
        unknown: what more to say of a column: the codes in it that nothing declares.
    """
    read = [
        _rule(columns, name, unknown.get(name, ""))
        for name in columns.carried_early
        if any(one.references and one.read in WRONG for one in columns.carried[name])
    ]
    return read + [_damaged(columns, name) for name in columns.numbers]


def contradiction(table: TableMapping, name: str) -> Rule:
    """Return the rule that rows which become one must agree in a column."""
    terms = "、".join(table.table[key].term for key in table.one_per)
    todo = "请在来源系统核对;若该列本来就逐行不同,在对照该列写 pick"
    if name in VERSION:
        todo = f'一件有几个版本的,请在 one_per 里加上 "{name}":各版本分别合并,取最新的'
    return Rule(
        id="contradiction",
        column=name,
        said=f"同一{terms}的几行,“{table.table[name].term}”互相矛盾",
        todo=todo,
        severity=Severity.QUARANTINE,
        broken=ibis._[flag("contradiction", name)],
    )


def _damaged(columns: Columns, name: str) -> Rule:
    return Rule(
        id="damaged",
        column=name,
        said=f"“{columns.table.table[name].term}”被电子表格改成了科学计数,后面的数字已经丢失",
        todo="请在导出时把该列设为文本,或改用 CSV 重新导出",
        severity=Severity.QUARANTINE,
        broken=ibis._[flag("damaged", name)],
    )


def _rule(columns: Columns, name: str, more: str) -> Rule:
    column = columns.table.table[name]
    read = next(r.read for r in columns.carried[name] if r.references and r.read in WRONG)
    id_, said, todo = WRONG[read]
    return Rule(
        id=id_,
        column=name,
        said=f"“{column.term}”{said.format(kind=column.type.value)}{more}",
        todo=todo,
        severity=Severity.WARNING if read is Read.DAYS else Severity.QUARANTINE,
        broken=ibis._[flag("unread", name)],
        unread=True,
    )
