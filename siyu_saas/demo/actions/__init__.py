"""What the people of the demo do, and how it is taken away again."""
