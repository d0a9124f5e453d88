"""The catalogue (推行标准化、公开公示): items, what is published of them, rules, changes."""
