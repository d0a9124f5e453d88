"""Data quality (数据质量): traps that imitate findings; looked for first."""
