"""Row accounting (行数核对): every row of every source ends in one way, and the numbers add up."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analysis.errors import XukeError
from analysis.sources.importing.fates import ENDINGS, FATE, Ending, Fate
from analysis.sources.mapping.mapped import SOURCE, rows_from
from analysis.sources.reading.source import Staged

if TYPE_CHECKING:
    from analysis.sources.importing.judge import Judged


@dataclass(frozen=True)
class Account:
    """What became of the rows of one source in one table.

    Attributes:
        source: position of the source.
        file: what the user calls it, with its worksheet.
        table: name of the table.
        read: rows below the headings, whether they could be split into cells or not.
        fates: how many of them ended how.
        whole: whether every row is accounted for here. A table that is made from the same rows as
            another one (a catalogue of the items that cases name) leaves that to the other one.
    """

    source: int
    file: str
    table: str
    read: int
    fates: dict[Fate, int] = field(default_factory=dict)
    whole: bool = True

    @property
    def endings(self) -> dict[Ending, int]:
        """How many rows have each of the five endings; they add up to ``read``."""
        total = dict.fromkeys(Ending, 0)
        for fate, n in self.fates.items():
            total[ENDINGS[fate]] += n
        return total

    def require_balance(self) -> None:
        """Refuse an import that has lost rows, or counted some twice.

        Raises:
            XukeError: the endings do not add up to the rows read.
        """
        found = sum(self.endings.values())
        if found != self.read:
            raise XukeError(
                f"“{self.file}”的行数对不上:读入 {self.read:,} 行,去向合计 {found:,} 行。"
                "没有写入任何数据;请把这句话告诉维护者。"
            )


def account(judged: "Judged", staged: Sequence[Staged]) -> list[Account]:
    """Return the accounts of the sources that a table is made from.

    Raises:
        XukeError: the numbers of a source do not add up.
    """
    fates = _merged(judged, len(staged)) if judged.mapped.merged else _one_by_one(judged)
    feeding = [at for at, used in enumerate(judged.mapped.headings) if used or at in fates]
    return [_of_source(at, fates.get(at, {}), judged, staged[at]) for at in feeding]


def _one_by_one(judged: "Judged") -> dict[int, dict[Fate, int]]:
    """Count the rows of each source by how they end."""
    rows = judged.rows
    counted = rows.group_by([SOURCE, FATE]).agg(n=rows.count()).to_pyarrow().to_pylist()
    fates: dict[int, dict[Fate, int]] = {}
    for found in counted:
        fates.setdefault(int(found[SOURCE]), {})[Fate(found[FATE])] = int(found["n"])
    return fates


def _merged(judged: "Judged", sources: int) -> dict[int, dict[Fate, int]]:
    """Count them where several rows, also of several sources, became one."""
    rows = judged.rows
    feeding = [at for at in range(sources) if rows_from(at) in rows.columns]
    sums = {str(at): rows[rows_from(at)].sum() for at in feeding}
    counted = rows.group_by(FATE).agg(**sums).to_pyarrow().to_pylist()
    return {
        at: {Fate(found[FATE]): int(found[str(at)]) for found in counted if found[str(at)]}
        for at in feeding
    }


def _of_source(at: int, fates: dict[Fate, int], judged: "Judged", staged: Staged) -> Account:
    unreadable = len(staged.source.unreadable)
    made = Account(
        source=at,
        file=named(staged),
        table=judged.table.name,
        read=staged.n + unreadable,
        fates={**fates, **({Fate.UNREADABLE: unreadable} if unreadable else {})},
        whole=judged.mapped.accounts,
    )
    if made.whole:
        made.require_balance()
    return made


def named(staged: Staged) -> str:
    """Return how a source is called on screen: its file, and its worksheet if it has several."""
    source = staged.source
    return f"{source.file} [{source.sheet}]" if source.sheet else source.file
