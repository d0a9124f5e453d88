"""Supervision (监督管理): inspections, holders reached, ratings, staff."""
