"""What the stories about the life of a link-up begin with: a link-up that goes on, or a list to choose from."""

from django.utils import timezone

from matching import rounds
from matching.models import LinkUp, Shortlist
from people.models import Area, User

IMRAN = "imran@example.org"


def of(email: str) -> LinkUp:
    """Give the link-up that a seeking family is in."""
    return LinkUp.objects.going().get(family__guardians__user__email=email)


def offered() -> Shortlist:
    """Give a list that Imran sent to the family whose turn it is; the rounds have a story of their own."""
    imran, at = User.objects.get(email=IMRAN), timezone.now()
    area = Area.objects.get(coaches=imran)
    opened = rounds.open_round(area=area, by=imran, at=at)
    rounds.approve(proposal=opened.proposals.first(), by=imran, at=at)
    return rounds.send(round=opened, by=imran, at=at).shortlists[0]


def whose(shortlist: Shortlist) -> str:
    """Give the address of whoever chooses from a list."""
    return shortlist.family.guardians.first().user.email
