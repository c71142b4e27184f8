"""Pure know-how about targets: what to propose, what it means, whether it can be reached, how far one is."""
