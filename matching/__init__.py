"""Who might help whom, and the link-ups that follow."""
