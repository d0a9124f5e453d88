"""The page of findings (问题分析): what a director reads first, each finding in full, the matrix."""
