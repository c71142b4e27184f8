"""Pure know-how about numbers: windows, honest comparison, decomposition, calculators."""
