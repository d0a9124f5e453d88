"""Completing (成年度): from the rows that were let in to the year, and what is to be said of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import ibis

from analysis.sources.importing.account import account
from analysis.sources.importing.draft import Draft
from analysis.sources.importing.fingerprints import Fingerprints
from analysis.sources.importing.judge import Judged
from analysis.sources.importing.judging import judge_all
from analysis.sources.importing.keys import Keys
from analysis.sources.importing.meta import described, new_meta, provenance
from analysis.sources.importing.patterns import patterns
from analysis.sources.importing.problems import problems, unreadable
from analysis.sources.importing.request import Imported, Request
from analysis.sources.mapping.decode import decode
from analysis.sources.mapping.matched import Matched
from analysis.sources.reading.source import Staged
from analysis.tables import TABLES
from analysis.tables.contents import DATA_TABLES, NEEDED
from analysis.tables.place import Place

MEMORY = "700MB"  # what the engine may hold; the rest goes to the draft's folder, already keyed
AHEAD = "100MB"  # rows it may have ready that nobody has taken yet, lest it wait for the writing


def complete(
    request: Request,
    place: Place,
    matched: Matched,
    staged: Sequence[Staged],
    draft: Draft,
    old: Mapping[str, Any],
    keys: Keys,
    fingerprints: Fingerprints,
) -> Imported:
    """Decode and judge rows, account for them, and let the draft take the place of the year.

    Args:
        request: what to import.
        place: where to.
        matched: which heading is which column.
        staged: the sources after the door, in the order in which they were matched.
        draft: of the year.
        old: description of the real year that is there.
        keys: what identities were keyed with.
        fingerprints: of the files.

    Raises:
        XukeError: nothing was changed, and why.
    """
    exported = request.exported_after(old)
    con = _engine(draft.work)
    stays = [name for name in DATA_TABLES if old and name not in matched.tables]
    stays = [name for name in stays if draft.files(name)]
    judged = judge_all(con, decode(matched, staged, con), draft, stays, exported or date.today())
    accounts = {one.table.name: account(one, staged) for one in judged}
    broken = [*filter(None, map(unreadable, staged))]
    broken += [p for one in judged for p in problems(one, staged, request.year)]
    written = {one.table.name: one.n for one in judged}
    every = [a for each in accounts.values() for a in each]
    made = Imported(request, place, every, broken, written)
    if empty := [TABLES[name].term for name, rows in written.items() if not rows]:
        return replace(made, failure=f"{'、'.join(empty)}表没有一行可以保留,年度没有改动")
    for name in stays:
        draft.keep(name)
    catalogue = next((one.kept for one in judged if one.table.name == "items"), None)
    if catalogue is None and "items" in stays:
        catalogue = con.read_parquet(draft.files("items"))
    made = replace(
        made,
        patterns=[
            pattern
            for one in judged
            if one.table.name == "cases"
            for pattern in patterns(one.kept, request.year, place.calendar, catalogue)
        ],
        notes=[*_notes(judged, matched), *_other_key(old, keys, stays)],
        lacking=[TABLES[n].term for n in NEEDED if n not in (*accounts, *stays)],
    )
    if not request.dry_run:
        meta = new_meta(
            old,
            place=place.slug,
            year=request.year,
            cutoff=request.cutoff_after(old),
            exported_on=exported,
            key=keys.fingerprint,
            imported={
                one.table.name: {
                    **provenance(
                        accounts[one.table.name],
                        matched.sources,
                        described(matched.mapping),
                        fingerprints,
                    ),
                    "kept_out": one.kept_out,
                }
                for one in judged
            },
            absent={what: why for one in judged for what, why in one.mapped.absent.items()},
        )
        draft.finish(meta)
    return made


def _engine(work: Path) -> Any:
    con = ibis.duckdb.connect(memory_limit=MEMORY, temp_directory=str(work / "spill"))
    con.raw_sql(f"SET enable_progress_bar = false; SET streaming_buffer_size = '{AHEAD}'")
    return con


def _notes(judged: Sequence[Judged], matched: Matched) -> list[str]:
    """Return what mapping and matching want the user to know."""
    found = [note for one in judged for note in one.mapped.notes]
    for at, source in enumerate(matched.sources):
        if unused := matched.unused(at):
            found.append(f"“{source.file}”没有取用的列:{'、'.join(unused)}")
    return list(dict.fromkeys(found))


def _other_key(old: Mapping[str, Any], keys: Keys, stays: Sequence[str]) -> list[str]:
    """Return a warning if tables that stay were keyed with another secret."""
    if stays and old.get("key", keys.fingerprint) != keys.fingerprint:
        return ["密钥与上次导入时不同:这次的标识与其他表的标识对不上,请用同一密钥把各表重新导入"]
    return []
