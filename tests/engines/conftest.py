"""What the tests of engines share: a PostgreSQL server, a Spark cluster, a few cases of the demo."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import pandas as pd
import pyarrow.parquet as pq
import pytest

from analysis.engines.address import Address
from analysis.engines.connect import connect, read
from analysis.tables import TABLES
from analysis.tables.conform import conform
from analysis.tables.contents import DATA_TABLES
from analysis.tables.place import Place
from analysis.tables.year import Year
from tests.components import need
from tests.engines import postgres, spark


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """Return a server that nobody else uses."""
    need("PostgreSQL", postgres.available(), postgres.HOW_TO_GET)
    with postgres.server() as running:
        yield running


@pytest.fixture(scope="session")
def postgres_connection(postgres_server: postgres.Server) -> Iterator[Any]:
    """Return an Ibis connection to the server."""
    connection = ibis.postgres.connect(**postgres_server.where)
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


@pytest.fixture(scope="session")
def spark_cluster() -> Iterator[spark.Cluster]:
    """Return a cluster that nobody else uses; it listens on the loopback only."""
    need("Spark", spark.available(), spark.HOW_TO_GET)
    with pytest.MonkeyPatch.context() as patch, spark.cluster() as running:
        patch.setenv("SPARK_LOCAL_IP", spark.LOOPBACK)
        yield running


@pytest.fixture(scope="session")
def spark_address(spark_cluster: spark.Cluster) -> Iterator[Address]:
    """Return the address of the cluster; this process's session on it ends with the tests."""
    address = Address.parse(spark_cluster.url)
    connection = connect(address)
    yield address
    connection.disconnect()


@pytest.fixture
def in_spark(spark_address: Address, tmp_path: Path) -> Callable[..., Year]:
    """Return a function that writes frames as files, and opens them as a year on the cluster."""
    connection = connect(spark_address)

    def opened(
        place: Place, number: int, frames: Mapping[str, pd.DataFrame], **facts: date
    ) -> Year:
        for name in set(connection.list_tables()) & set(TABLES):  # of the year before this one
            connection.drop_view(name)
        for name, frame in frames.items():
            file = tmp_path / f"{name}.parquet"
            pq.write_table(conform(frame, TABLES[name]), file)
            table = read(connection, spark_address.kind, [file], tmp_path / name)
            connection.create_view(name, table, overwrite=True)
        return Year.from_connection(place, number, connection, **facts)

    return opened
