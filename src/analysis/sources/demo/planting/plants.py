"""All plants (植入登记), in the order in which they are planted."""

from typing import Any

import pyarrow as pa

from analysis.sources.demo.days import Days
from analysis.sources.demo.planting import (
    bundles,
    delegation,
    departments,
    duplicates,
    rated,
    stamps,
    supplements,
    workload,
)
from analysis.sources.demo.planting.plant import Cohort, Plant
from analysis.sources.demo.source import Catalogue
from analysis.sources.demo.years import Made

PLANTS: tuple[Plant, ...] = (
    workload.PLANT,
    delegation.PLANT,
    departments.PLANT,
    supplements.PLANT,
    duplicates.PLANT,
    bundles.PLANT,
    stamps.PLANT,
    rated.PLANT,
)


def plant_course(days: Days, catalogue: Catalogue, made: Made) -> Made:
    """Return a cohort with what is planted in its days."""
    for plant in PLANTS:
        made = plant.course(Cohort(days, catalogue, made))
    return made


def plant_labels(days: Days, catalogue: Catalogue, made: Made, table: pa.Table) -> pa.Table:
    """Return a cohort's table with what is planted in its labels."""
    for plant in PLANTS:
        table = plant.table(Cohort(days, catalogue, made), table)
    return table


def truth(year: int) -> dict[str, Any]:
    """Return what is planted in a year, by plant (``truth.json``)."""
    return {plant.name: plant.truth(year) for plant in PLANTS}
