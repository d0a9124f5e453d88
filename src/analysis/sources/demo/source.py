"""What the demo's cases take over from the catalogue (事项目录)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.sources.demo.days import Ints


@dataclass(frozen=True)
class Catalogue:
    """What cases take over from the catalogue: items, their versions, and bureaux."""

    items: pd.DataFrame
    bureaux: pd.DataFrame
    streets: list[str]

    @property
    def base(self) -> pd.DataFrame:
        """One row per handling item, in the order in which cases refer to it."""
        rows = self.items[self.items["grain"] == "handling"]
        return rows.drop_duplicates("row").sort_values("row").reset_index(drop=True)

    def version(self, item: Ints, applied: Ints) -> tuple[Ints, NDArray[np.float64]]:
        """Return version and promised days of each case's item on the day of application."""
        rows = self.items[self.items["grain"] == "handling"]
        began = rows.pivot(index="row", columns="item_version", values="valid_from")
        promised = rows.pivot(index="row", columns="item_version", values="promised_limit")
        since = began.to_numpy().astype("datetime64[D]")[item]
        day = applied.astype("datetime64[D]")[:, None]
        version = (since <= day).sum(axis=1)  # a version that there is not compares as false
        return version, promised.to_numpy()[item, version - 1]
