"""Duplicate applications (重复申请) across systems, what is entered twice, and 一件事 candidates."""

from analysis.problems.duplicates.questions import QUESTIONS

__all__ = ["QUESTIONS"]
