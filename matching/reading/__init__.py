"""What pages show of matching, each in a constant number of queries. One noun a file; import them from here."""

from matching.reading.families import FamiliesPage, families_page, family_page
from matching.reading.members import link_ups_of, next_thing
from matching.reading.paths import link_up_page
from matching.reading.rounds import round_page, rounds_of
from matching.reading.today import coach_today
from matching.reading.volunteers import volunteer_page

__all__ = [
    "FamiliesPage",
    "coach_today",
    "families_page",
    "family_page",
    "link_up_page",
    "link_ups_of",
    "next_thing",
    "round_page",
    "rounds_of",
    "volunteer_page",
]
