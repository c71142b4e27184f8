"""Plans, tasks and clocks of the merchant in scope."""
