"""目标共创: targets with a baseline, a benchmark and their feasibility, agreed by both sides and signed."""
