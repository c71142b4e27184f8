"""What the two sides do with targets."""
