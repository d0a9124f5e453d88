"""What earlier releases and the print give away of what a release hides."""

from analysis.report.disclosure.earlier import (
    CLOSE,
    FIGURES,
    GIVEN_AWAY,
    LISTED_BEFORE,
    Cell,
    given_away,
    hidden,
    shown,
)

REASONS = {"已抑制": True, "不列出": False}


def document(figures: dict[str, tuple[str | None, str]], cells: dict[str, int | None]) -> dict:
    """Return a document of these figures (value, reason) and one table of one column."""
    return {
        "year": 2022,
        "figures": [
            {"id": name, "variant": "", "value": value, "reason": reason}
            for name, (value, reason) in figures.items()
        ],
        "tables": [
            {
                "title": "各部门办件",
                "columns": ["受理量"],
                "data": [{"label": name, "values": [n]} for name, n in cells.items()],
            }
        ],
    }


NOW = document(
    {
        "seen": ("100", ""),
        "small": (None, "已抑制"),
        "apart": (None, "不列出"),
        "never": (None, "数据不足:缺少列"),
    },
    {"甲": None, "乙": 50},
)


def figure(name: str) -> Cell:
    return Cell(2022, FIGURES, name, "")


def department(name: str) -> Cell:
    return Cell(2022, "各部门办件", name, "受理量")


def test_what_is_hidden_is_told_from_what_was_never_there() -> None:
    assert hidden(NOW, REASONS) == {
        figure("small"): True,
        figure("apart"): False,
        department("甲"): True,
    }
    assert shown(NOW) == {figure("seen"): "100", department("乙"): "50"}


def test_an_earlier_release_gives_away_what_it_showed() -> None:
    before = document(
        {"seen": ("104", ""), "small": ("3", ""), "apart": ("7", ""), "never": ("9", "")},
        {"甲": 2, "乙": 45, "丙": 1},
    )
    found = given_away([NOW], {"去年": shown(before)}, REASONS)
    rows = {Cell(*row[:4]): (row[4], row[5], row[6]) for row in found.itertuples(index=False)}
    assert rows == {
        figure("seen"): (CLOSE, "104", "去年"),  # four cases more or less
        figure("small"): (GIVEN_AWAY, "3", "去年"),
        figure("apart"): (LISTED_BEFORE, "7", "去年"),
        department("甲"): (GIVEN_AWAY, "2", "去年"),
    }  # 50 against 45 differ by 5, which is not small


def test_nothing_earlier_nothing_given_away() -> None:
    assert given_away([NOW], {}, REASONS).empty
    assert given_away([NOW], {"自己": shown(NOW)}, REASONS).empty
    other_year = {cell._replace(year=2021): "3" for cell in hidden(NOW, REASONS)}
    assert given_away([NOW], {"前年": other_year}, REASONS).empty
