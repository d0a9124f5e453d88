"""What the findings' passes count, as an analyst would count it with pandas: Parquet, groupby, merge.

Each function returns the tables of the passes beside it, written from their definitions.
"""
