"""Readers (读入): any export as sheets of text, a batch at a time, each row with its place."""
