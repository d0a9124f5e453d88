"""The demo place (演示地方) 示例区: fictitious, synthetic, calibrated to printed totals."""

from analysis.sources.demo.generate import generate
from analysis.sources.demo.raw import write_raw

__all__ = ["generate", "write_raw"]
