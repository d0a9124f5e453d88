"""Functions of DuckDB that Ibis has no name for, and texts in half width (半角)."""

from collections.abc import Callable, Iterable, Mapping
from inspect import Parameter, Signature
from typing import Any

import ibis
import ibis.expr.datatypes as dt
from ibis.util import gen_name

from analysis.sources.mapping.words import NARROW, WHITE, WIDE, WIDE_PATTERN

LOCAL = dt.Timestamp(scale=6)
INSTANT = dt.Timestamp(timezone="UTC", scale=6)


def _engine(name: str, of: tuple[Any, ...], gives: Any) -> Callable[..., Any]:
    """Return a function of the engine as one of Ibis."""

    def stub(*_: Any) -> None: ...

    stub.__name__ = name
    stub.__signature__ = Signature(  # type: ignore[attr-defined]
        [Parameter(f"p{n}", Parameter.POSITIONAL_OR_KEYWORD) for n in range(len(of))]
    )
    made: Callable[..., Any] = ibis.udf.scalar.builtin(stub, name=name, signature=(of, gives))
    return made


try_strptime = _engine("try_strptime", (dt.string, dt.string), LOCAL)  # null where it is no time
regexp_full_match = _engine("regexp_full_match", (dt.string, dt.string), dt.boolean)
_regexp_matches = _engine("regexp_matches", (dt.string, dt.string), dt.boolean)
strlen = _engine("strlen", (dt.string,), dt.int64)  # bytes
md5 = _engine("md5", (dt.string,), dt.string)
make_timestamp = _engine("make_timestamp", (dt.int64,), LOCAL)  # microseconds since 1970
local_time = _engine("timezone", (dt.string, INSTANT), LOCAL)  # what the clocks of a zone show
instant_of = _engine("timezone", (dt.string, LOCAL), INSTANT)  # and when they show it


_list_contains = _engine("list_contains", (dt.Array(dt.string), dt.string), dt.boolean)
_list_extract = _engine("list_extract", (dt.Array(dt.string), dt.int32), dt.string)
_list_position = _engine("list_position", (dt.Array(dt.string), dt.string), dt.int32)


def stripped(text: Any) -> Any:
    """Return texts without white space at the ends; those that have none are not touched.

    To strip 1.8 million texts takes 0.3 CPU seconds, to see that there is nothing to strip 0.02.
    """
    spaced = ibis.or_(text < "!", *(text.endswith(space) for space in WHITE))
    return spaced.ifelse(text.strip(), text)


def among(text: Any, words: Iterable[str]) -> Any:
    """Tell whether a text is one of some words; null for null.

    Not ``isin``: the engine makes a join of each long IN list and then computes every column.
    """
    listed = list(words)
    if not listed:
        return text.isnull().ifelse(ibis.null("boolean"), False)
    return _list_contains(ibis.literal(listed, dt.Array(dt.string)), text)


def found_in(con: Any, texts: Any) -> Callable[[Any], Any]:
    """Return what tells whether a text is one of the texts of a column; False for null.

    Not ``isin``: behind a join the engine hands rows over in another order, and 1.8 million of them
    then have to be sorted. An enumeration is looked up by hash; to make one takes 3 µs a text.

    Args:
        con: the connection of both.
        texts: Ibis column of a few thousand texts.
    """
    name = gen_name("texts")
    listed = con.compile(texts.as_table().distinct().drop_null())
    con.raw_sql(f"CREATE TEMP TYPE {name} AS ENUM ({listed})")
    con.raw_sql(f"CREATE TEMP MACRO is_{name}(said) AS TRY_CAST(said AS {name}) IS NOT NULL")
    return _engine(f"is_{name}", (dt.string,), dt.boolean)


def looked_up(text: Any, meaning: Mapping[str, str]) -> Any:
    """Return what words mean, null for others and for those that mean nothing.

    The text is computed once, not once a word.
    """
    if not meaning:
        return ibis.null("string")
    words = ibis.literal(list(meaning), dt.Array(dt.string))
    meant = ibis.literal([m or None for m in meaning.values()], dt.Array(dt.string))
    return _list_extract(meant, _list_position(words, text))


def narrow(text: Any) -> Any:
    """Return texts in half width; others are not touched, since translating is slow."""
    wide = (strlen(text) != text.length()) & _regexp_matches(text, WIDE_PATTERN)
    return wide.ifelse(text.translate(WIDE, NARROW).strip(), text)
