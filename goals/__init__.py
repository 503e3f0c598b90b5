"""What families want, and how it moves."""
