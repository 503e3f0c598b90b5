"""The questions that everybody who joins is asked: who we are, where, when and how.

Nobody is asked for a child's name, a date of birth, an address or a telephone number (trust.md SG-17): a form that
does not ask cannot leak. The goals app adds its own questions before the last.
"""

from people.questions.beside import BesideQuestion
from people.questions.household import ChildrenQuestion
from people.questions.meeting import (
    MeetingQuestion,
    PlaceQuestion,
    TimesQuestion,
    TravelQuestion,
    travel_km,
)
from people.questions.volunteer import VolunteerForm
from people.questions.you import (
    LanguagesQuestion,
    NameQuestion,
    ShowingQuestion,
    YouQuestion,
    display_name,
)

__all__ = [
    "BesideQuestion",
    "ChildrenQuestion",
    "LanguagesQuestion",
    "MeetingQuestion",
    "NameQuestion",
    "PlaceQuestion",
    "ShowingQuestion",
    "TimesQuestion",
    "TravelQuestion",
    "VolunteerForm",
    "YouQuestion",
    "display_name",
    "travel_km",
]
