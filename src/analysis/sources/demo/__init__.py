"""The demo place (演示地方) 示例区: fictitious, synthetic, calibrated to printed totals."""

from analysis.sources.demo.generate import generate

__all__ = ["generate"]
