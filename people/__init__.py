"""Who we are: users, families, volunteers, organisations, places and consent."""
