"""What is wrong (存在问题): with the printed figures of a report, and with the work behind them."""
