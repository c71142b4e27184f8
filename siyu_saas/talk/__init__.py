"""Talk: one thread of comments under anything that a room opens for it."""
