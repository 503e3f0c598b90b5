"""The pages of matching: a policy, a door, a form, one domain call. One noun a file."""
