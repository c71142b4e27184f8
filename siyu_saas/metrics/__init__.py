"""Numbers of a merchant: what was counted, what it was before, what it is now, and what may be said about it."""
