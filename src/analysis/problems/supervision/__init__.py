"""Supervision load (监管工作量): how much falls to each inspector, and whom inspections reach."""
