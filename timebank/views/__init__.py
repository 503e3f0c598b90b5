"""Pages about hours, one file a subject. A view loads through a door, makes one domain call, and shows or redirects."""
