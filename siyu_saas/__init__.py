"""私域同行 (Siyu): a consultant carries a merchant from diagnosis to a signed before/after report."""
