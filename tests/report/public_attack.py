"""All that is public of a place, attacked from outside: from the bytes of its pages and files alone."""

from dataclasses import dataclass

import pandas as pd

from tests.report import public_knowledge
from tests.report.attacker import Attacker

K = 5


@dataclass(frozen=True)
class Published:
    """What readers hold: the reports' folder of a place, and its years."""

    folder: object
    years: tuple[int, ...]

    def page(self, year):
        return (self.folder / str(year) / "statistics.html").read_text(encoding="utf-8")

    def figures(self, year):
        file = self.folder / str(year) / "figures.csv"
        return pd.read_csv(file, dtype=str, keep_default_na=False)

    def read(self):
        """Every number shown, the names of those hidden, and what adds up."""
        pages = {year: self.page(year) for year in self.years}
        books = {year: self.folder / str(year) / "figures.xlsx" for year in self.years}
        figures = {year: self.figures(year) for year in self.years}
        known, hidden = public_knowledge.shown(pages, figures, books)

        def labels(name):
            found = [public_knowledge.tables(page)[name].index for page in pages.values()]
            return list(dict.fromkeys(x for each in found for x in each if x != "合计"))

        channels = [public_knowledge.sheets(book)["按申报来源"].index for book in books.values()]
        sums = public_knowledge.sums(
            self.years,
            labels("各部门办件"),
            labels("监管检查"),
            labels("好差评"),
            labels("承诺件办理用时"),
            list(dict.fromkeys(x for each in channels for x in each)),
        )
        return known, hidden, sums


def learnt(published):
    """What a reader learns that he should not, in words; nothing if all is well.

    Args:
        published: what he holds.

    Returns:
        The findings, and how many numbers are shown, are hidden, and were bounded.
    """
    known, hidden, sums = published.read()
    departments = {name[1] for name in known if name[2] == "申请"} | {
        name[1] for name in hidden if name[2] == "申请"
    }
    law = {
        name: n
        for name, n in known.items()
        if name[2] in public_knowledge.LAW and name[1] in departments
    }
    follows, by_law = (public_knowledge.following(each, sums) for each in (known, law))
    found = [f"{name} follows" for name in sorted(hidden & follows - by_law)]
    attacker, lawful = Attacker(known, sums), Attacker(law, sums)
    unprinted = sorted(follows - by_law - hidden)
    for name, (low, _) in attacker.ranges(unprinted, whole=False).items():
        # What is left over must be large, or nothing; beside a 0 it is the whole, which the law shows.
        same = {n for (year, whose, _), n in law.items() if (year, whose) == name[:2]}
        if 0.5 < low < K - 0.5 and round(low) not in same:
            found.append(f"{name} is {low}")
    names = sorted(hidden)
    wide, at_best = (each.ranges(names, whole=False) for each in (attacker, lawful))
    for name, (low, high) in wide.items():
        best = at_best[name][1] - at_best[name][0] if name in at_best else K
        if high - low < min(K, best) - 1e-6:
            found.append(f"{name} is between {low} and {high}, and could be {best} wide")
    return found, (len(known), len(hidden), len(wide))
