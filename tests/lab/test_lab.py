"""JupyterLab as ``xuke lab`` sets it up: its kernel, its notebooks as they are saved."""

import copy
import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.errors import XukeError
from analysis.lab.kernels import ThisInterpreter
from analysis.lab.saving import changed, without_outputs
from analysis.lab.serve import HERE, free_port, serve, settings

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_that_was_run_is_saved_as_it_is_in_git(path: Path) -> None:
    committed = json.loads(path.read_text(encoding="utf-8"))
    used = copy.deepcopy(committed)
    used["metadata"] |= {
        "language_info": {"name": "python", "version": "3.11.1"},
        "kernelspec": {"display_name": "Python 3 (xuke)", "language": "python", "name": "python3"},
        "widgets": {"application/vnd.jupyter.widget-state+json": {}},
    }
    for cell in used["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [{"output_type": "stream", "text": "3 件"}], "execution_count": 7}
            cell["metadata"]["trusted"] = True
    model = {"type": "notebook", "content": used}
    without_outputs(model, path=path.name)
    assert model["content"] == committed


def test_notebooks_of_ones_own_keep_what_they_show() -> None:
    cell = {"cell_type": "code", "outputs": ["3"], "execution_count": 1, "metadata": {}}
    model = {"type": "notebook", "content": {"metadata": {}, "cells": [cell]}}
    before = copy.deepcopy(model)
    without_outputs(model, path="own/mine.ipynb")
    assert model == before


def test_whatever_a_notebook_calls_its_kernel_it_is_this_interpreter() -> None:
    specs = ThisInterpreter()
    assert list(specs.get_all_specs()) == ["python3"]
    assert specs.get_kernel_spec("conda-env-somewhere").argv[0] == sys.executable


def test_it_is_for_this_machine_alone() -> None:
    made = settings(Path("notebooks"), 8888, browser=False)
    assert (made.ServerApp.ip, HERE) == ("127.0.0.1", "127.0.0.1")
    assert made.PasswordIdentityProvider.hashed_password == ""
    assert made.LabApp.news_url is None


def test_a_taken_port_is_told_and_another_one_is_found(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind((HERE, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(XukeError, match="--port"):
            serve(tmp_path, tmp_path, port=port, browser=False, opened=print)
        assert free_port(port, tries=20) > port


def test_a_changed_notebook_of_the_project_is_told(tmp_path: Path) -> None:
    git = ["git", "-C", str(tmp_path), "-c", "user.name=t", "-c", "user.email=t@t"]
    (tmp_path / "page.ipynb").write_text("{}", encoding="utf-8")
    assert changed(tmp_path) == []  # no repository
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "t"]):
        subprocess.run([*git, *words], check=True)
    assert changed(tmp_path) == []
    (tmp_path / "page.ipynb").write_text("{} ", encoding="utf-8")
    assert changed(tmp_path) == ["page.ipynb"]
