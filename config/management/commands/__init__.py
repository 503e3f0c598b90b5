"""Commands that need the whole house."""
