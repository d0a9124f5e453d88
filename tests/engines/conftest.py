"""What the tests of engines share: one PostgreSQL server, and years that live in it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import ibis
import pandas as pd
import pytest

from analysis.tables import TABLES
from analysis.tables.conform import conform
from analysis.tables.year import Year
from tests.components import need
from tests.engines import postgres
from tests.tables.build import PLACE


@pytest.fixture(scope="session")
def postgres_connection() -> Iterator[Any]:
    """Return an Ibis connection to a server that nobody else uses."""
    need("PostgreSQL", postgres.available(), postgres.HOW_TO_GET)
    with postgres.server() as where:
        connection = ibis.postgres.connect(**where)
        yield connection
        connection.disconnect()


@pytest.fixture(scope="session")
def in_postgres(postgres_connection: Any) -> Callable[..., Year]:
    """Return a function that puts frames into the server and opens them as a year."""

    def opened(frames: Mapping[str, pd.DataFrame], number: int, **facts: date) -> Year:
        for name in postgres_connection.list_tables():
            postgres_connection.drop_table(name)
        for name, frame in frames.items():
            postgres_connection.create_table(name, conform(frame, TABLES[name]))
        return Year.from_connection(PLACE, number, postgres_connection, **facts)

    return opened
