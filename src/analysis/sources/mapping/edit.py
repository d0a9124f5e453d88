"""Writing a mapping for editing (待改的对照): what was matched, proposed and not used, as TOML."""

import json
from collections.abc import Iterable
from pathlib import Path

from analysis.errors import XukeError
from analysis.sources.mapping.declared import (
    CodeSystem,
    Comparison,
    Condition,
    Headings,
    Pick,
    Read,
    Reading,
    TableMapping,
    usual_read,
)
from analysis.sources.mapping.matched import Matched
from analysis.sources.mapping.settled import settled
from analysis.tables.schema import Column


def require_settled(matched: Matched, data: Path) -> None:
    """Refuse a matching that leaves something to decide, and write a mapping to decide it in.

    Raises:
        XukeError: what is to be decided, and where the mapping is.
    """
    try:
        settled(matched)
    except XukeError as error:
        name = Path(matched.mapping.name).stem
        written = write_mapping(matched, data / "mappings" / f"{name}.toml")
        raise XukeError(
            f"{error}可改的对照已写在“{written}”,改好后用 --mapping 指明它。"
        ) from error


def write_mapping(matched: Matched, path: Path) -> Path:
    """Write what was matched as a mapping file; a file that is there is never overwritten.

    Near headings are written as if accepted, each with a remark; a person reads and corrects them.

    Returns:
        Where it was written: ``path``, or the same name with a number if another one is there.

    Raises:
        XukeError: the folder cannot be written.
    """
    text = mapping_text(matched)
    free, number = path, 2
    try:
        while free.exists() and free.read_text(encoding="utf-8") != text:
            free = path.with_stem(f"{path.stem}-{number}")
            number += 1
        free.parent.mkdir(parents=True, exist_ok=True)
        free.write_text(text, encoding="utf-8")
    except OSError as error:
        raise XukeError(f"对照文件“{free}”写不进去({error}):请检查文件夹权限。") from error
    return free


def mapping_text(matched: Matched) -> str:
    """Return the mapping as TOML, in force as it stands."""
    mapping = matched.mapping
    near = {(p.source, p.reference): p.heading for p in matched.proposals}
    lines = [*_head(matched), ""]
    for name, table in mapping.tables.items():
        lines += [*_table(table, {r: h for (_, r), h in near.items()}, name in matched.tables), ""]
    for name in mapping.own:
        lines += [*_system(mapping.systems[name]), ""]
    return "\n".join(lines).rstrip() + "\n"


def _head(matched: Matched) -> list[str]:
    mapping = matched.mapping
    lines = [
        f"# 由“{mapping.name}”得到的对照,请逐行核对后用 --mapping 指明本文件。写法见 docs/import.zh-CN.md。",
    ]
    for at, source in enumerate(matched.sources):
        near = {proposal.heading for proposal in matched.proposals if proposal.source == at}
        if unused := [heading for heading in matched.unused(at) if heading not in near]:
            lines.append(f"# “{source.file}”没有取用的表头:{'、'.join(unused)}")
    lines += [f"term = {_text(mapping.term)}"]
    lines += [f"about = {_text(mapping.about)}"] if mapping.about else []
    lines += [f"zone = {_text(mapping.zone)}", f"written_in = {_text(mapping.written_in)}"]
    lines += [f"empty = {_texts(mapping.empty)}"] if mapping.empty else []
    lines += [f"ignore = {_texts(mapping.ignore)}  # 从不拿来对应的表头"]
    lines += [f"partial = {_text(mapping.partial)}"] if mapping.partial else []
    lines += ["", "[absent]"]
    lines += [f"{_text(what)} = {_text(why)}" for what, why in mapping.absent.items()]
    return lines


def _table(table: TableMapping, near: dict[Headings, str], fed: bool) -> list[str]:
    name = table.table.name
    lines = [f"[{name}]" if fed else f"[{name}]  # 这次没有文件对应此表"]
    lines += [f"needs = {_texts(table.needs)}"] if table.needs else []
    lines += [f"rows_of = {_text(table.rows_of)}"] if table.rows_of else []
    lines += [f"one_per = {_texts(table.one_per)}"] if table.one_per else []
    lines += ["", f"[{name}.columns]"]
    for column in table.table.columns:
        about = f"{column.term},{column.type.value},{column.need.value}"
        if column.name not in table.columns:
            lines.append(f'# {column.name} = ""  # {about}')
            continue
        readings = table.columns[column.name]
        guessed = [near[r] for one in readings for r in one.references if r in near]
        remark = f";相近的表头“{guessed[0]}”,请核对" if guessed else ""
        written = [_reading(one, column, near) for one in readings]
        value = written[0] if len(written) == 1 else "[\n  " + ",\n  ".join(written) + ",\n]"
        lines.append(f"{column.name} = {value}  # {about}{remark}")
    return lines


def _reading(reading: Reading, column: Column, near: dict[Headings, str]) -> str:
    """Return a reading as an inline table, without what goes without saying."""
    said: dict[str, str] = {}
    if reading.headings:
        said["from"] = _texts(_names(reading.headings, near))
    if reading.join:
        said["join"] = f"[{', '.join(_texts(_names(one, near)) for one in reading.join)}]"
        said["joined_by"] = _text(reading.joined_by)
    if reading.value is not None:
        said["value"] = _text(reading.value)
    plain = {"copy": reading.copy, "extract": reading.extract, "codes": reading.codes}
    plain |= {"derive": reading.derive or "", "unit": reading.unit}
    said |= {key: _text(value) for key, value in plain.items() if value}
    usual = Read.TEXT if reading.pick is Pick.COUNT else usual_read(column)
    if reading.read is not usual:
        said["read"] = _text(reading.read)
    if reading.times and reading.read is Read.TIME:
        said["times"] = _texts(reading.times)
    if reading.when:
        said["when"] = f"{{ {', '.join(map(_condition, reading.when))} }}"
    if reading.pick is not Pick.ONLY:
        said["pick"] = _text(reading.pick)
    return f"{{ {', '.join(f'{key} = {value}' for key, value in said.items())} }}"


def _names(reference: Headings, near: dict[Headings, str]) -> list[str]:
    return list(dict.fromkeys([*([near[reference]] if reference in near else []), *reference]))


def _condition(condition: Condition) -> str:
    values = _texts(condition.values)
    if condition.test is Comparison.FILLED:
        values = condition.values[0]
    asked = (
        values if condition.test is Comparison.IS else f"{{ {condition.test.value} = {values} }}"
    )
    return f"{_text(condition.field)} = {asked}"


def _system(system: CodeSystem) -> list[str]:
    lines = [f"[codes.{_text(system.name)}]"]
    plain = {"list": system.codes, "term": system.term, "source": system.source}
    plain |= {"confidence": system.confidence}
    lines += [f"{key} = {_text(value)}" for key, value in plain.items() if value]
    lines += [f"lacks = {_texts(system.lacks)}"] if system.lacks else []
    lines += ["words = true"] if system.words else []
    for key, listed in (("values", system.values), ("labels", system.labels)):
        pairs = ", ".join(f"{_text(own)} = {_text(code)}" for own, code in listed.items())
        lines += [f"{key} = {{ {pairs} }}"] if listed else []
    return lines


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _texts(values: Iterable[str]) -> str:
    return json.dumps(list(values), ensure_ascii=False)
