"""The pages of people: joining, and what we hold about you."""
