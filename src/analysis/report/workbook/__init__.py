"""The workbook of figures (指标工作簿), which WPS and Excel open: ``figures.xlsx``."""

from analysis.report.workbook.write import workbook

__all__ = ["workbook"]
