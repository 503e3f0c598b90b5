"""Checks, concerns, and who opened which record."""
