"""The data-comparison report: gathered from live records, frozen, worded, signed by both sides, printed, shared."""
