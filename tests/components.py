"""Parts of the surroundings that some tests need and a machine may lack."""

import os

import pytest


def need(component: str, available: bool, how_to_get: str) -> None:
    """Skip the test, saying why, where ``component`` is not available.

    With ``XUKE_REQUIRE=all`` in the environment it fails instead: nothing is skipped silently.
    """
    if available:
        return
    reason = f"{component} is not there: {how_to_get}"
    if os.environ.get("XUKE_REQUIRE") == "all":
        pytest.fail(reason)
    pytest.skip(reason)
