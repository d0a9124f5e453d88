"""Ratings (评价真实性): who rated, and whether the rate of satisfaction says what it seems to."""
