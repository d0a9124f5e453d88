"""xuke: the statistics and problems of a district's administrative licensing (行政许可)."""
