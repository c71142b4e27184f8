"""Calculators of domain C2: pure arithmetic from typed inputs; money in fen, rates as exact decimals."""
