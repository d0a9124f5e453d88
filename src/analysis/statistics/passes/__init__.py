"""The passes over the tables (计数): what is counted in each, once, in whatever engine holds it."""
