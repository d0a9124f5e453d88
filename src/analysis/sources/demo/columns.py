"""Columns (列) of the demo's tables: arrays to Arrow and back."""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.sources.demo.days import Bools, Ints
from analysis.sources.demo.moments import NOT_YET


def words(codes: Any, terms: Any, empty: Any = None) -> pa.Array:
    """Return a text column by places in a short list, dictionary-encoded."""
    place, words = pd.factorize(pd.Series(list(terms), dtype=object))
    # Each word once: with repeated ones the file's bytes differ from run to run.
    places = pa.array(place[codes], type=pa.int32(), mask=empty)
    return pa.DictionaryArray.from_arrays(places, pa.array(list(words), type=pa.string()))


def listed(place: Ints, terms: Any) -> pa.Array:
    """Return a text column by places in a list without repetitions; null where negative."""
    places = pa.array(place.astype(np.int32), mask=place < 0)
    return pa.DictionaryArray.from_arrays(places, pa.array(list(terms), pa.string()))


def is_word(column: pa.ChunkedArray, word: str) -> Bools:
    """Return where a dictionary-encoded text column has a word."""
    chunk = column.combine_chunks()
    return np.asarray(chunk.indices.to_numpy() == chunk.dictionary.to_pylist().index(word))


def timestamp(at: Ints) -> pa.Array:
    """Return seconds since 1970 as a time column, in milliseconds; ``NOT_YET`` is null."""
    return pa.array(np.where(at == NOT_YET, 0, at) * 1000, pa.timestamp("ms"), mask=at == NOT_YET)


def seconds(times: pa.ChunkedArray) -> Ints:
    """Return a time column as seconds since 1970; null is ``NOT_YET``."""
    numbers = times.cast(pa.int64())
    known = pc.fill_null(pc.divide(numbers, 1000), pa.scalar(int(NOT_YET)))
    return np.asarray(known.to_numpy())
