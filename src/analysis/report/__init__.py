"""How results look and read: tables, charts, wording."""
