"""How long an import takes, beside what the same files cost without checks.

    python benchmarks/import.py [--rounds 5] [--folder build/import]

Text: a GB18030 CSV of 1.8 million cases and 30 columns, made from the demo place, imported whole
(identities keyed, rows checked, accounted for, swapped in) beside the least anybody would do: encode
it anew as UTF-8, let DuckDB read all columns as text, write Parquet. Spreadsheet: 200,000 rows beside
calamine alone. Both take turns; medians; times are of whole processes, after one that is not counted:
it leaves the bytecode that an installation has. Results go to results.md.
"""

import argparse
import json
import shutil
import sys
from pathlib import Path

import common
import duckdb

YEAR = "2022"
SHEET_ROWS = 200_000
LIMITS = {"csv": 2.0, "xlsx": 1.5}
MEMORY_LIMIT = 1536  # MB

# Headings of GB/T 39046 exports, from the demo's cases; what is personal is made up here.
COLUMNS = {
    "办件编号": "case_id",
    "业务办理项编码": "item_code",
    "事项版本": "item_version",
    "基本编码": "catalog_code",
    "办理部门编码": "dept_code",
    "镇街": "region_code",
    "来源系统": "source_system",
    "申请人类型": "case applicant_type when 'person' then '1' when 'enterprise' then '2' else '6' end",
    "申请人名称": "'示例申请人' || (hash(case_id) % 800000)",
    "申请人证件号码": "id_number",
    "联系人": "'示例联系人' || (hash(case_id) % 5000)",
    "手机号码": "'199' || lpad((hash(case_id) % 100000000)::varchar, 8, '0')",
    "联系地址": "'示例区示例街道示例路' || (hash(case_id) % 3000) || '号'",
    "办理摘要": "'关于办理示例事项的申请(第' || row || '件)'",
    "申报来源": "case apply_channel when 'window' then '1' when 'pc' then '2' when 'mobile' then '3' "
    "when 'mail' then '4' else '9' end",
    "申请时间": "strftime(submitted_at, '%Y-%m-%d %H:%M:%S')",
    "收件时间": "strftime(submitted_at, '%Y-%m-%d %H:%M:%S')",
    "受理状态": "case accept_status when 'accepted' then '受理' when 'rejected' then '不予受理' "
    "when 'not_needed' then '不受理(依法不需要取得许可)' when 'supplement' then '补齐补正' else '待受理' end",
    "受理时间": "strftime(accepted_at, '%Y-%m-%d %H:%M:%S')",
    "不受理时间": "strftime(not_accepted_at, '%Y-%m-%d %H:%M:%S')",
    "办件类型": "case_type",
    "法定办结时限": "statutory_days::int || '个工作日'",
    "承诺办结时限": "promised_days::int || '个工作日'",
    "延长天数": "extended_days::int",
    "不计入时限的特别程序天数": "stopped_days_art45::int",
    "其他特别程序天数": "stopped_days_other::int",
    "办结时间": "strftime(closed_at, '%Y-%m-%d %H:%M:%S')",
    "办结结果": "case outcome when 'approved' then '准予许可' when 'refused' then '不予许可' when "
    "'withdrawn' then '申请人撤回' when 'supp_lapsed' then '补正不来' when 'transferred' then '转报' "
    "when 'terminated' then '终止' when 'deleted' then '删除' when 'other' then '其他' end",
    "经办人": "'示例经办人' || (hash(case_id) % 400)",
    "数据版本": "data_version",
}
# Like ID numbers, 30 % of them repeated, but the check digit is always wrong.
ID_NUMBER = """
    with numbered as (select *, row_number() over () as row, hash(case_id) % 1260000 as person
                      from read_parquet('{}')),
    dated as (select *, '440114' || strftime(date '1950-01-01' + (person % 18000)::int, '%Y%m%d')
              || lpad((person // 18000 % 1000)::varchar, 3, '0') as body from numbered)
    select *, body || substr('02X98765431',
        1 + (list_sum(list_transform(range(17), lambda i: substr(body, i + 1, 1)::int
             * [7,9,10,5,8,4,2,1,6,3,7,9,10,5,8,4,2][i + 1])) % 11)::int, 1) as id_number from dated
"""


def main() -> None:
    """Make the files if they are not there, measure, and write the table of results."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=common.ROUNDS)
    parser.add_argument("--folder", type=Path, default=common.BUILD / "import")
    given = parser.parse_args()
    folder = given.folder.absolute()
    rows = make_files(folder)
    table = [measured(kind, folder, rows[kind], given.rounds) for kind in LIMITS]
    facts = common.machine("duckdb", "pyarrow", "python-calamine")
    said = f"Median of {given.rounds} rounds in turns."
    common.write_section(
        "Import (`benchmarks/import.py`)", f"{facts} {said}\n\n{common.table(table)}"
    )


def make_files(folder: Path) -> dict[str, int]:
    """Make data folder, CSV and XLSX, and return their numbers of rows."""
    data = folder / "data"
    if not (folder / "rows.json").is_file():
        from analysis.sources.demo import generate

        shutil.rmtree(folder, ignore_errors=True)
        data.mkdir(parents=True)
        shutil.copytree(common.ROOT / "data" / "presets", data / "presets")
        shutil.copy(common.ROOT / "data" / "places.toml", data)
        generate(data)
        place = '[bench]\nname = "测速区"\ncalendar = "china"\n'
        (data / "places.toml").write_text(place, encoding="utf-8")
        rows = {"csv": write_csv(data, folder), "xlsx": write_xlsx(folder)}
        shutil.copytree(data / "years" / "demo" / YEAR, data / "years" / "bench" / YEAR)
        meta = data / "years" / "bench" / YEAR / "year.json"
        meta.write_text(
            meta.read_text("utf-8").replace("synthetic", "real").replace('"demo"', '"bench"'),
            "utf-8",
        )
        (folder / "rows.json").write_text(json.dumps(rows))
    return dict(json.loads((folder / "rows.json").read_text()))


def write_csv(data: Path, folder: Path) -> int:
    """Write the cases as an export would have them."""
    cases = data / "years" / "demo" / YEAR / "cases.parquet"
    plain, out = folder / "plain.csv", folder / "cases.csv"
    wanted = ", ".join(f'{expression} as "{name}"' for name, expression in COLUMNS.items())
    con = connect()
    con.sql(f"copy (select {wanted} from ({ID_NUMBER.format(cases)})) to '{plain}' (header)")
    encode(plain, "utf-8", out, "gb18030")
    plain.unlink()
    return int(con.sql(f"select count(*) from read_parquet('{cases}')").fetchall()[0][0])


def write_xlsx(folder: Path) -> int:
    """Write the first rows of the CSV as a spreadsheet."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("办件")
    with (folder / "cases.csv").open(encoding="gb18030", newline="") as file:
        import csv

        for n, row in enumerate(csv.reader(file)):
            if n > SHEET_ROWS:
                break
            sheet.append(row)
    book.save(folder / "cases.xlsx")
    return SHEET_ROWS


def encode(source: Path, of: str, target: Path, to: str) -> None:
    """Write a text file in another encoding."""
    with (
        source.open(encoding=of, newline="") as old,
        target.open("w", encoding=to, newline="") as new,
    ):
        while text := old.read(1 << 22):
            new.write(text)


def connect() -> duckdb.DuckDBPyConnection:
    """Return a connection that draws no progress bars."""
    con = duckdb.connect()
    con.sql("set enable_progress_bar = false")
    return con


def plainly(folder: Path, kind: str) -> None:
    """Do the least that gets the file into Parquet (csv), or into memory (xlsx)."""
    if kind == "xlsx":
        from python_calamine import CalamineWorkbook

        rows = CalamineWorkbook.from_path(folder / "cases.xlsx").get_sheet_by_index(0).to_python()
        assert len(rows) == SHEET_ROWS + 1
        return
    encode(folder / "cases.csv", "gb18030", folder / "utf8.csv", "utf-8")
    con = connect()
    con.sql(
        f"copy (select * from read_csv('{folder / 'utf8.csv'}', all_varchar = true, header = true))"
        f" to '{folder / 'plain.parquet'}' (format parquet, compression zstd)"
    )


def measured(kind: str, folder: Path, rows: int, rounds: int) -> dict[str, object]:
    """Run both in turns and return a row of the table."""
    us = [Path(sys.executable).with_name("xuke"), "import", YEAR, folder / f"cases.{kind}"]
    us += ["--place", "bench", "--preset", "gbt39046", "--data", folder / "data"]
    commands = {"us": us, "them": [sys.executable, __file__, "--plainly", kind, folder]}
    for command in commands.values():
        common.timed(command)
    took = common.interleaved(commands, rounds=rounds)
    require_equal(kind, folder, rows)
    ours, theirs = took["us"], took["them"]
    return {
        "file": kind,
        "rows × columns": f"{rows:,} × {len(COLUMNS)}",
        "xuke import": f"{ours.median:.1f} s",
        "without checks": f"{theirs.median:.1f} s",
        "ratio": common.verdict(ours.median / theirs.median, LIMITS[kind]),
        "peak memory": f"{ours.peak:,} MB ({'met' if ours.peak <= MEMORY_LIMIT else 'MISSED'}: ≤ {MEMORY_LIMIT:,} MB)",
        "min-max (ours / other)": f"{ours.spread} / {theirs.spread}",
    }


def require_equal(kind: str, folder: Path, rows: int) -> None:
    """Require that both have read the same: number of rows, and what can be compared as text."""
    made = folder / "data" / "years" / "bench" / YEAR / "cases.parquet"
    con = connect()
    kept = con.sql(f"select count(*) from read_parquet('{made}')").fetchall()[0][0]
    assert kept == rows, f"{kept} of {rows} rows kept"
    if kind == "csv":
        left = con.sql(
            f"""select case_id, item_code, strftime(closed_at, '%Y-%m-%d %H:%M:%S'), case_type
                from read_parquet('{made}') except all
                select "办件编号", "业务办理项编码", "办结时间", "办件类型"
                from read_parquet('{folder / "plain.parquet"}')"""
        )
        assert not left.fetchall()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--plainly"]:
        plainly(Path(sys.argv[3]), sys.argv[2])
    else:
        main()
