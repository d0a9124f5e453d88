"""Differences between departments (部门差异), their mix of items and chance ruled out: never ranks."""

from analysis.problems.departments.questions import QUESTIONS

__all__ = ["QUESTIONS"]
