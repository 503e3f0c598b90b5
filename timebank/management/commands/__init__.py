"""Commands for whoever runs the time bank."""
