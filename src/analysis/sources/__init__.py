"""Where data come from: readers, published figures, the demo place."""
