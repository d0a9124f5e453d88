"""The secret is the user's, nobody else's, and never in the project."""

import os
import stat

import pytest

from analysis.errors import XukeError
from analysis.sources.importing.secret import key_file, secret


def test_key_file_is_made_once_and_only_its_owner_reads_it(home, data):
    first = secret(data)
    assert secret(data) == first
    assert len(first) == 64
    path = key_file()
    assert path.is_relative_to(home)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [p.name for p in path.parent.iterdir()] == ["key"]


def test_two_homes_have_two_secrets(home, data, monkeypatch):
    first = secret(data)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "other"))
    assert secret(data) != first


def test_environment_comes_first(home, data, monkeypatch):
    monkeypatch.setenv("XUKE_KEY", "一个足够长的口令不会太短")
    assert secret(data) == "一个足够长的口令不会太短".encode()
    assert not key_file().exists()


def test_short_secrets_are_refused(data, monkeypatch):
    monkeypatch.setenv("XUKE_KEY", "secret")
    with pytest.raises(XukeError, match="太短") as told:
        secret(data)
    assert "secret" not in str(told.value)


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_key_that_others_can_read_is_refused(data):
    secret(data)
    key_file().chmod(0o644)
    with pytest.raises(XukeError, match="chmod 600"):
        secret(data)


def test_a_key_inside_the_data_is_refused(data, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(data / "config"))
    with pytest.raises(XukeError, match="不能放在"):
        secret(data)
    assert not (data / "config").exists()
