"""What the data are: tables, codes, calendar, clocks, and the data of one place and year."""

from analysis.tables.catalogue import ITEMS
from analysis.tables.oversight import EVALUATIONS, INSPECTIONS, STAFF
from analysis.tables.process import CASES, EVENTS
from analysis.tables.schema import Table
from analysis.tables.totals import PUBLISHED, REPORTED

TABLES: dict[str, Table] = {
    table.name: table
    for table in (ITEMS, CASES, EVENTS, INSPECTIONS, EVALUATIONS, STAFF, REPORTED, PUBLISHED)
}
