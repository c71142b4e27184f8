"""What an item asks for, which states it passes, and what a reviewer says of it."""
