"""Workload squeeze (审批时间与工作量): time left, deadline hugging, load on staff, and what goes with it."""

from analysis.problems.squeeze.questions import QUESTIONS

__all__ = ["QUESTIONS"]
