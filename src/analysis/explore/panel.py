"""The panel (面板): widgets for the choices, and the view that they make. No number is made here."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import ipywidgets as widgets

from analysis.errors import XukeError
from analysis.explore import controls
from analysis.explore.behind import BEHIND
from analysis.explore.chosen import SECTIONS
from analysis.explore.look import look
from analysis.explore.offer import Offer
from analysis.explore.sections import findings_table, head, months_table, section
from analysis.explore.shown import BELOW, style, title, whole_view
from analysis.explore.sortable import sortable
from analysis.explore.source import available, source
from analysis.report.html import Html, note

DOWN, CASES, FINDINGS, CODE = "下钻", "办件", "发现", "代码"
TABS = (*SECTIONS, DOWN, FINDINGS, CASES, CODE)
TABLE = "460px"  # where a window leaves it less, the table goes below the list
Show = Callable[[], None]


class Panel:
    """What ``explore`` returns; a notebook shows it as widgets, or as a static view without."""

    def __init__(self, place: str, year: int):
        """Build the widgets for a place and year, and show the whole of it."""
        self._quiet = False
        self.view = look(source(place, year))
        self.choose = controls.Controls(available(), place, year)
        self.tabs = controls.tabs(TABS)
        self.below = widgets.Select(
            rows=15, layout=widgets.Layout(width="300px", min_width="300px")
        )
        self.behind = controls.named("数字", [(of.term, name) for name, of in BEHIND.items()])
        self.head, self.body = widgets.HTML(), widgets.HTML()
        self.table = widgets.Output(layout=widgets.Layout(flex=f"1 1 {TABLE}", min_width="0"))
        self.side = widgets.VBox(layout=widgets.Layout(margin="0 16px 0 0", flex="0 0 auto"))
        self.bar = widgets.HBox()
        self.box = widgets.VBox(
            [
                widgets.HTML(str(style())),
                self.choose.box,
                self.head,
                self.tabs,
                self.body,
                self.bar,
                widgets.Box([self.side, self.table], layout=widgets.Layout(flex_flow="row wrap")),
            ]
        )
        self._offer()
        self._refresh()
        self._listen()

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """Return the widgets, and what to show where there are none."""
        bundle: dict[str, Any] = self.box._repr_mimebundle_(**options)
        return {**bundle, "text/html": str(whole_view(self.view))}

    @property
    def code(self) -> Html:
        """The code that gives what is looked at now (代码)."""
        return Html('{}<div class="xuke"><pre>{}</pre></div>').format(style(), self.view.code)

    def _listen(self) -> None:
        for control in self.choose.of_year:
            control.observe(self._open, "value")
        for control in (*self.choose.of_part, self.tabs, self.behind):
            control.observe(self._changed, "value")
        self.below.observe(self._go_down, "value")
        self.choose.up.on_click(self._go_up)

    def _open(self, change: dict[str, Any]) -> None:
        """Open another place or year."""
        if self._quiet:
            return
        with self._quietly():
            self.choose.keep_to_years(available())
            self.head.value = str(note_in_panel("正在打开……"))
            place, year = self.choose.place.value, self.choose.year.value
            self.view = look(source(place, year))
            self._offer()
            self._refresh()

    def _changed(self, change: dict[str, Any]) -> None:
        """Show what is chosen now."""
        if self._quiet:
            return
        with self._quietly():
            if change["owner"] is self.choose.department:
                self.choose.offer_items(self.view.whole)
            self._refresh()

    def _go_down(self, change: dict[str, Any]) -> None:
        """Go down to the member that was clicked (下钻); below months are the cases."""
        if self._quiet or not change["new"]:
            return
        with self._quietly():
            by, code = self.view.choices.next_dimension, change["new"]
            self.choose.go_to(by, code, self.view.whole)
            if by == "month":
                self.tabs.value = CASES
            self._refresh()

    def _go_up(self, button: Any) -> None:
        """Go back up one level."""
        with self._quietly():
            self.choose.go_up(self.view.whole)
            self._refresh()

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        """Let what the panel itself sets not be taken for a choice; show a mistake as a sentence."""
        self._quiet = True
        try:
            yield
        except XukeError as error:
            self.body.value = str(note_in_panel(str(error)))
        finally:
            self._quiet = False

    def _offer(self) -> None:
        self.choose.offer_parts(self.view.whole)

    def _refresh(self) -> None:
        """Show the chosen part: its key numbers, and the tab that is open."""
        self.view = look(self.view.whole, **self.choose.part)
        self.head.value = str(
            Html('<div class="xuke">{}</div>').format(title(self.view) + head(self.view))
        )
        self.side.children = self.bar.children = ()
        self.body.value = ""
        self.table.outputs = ()
        others: dict[str, Show] = {
            DOWN: self._show_below,
            FINDINGS: self._show_findings,
            CASES: self._show_cases,
            CODE: self._show_code,
        }
        others.get(self.tabs.value, self._show_section)()

    def _show_section(self) -> None:
        made = section(self.view, self.tabs.value)
        self._say(made + months_table(self.view) if self.tabs.value == TABS[0] else made)

    def _show_below(self) -> None:
        members, by = self.view.members, self.view.choices.next_dimension
        listed = [
            (" ".join([row[1], *(f"{n:,}" for n in row[2:3])]), row[0])
            for row in members.itertuples(index=False)
        ]
        self.below.options, self.below.value = listed, None
        self.side.children = (self.below,)
        self._say(note("{}:点左边的名称进入下一层,点右边的表头排序。", BELOW[by]))
        codes_last = [*members.columns[1:], "code"]
        self._sortable(members[codes_last].rename(columns={"code": "编码"}), f"{BELOW[by]}(件)")

    def _show_findings(self) -> None:
        self._say(note("正在计算,第一次要几秒钟……"))
        self._say(findings_table(self.view))

    def _show_cases(self) -> None:
        self.bar.children = (self.behind,)
        found = self.view.cases(self.behind.value)
        term = BEHIND[self.behind.value].term
        cut = f"前 {len(found)} 件" if len(found) else "没有办件"
        self._say(note("{}:{};已去标识化,不含申请人和经办人的标识。", term, cut))
        self._sortable(found, f"{self.view.title}:{term}")

    def _show_code(self) -> None:
        code = Html("<pre>{}</pre>").format(self.view.code)
        self._say(note("复制到自己的笔记本,得到同样的数。") + code)

    def _say(self, words: Html) -> None:
        self.body.value = str(Html('<div class="xuke">{}</div>').format(words))

    def _sortable(self, frame: Any, caption: str) -> None:
        data = {"text/html": str(sortable(frame, caption=caption))}
        self.table.outputs = ({"output_type": "display_data", "data": data, "metadata": {}},)


def note_in_panel(words: str) -> Html:
    """Return a sentence in the look of the panel."""
    return Html('<div class="xuke">{}</div>').format(note("{}", words))


def explore(place: str = "", year: int = 0) -> Panel | Offer:
    """Explore a place and year (探索): widgets in JupyterLab, a static view elsewhere.

    Args:
        place: slug of the place; the first that has data if empty.
        year: the year; the latest that has data if 0.

    Returns:
        What a notebook shows as the last expression of a cell: ``panel.view`` is what is looked at,
        ``panel.code`` the code for it. Without any data, an offer to make the demo place.

    Raises:
        XukeError: no such place, or no data for the year.
    """
    there = available()
    if not there and not place:
        return Offer(explore)
    at = place or next(iter(there))
    return Panel(at, year or (there[at][1][0] if at in there else 0))
