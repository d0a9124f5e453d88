"""Functions of DuckDB that Ibis has no name for, and texts in half width (半角)."""

from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Any

import ibis
import ibis.expr.datatypes as dt

LOCAL = dt.Timestamp(scale=6)
INSTANT = dt.Timestamp(timezone="UTC", scale=6)
# Full-width forms of ASCII, the ideographic space and the minus sign.
WIDE = "".join(map(chr, range(0xFF01, 0xFF5F))) + "\u3000\u2212"
NARROW = "".join(map(chr, range(0x21, 0x7F))) + " -"
_NARROWED = str.maketrans(WIDE, NARROW)


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
strlen = _engine("strlen", (dt.string,), dt.int64)  # bytes
make_timestamp = _engine("make_timestamp", (dt.int64,), LOCAL)  # microseconds since 1970
local_time = _engine("timezone", (dt.string, INSTANT), LOCAL)  # what the clocks of a zone show
instant_of = _engine("timezone", (dt.string, LOCAL), INSTANT)  # and when they show it


def narrow(text: Any) -> Any:
    """Return texts in half width without white space at the ends; ASCII passes untouched."""
    ascii_only = strlen(text) == text.length()
    return ascii_only.ifelse(text, text.translate(WIDE, NARROW)).strip()


def narrowed(text: str) -> str:
    """Return what ``narrow`` makes of one text."""
    return text.translate(_NARROWED).strip()
