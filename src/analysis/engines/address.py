"""Addresses of engines (引擎地址): an Ibis URL, held to what is supported before anything is opened."""

import os
from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from urllib.parse import parse_qsl, unquote, urlsplit

from analysis.errors import XukeError

ENGINE_VARIABLE = "XUKE_ENGINE"  # set by --engine, for this process and those it starts


class Kind(StrEnum):
    """Kinds of engines (引擎种类), by their Chinese names."""

    DUCKDB = "DuckDB"
    POSTGRES = "PostgreSQL"
    SPARK = "Spark"


SCHEMES = {
    "duckdb": Kind.DUCKDB,
    "postgres": Kind.POSTGRES,
    "postgresql": Kind.POSTGRES,
    "pyspark": Kind.SPARK,
    "spark": Kind.SPARK,
}
EXAMPLES = "duckdb://?threads=2、postgres://用户@主机/数据库、spark://主机:7077"


@dataclass(frozen=True)
class Address:
    """Where an engine is, and how it is set.

    Attributes:
        url: the address as it was given; it holds no password.
        kind: which engine.
    """

    url: str
    kind: Kind

    @classmethod
    def parse(cls, url: str) -> Self:
        """Take an address apart.

        Raises:
            XukeError: no such engine, or a password in the address.
        """
        scheme = url.partition("://")[0].lower()
        if "://" not in url or scheme not in SCHEMES:
            raise XukeError(f"不认识引擎地址“{_shown(url)}”:应写作 {EXAMPLES}。")
        made = cls(url, SCHEMES[scheme])
        if _has_password(url, made.settings):
            raise XukeError(
                f"引擎地址“{_shown(url)}”里不要写口令:请放在 ~/.pgpass、环境变量 PGPASSWORD "
                "或 libpq 的服务文件(PGSERVICE)里。"
            )
        return made

    @property
    def settings(self) -> dict[str, str]:
        """What is set behind the question mark."""
        return dict(parse_qsl(urlsplit(self.url).query))

    @property
    def file(self) -> str:
        """The database file of an embedded engine; empty for none."""
        parts = urlsplit(self.url)
        return unquote(parts.netloc + parts.path) if self.kind is Kind.DUCKDB else ""

    @property
    def shown(self) -> str:
        """The address without its settings, as it may be written down."""
        return _shown(self.url)

    @property
    def reads_files(self) -> bool:
        """Whether it reads the Parquet files of a year where it holds no tables of it."""
        return self.kind is Kind.SPARK or (self.kind is Kind.DUCKDB and not self.file)

    @property
    def only_files(self) -> bool:
        """Whether it holds no tables at all: what it computes follows from the files alone."""
        return self.kind is Kind.DUCKDB and not self.file


DEFAULT = Address("duckdb://", Kind.DUCKDB)


def use(url: str | None) -> None:
    """Let this process, and those it starts, compute with an engine; None changes nothing.

    Raises:
        XukeError: no such engine, or a password in the address.
    """
    if url:
        os.environ[ENGINE_VARIABLE] = Address.parse(url).url


def named(entry: str | None) -> Address:
    """Return the engine to use: the one asked for, else a year's own ``entry``, else the default.

    Raises:
        XukeError: no such engine, or a password in the address.
    """
    url = os.environ.get(ENGINE_VARIABLE) or entry
    return Address.parse(url) if url else DEFAULT


def _has_password(url: str, settings: dict[str, str]) -> bool:
    try:
        return bool(urlsplit(url).password) or "password" in settings
    except ValueError:
        return True  # whatever cannot be taken apart is not shown either


def _shown(url: str) -> str:
    """Return an address without what may be a secret."""
    head, at, tail = url.rpartition("@")
    shown = f"{head.partition('://')[0]}://…{at}{tail}" if at else url
    return shown.partition("?")[0]
