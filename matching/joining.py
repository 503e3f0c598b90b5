"""What happens here when a volunteer joins: what they like doing is kept with what they could be for a family.

They are offered to nobody yet: a round takes only supporters who are active and cleared.
"""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from matching.models import Supporter
from people.models import User, Volunteer
from people.signals import volunteer_joined


@receiver(volunteer_joined)
def keep_their_skills(
    volunteer: Volunteer, by: User, answers: dict[str, Any], at: datetime, **_: Any
) -> None:
    """Make the volunteer's supporter, in the transaction that makes the volunteer."""
    Supporter.objects.create(volunteer=volunteer, skills=answers["skills"])
