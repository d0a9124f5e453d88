"""Delegated powers (事权下放): how many cases they are, and what changed after the delegation."""

from analysis.problems.delegation.questions import QUESTIONS

__all__ = ["QUESTIONS"]
