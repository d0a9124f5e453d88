"""Code lists (代码表) of the canonical tables, each declared once, in the module of its table's name.

Sources: GB/T 39046-2020 annex A where it has a list; otherwise the list is this project's own,
named in English so that no vendor's numbers are mistaken for another's.
"""

GBT39046 = "GB/T 39046—2020"
OWN = "本项目规范值"
