"""What a pack is made of: one frozen dataclass for every kind of entry, without behaviour."""
