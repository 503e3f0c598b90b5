"""Template tags that every floor may use."""
