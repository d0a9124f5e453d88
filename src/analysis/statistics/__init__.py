"""一、基本情况: the tally and the figures computed from it."""
