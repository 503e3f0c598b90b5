"""What happens here when somebody joins: their coach is told, and what a volunteer likes doing is kept.

A volunteer is offered to nobody yet: a round takes only supporters who are active and cleared.
"""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from matching.models import Supporter
from matching.notices import to
from people.letters import tell
from people.models import Family, User, Volunteer
from people.signals import family_joined, volunteer_joined


@receiver(volunteer_joined)
def keep_their_skills(
    volunteer: Volunteer, by: User, answers: dict[str, Any], at: datetime, **_: Any
) -> None:
    """Make the volunteer's supporter, in the transaction that makes the volunteer."""
    Supporter.objects.create(volunteer=volunteer, skills=answers["skills"])


@receiver(family_joined)
def tell_the_coach_of_a_family(family: Family, **_: Any) -> None:
    """Mail the coach that somebody new waits for a hello; nobody where the place has no coach."""
    if family.coach:
        tell([family.coach], about="matching/newcomer", page=to("family", id=family.pk))


@receiver(volunteer_joined)
def tell_the_coach_of_a_volunteer(volunteer: Volunteer, **_: Any) -> None:
    """Mail the coach that somebody new waits for a hello; nobody where the place has no coach."""
    if volunteer.coach:
        tell([volunteer.coach], about="matching/newcomer", page=to("volunteer", id=volunteer.pk))
