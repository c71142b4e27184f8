"""What changes in the list: how urgent merchants are, and the views that somebody keeps of it."""
