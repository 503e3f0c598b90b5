"""People talking, safely."""
