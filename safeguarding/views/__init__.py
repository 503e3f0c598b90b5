"""Pages of this app: concerns, and what clears somebody to stand beside a family."""
