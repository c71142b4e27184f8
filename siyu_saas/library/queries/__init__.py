"""Which pack a merchant has, and the questionnaires of a firm."""
