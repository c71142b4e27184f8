"""How tables that people bring are understood: cells, headers, presets, rows, and what looks wrong in them."""
