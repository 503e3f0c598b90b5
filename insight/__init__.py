"""Numbers read from every app; it writes none."""
