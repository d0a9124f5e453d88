"""What the tests of engines share: one PostgreSQL server, and years that live in it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import ibis
import pandas as pd
import pytest

from analysis.tables import TABLES
from analysis.tables.conform import conform
from analysis.tables.place import Place
from analysis.tables.year import DATA_TABLES, Year
from tests.components import need
from tests.engines import postgres


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

    def opened(
        place: Place, number: int, frames: Mapping[str, pd.DataFrame], **facts: date
    ) -> Year:
        # Not Ibis's drop_table: Ibis 12 on sqlglot 30 forgets the name.
        with postgres_connection.begin() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {', '.join(DATA_TABLES)}")
        for name, frame in frames.items():
            postgres_connection.create_table(name, conform(frame, TABLES[name]))
        return Year.from_connection(place, number, postgres_connection, **facts)

    return opened
