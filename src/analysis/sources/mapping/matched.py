"""What matching found (对应结果): to be shown, accepted or edited before anything is read."""

from dataclasses import dataclass
from typing import Any

from analysis.errors import XukeError
from analysis.sources.mapping.declared import Headings, Mapping, is_identity
from analysis.sources.mapping.feed import Feed, cells_of
from analysis.tables.codes.process import OUTCOME
from analysis.tables.schema import Table


@dataclass(frozen=True)
class Proposal:
    """A heading that looks like a declared one.

    Attributes:
        source: position of the source.
        heading: as the source has it.
        reference: the declared names.
        position: of the heading.
        likeness: 0 to 100.
    """

    source: int
    heading: str
    reference: Headings
    position: int
    likeness: float


@dataclass(frozen=True)
class Matched:
    """Which source feeds which table, and which heading is which column.

    Attributes:
        mapping: the mapping.
        sources: what was matched.
        feeds: sources and the tables that they fill; a source may fill several.
        proposals: near headings.
        accepted: whether these were accepted.
    """

    mapping: Mapping
    sources: tuple[Any, ...]
    feeds: tuple[Feed, ...]
    proposals: tuple[Proposal, ...] = ()
    accepted: bool = False

    @property
    def tables(self) -> dict[str, list[Feed]]:
        """The feeds of each table that has any."""
        return {
            name: fed
            for name in self.mapping.tables
            if (fed := [feed for feed in self.feeds if feed.table.table.name == name])
        }

    def wanted(self, source: int) -> list[int]:
        """Return the positions of the cells of a source that are needed."""
        return sorted({at for feed in self._of(source) for at in feed.cells.values()})

    def identities(self, source: int) -> list[int]:
        """Return the positions whose cells name persons or firms; the door makes keys of them.

        Raises:
            XukeError: the mapping wants such a cell for something else, too.
        """
        keyed, plain = self._uses(source, True), self._uses(source, False)
        if both := keyed & plain:
            heading = self.sources[source].headings[min(both)]
            raise XukeError(
                f"表头“{heading}”在对照里既作标识(姓名、证件号一类),又作其他列:标识在读入时"
                "即被加密,不能再作他用,请在对照里删去其中一处。"
            )
        return sorted(keyed)

    def uses(self, source: int) -> dict[int, list[tuple[Table, str]]]:
        """Return the table and column that each used heading of a source is for."""
        found: dict[int, list[tuple[Table, str]]] = {}
        for feed in self._of(source):
            for name, readings in feed.table.columns.items():
                for reading in filter(feed.usable, readings):
                    for reference in reading.references:
                        use = (feed.table.table, name)
                        if use not in found.setdefault(feed.cells[reference], []):
                            found[feed.cells[reference]].append(use)
        return found

    def unused(self, source: int) -> list[str]:
        """Return the headings of a source that nothing is read from."""
        used = set(self.wanted(source))
        return [h for at, h in enumerate(self.sources[source].headings) if at not in used]

    def absent(self, table: str) -> dict[str, str]:
        """Return what the sources of a table cannot carry, and why."""
        feeds = self.tables[table]
        declared = feeds[0].table
        carried = set().union(*(feed.columns for feed in feeds))
        said = {k: why for k, why in self.mapping.absent.items() if k.split(".")[0] == table}
        for column in [c for c in declared.columns if c not in carried]:
            names = "、".join(r[0] for one in declared.columns[column] for r in one.references)
            said.setdefault(f"{table}.{column}", f"导出中没有“{names or column}”一列")
        for column in [c for c in declared.table.required if c not in carried]:
            said.setdefault(f"{table}.{column}", self.mapping.partial or "对照没有这一列")
        return self._lacking_codes(feeds) | said

    def _of(self, source: int) -> list[Feed]:
        return [feed for feed in self.feeds if feed.source == source]

    def _uses(self, source: int, identity: bool) -> set[int]:
        return {
            feed.cells[cell]
            for feed in self._of(source)
            for name, readings in feed.table.columns.items()
            for reading in filter(feed.usable, readings)
            for cell in cells_of(reading, feed.table)
            if (is_identity(feed.table.table[name]) and cell in reading.references) is identity
        }

    def _lacking_codes(self, feeds: list[Feed]) -> dict[str, str]:
        """Return the codes that a system cannot express and nothing else in the mapping says."""
        found = self._only_constants(feeds)
        table = feeds[0].table
        for name, readings in table.columns.items():
            used = [one for one in readings if any(feed.usable(one) for feed in feeds)]
            said = {one.value for one in used}
            for one in used:
                system = self.mapping.systems.get(one.codes)
                for code in system.lacks if system else ():
                    codes = table.table[name].codes
                    if system and codes and code not in said:
                        found[f"{table.table.name}.{name}={code}"] = (
                            f"{system.term}没有“{codes.terms[code]}”的代码,对照也没有写明本地导出怎样标出它"
                        )
        return found

    def _only_constants(self, feeds: list[Feed]) -> dict[str, str]:
        """Return the endings that nothing in the mapping tells, where it gives constants alone.

        Else nobody would have been refused who is of no ending at all. Of other columns a constant
        says what all cases are (accepted as they came in).
        """
        table = feeds[0].table
        used = [
            one for one in table.columns.get("outcome", ()) if any(f.usable(one) for f in feeds)
        ]
        if table.table.name != "cases" or not used or any(one.value is None for one in used):
            return {}
        said = {one.value for one in used}
        return {
            f"cases.outcome={code}": f"对照没有写明怎样认出“{term}”的办件"
            for code, term in OUTCOME.terms.items()
            if code not in said
        }
