"""What a coach reads about one volunteer of theirs."""

from dataclasses import dataclass

from matching.models import Supporter
from people import availability
from people.models import Volunteer
from people.words import LANGUAGES


@dataclass(frozen=True)
class VolunteerPage:
    """What a coach reads about one volunteer. `adults` is whom to write to: name and e-mail, "" for none."""

    volunteer: Volunteer
    adults: list[tuple[str, str]]
    can_write: bool
    languages: list[str]
    free_times: list[str]
    skills: str


def volunteer_page(volunteer: Volunteer) -> VolunteerPage:
    """Give what a coach reads about a volunteer that came through people.access.coached_volunteer; one query."""
    helper = Supporter.objects.filter(volunteer=volunteer).first()
    return VolunteerPage(
        volunteer=volunteer,
        adults=[(volunteer.name, volunteer.user.email if volunteer.user else "")],
        can_write=volunteer.user is not None,
        languages=[str(LANGUAGES.get(code, code)) for code in volunteer.languages],
        free_times=availability.in_words(volunteer.free_times),
        # A file brings several with semicolons between them.
        skills=", ".join(skill.strip() for skill in helper.skills.split(";")) if helper else "",
    )
