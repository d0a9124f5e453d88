"""The package at the prompt of IPython, as an analyst types it."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell


@pytest.fixture
def shell() -> Iterator[InteractiveShell]:
    shell = InteractiveShell.instance()
    yield shell
    shell.reset()
    InteractiveShell.clear_instance()


def completions(shell: InteractiveShell, typed: str) -> set[str]:
    with provisionalcompleter():
        return {found.text.lstrip(".") for found in shell.Completer.completions(typed, len(typed))}


def test_tab_completes_what_the_package_offers(shell: InteractiveShell) -> None:
    shell.run_cell("import analysis; from analysis import Year")
    assert {"Year", "figures", "findings"} <= completions(shell, "analysis.")
    assert {"open", "from_frames"} <= completions(shell, "Year.")


def test_a_mistake_is_one_sentence(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    shell.run_cell("from analysis import Year; Year.open('nowhere', 2022)")
    told = capsys.readouterr()
    (line,) = (told.out + told.err).strip().splitlines()
    assert line.startswith("没有登记名为“nowhere”的地方")


def test_what_is_imported_is_never_looked_through_for_garbage() -> None:
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "import gc; from analysis import Year; print(gc.isenabled(), gc.get_freeze_count())",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    collecting, frozen = said.split()
    assert collecting == "True"
    assert int(frozen) > 50_000  # pandas and Ibis define twice as many
