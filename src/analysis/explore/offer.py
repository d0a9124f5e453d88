"""The offer (演示数据) in place of a panel as long as there are no data."""

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets
from IPython.display import display

from analysis.explore.shown import empty
from analysis.project import data_dir
from analysis.report.html import Html

WORDS = (
    "还没有任何数据:可以先点下面的按钮生成演示数据(约一分钟),也可以用 xuke import 导入自己的导出。"
)
NO_CODE = "还没有数据,没有可以复制的代码:请先生成演示数据。"


class Offer:
    """What ``explore`` returns without data: a button that makes the demo place and shows it."""

    def __init__(self, explore: Callable[[], Any]):
        """Take what to show once there are data."""
        self._explore = explore
        self._told = widgets.HTML(str(empty(WORDS)))
        self._shown = widgets.Output()
        self.button = widgets.Button(
            description="生成演示数据",
            button_style="primary",
            icon="play",
            layout={"width": "160px"},
        )
        self.button.on_click(self._make)
        self.box = widgets.VBox([self._told, self.button, self._shown])

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        bundle: dict[str, Any] = self.box._repr_mimebundle_(**options)
        return {**bundle, "text/html": str(empty(WORDS))}

    @property
    def code(self) -> Html:
        """Why there is no code yet."""
        return empty(NO_CODE)

    def _make(self, button: widgets.Button) -> None:
        from analysis.sources.demo import generate

        button.disabled = True
        generate(data_dir(), progress=self._say)
        self.box.children = [self._shown]
        with self._shown:
            display(self._explore())

    def _say(self, line: str) -> None:
        self._told.value = str(empty(line))
