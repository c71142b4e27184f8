"""Pure know-how of plans: working days, laying out, forecasts, changes, checks and clocks."""
