"""The demo place's public pages at full size, attacked from outside: nothing hidden can be found."""

import subprocess
import sys

import pytest

from tests.conftest import DATA
from tests.report.public_attack import Published, learnt

YEARS = (2021, 2022, 2023)


@pytest.mark.slow
@pytest.mark.full
def test_an_attacker_learns_nothing_from_the_public_pages_of_the_demo_place(demo_data, tmp_path):
    command = [sys.executable, "-m", "analysis", "run", "--audience", "public"]
    where = ["--notebook", "statistics", "--data", demo_data, "--out", tmp_path]
    subprocess.run([*command, *map(str, where)], cwd=DATA.parent, check=True)
    found, (known, hidden, bounded) = learnt(Published(tmp_path / "public/demo", YEARS))
    assert known > 2000
    assert bounded == hidden > 50
    assert not found
