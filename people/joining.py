"""Becoming a member: half-told answers are kept, and at the end they make a family or a volunteer, once.

What other floors do when somebody joins (a first goal, an account in the time bank) follows from people.signals and
happens in the same transaction: either all of it is there, or none.
"""

import logging
from datetime import datetime
from decimal import Decimal
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy

from people import availability
from people.asking import Kept, order
from people.consenting import answer
from people.models import Child, Consent, Family, Guardian, Joining, Place, User, Volunteer
from people.nearness import cell_of
from people.places import Coaches
from people.questions import display_name, travel_km
from people.signals import family_joined, volunteer_joined

log = logging.getLogger(__name__)


class AnswerGone(Exception):
    """An answer that was right when it was given no longer is: the place it names is no longer in the list."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


class StillOpen(Exception):
    """A question has no answer yet."""


def answers_of(user: User) -> Kept:
    """Give what somebody has told us so far, question by question."""
    draft = Joining.objects.filter(user=user).first()
    return dict(draft.answers) if draft else {}


def keep(*, by: User, slug: str, kept: Kept | None, at: datetime) -> Kept:
    """Keep one checked answer (None forgets it), and give all of them. Two phones at once both keep theirs."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)
        draft, _ = Joining.objects.get_or_create(user=by, defaults={"saved_at": at})
        if kept is None:
            draft.answers.pop(slug, None)
        else:
            draft.answers[slug] = kept
        draft.saved_at = at
        draft.save()
    return dict(draft.answers)


def join(*, by: User, answers: Kept, at: datetime) -> Family:
    """Give the family of these answers, with its guardian, children, coach and consent, standing "applied".

    A second press finds the family that the first one made. Raises StillOpen, and AnswerGone for a place that is gone.
    """
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=by.pk)  # the second press waits here
        already = Guardian.objects.select_related("family").filter(user=person).first()
        if already:
            return already.family
        if any(question.slug not in answers for question in order()):
            raise StillOpen
        family = _family(answers, by=person, at=at)
        name = answers["you"]["name"]
        Guardian.objects.create(family=family, user=person, name=name)
        Child.objects.bulk_create(
            Child(family=family, **child) for child in answers["children"]["children"]
        )
        answer(
            by=person,
            purpose=Consent.Purpose.LINK_UP,
            given=answers["showing"]["showing"] == "yes",
            at=at,
        )
        _welcome(person, name)
        family_joined.send(Family, family=family, by=person, answers=answers, at=at)
    return family


def join_as_volunteer(*, by: User, answers: Kept, at: datetime) -> Volunteer:
    """Give the volunteer of these answers, standing "applied". A second press finds the first one's."""
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=by.pk)
        already = Volunteer.objects.filter(user=person).first()
        if already:
            return already
        volunteer = Volunteer.objects.create(
            user=person,
            name=answers["name"],
            languages=answers["languages"],
            free_times=availability.to_bits(answers["free_times"]),
            applied_on=timezone.localdate(at),
            **_where(answers["place"], by=person),
        )
        _welcome(person, answers["name"])
        volunteer_joined.send(Volunteer, volunteer=volunteer, by=person, answers=answers, at=at)
    return volunteer


class MailAway(Exception):
    """The mail server did not take a code or a notice; config.middleware says so to whoever waits for it."""


WAYS_TO_SHOW_IT_IS_YOU = {
    "reauthenticate": gettext_lazy("Use my password"),
    "mfa_reauthenticate": gettext_lazy("Use my app or a spare code"),
    "mfa_reauthenticate:webauthn": gettext_lazy("Use my passkey"),
}


class AccountAdapter(DefaultAccountAdapter):
    """What the accounts package asks of us: newcomers are led to the first question, everybody else home."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": gettext_lazy(
            "That isn’t the code we sent. Look again, or ask for a new one."
        ),
        "incorrect_password": gettext_lazy("That isn’t your password. Try again."),
        "enter_current_password": gettext_lazy("That isn’t your password. Try again."),
        "email_taken": gettext_lazy("That address is somebody else’s here."),
        "same_as_current": gettext_lazy("That’s the address you sign in with now."),
        "rate_limited": gettext_lazy("That was too often. Try again in a few minutes."),
        "too_many_login_attempts": gettext_lazy("That was too often. Try again in a few minutes."),
    }

    def get_signup_redirect_url(self, request: Any) -> str:
        """Where somebody lands who has just made an account."""
        return reverse("people:join")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The ways somebody can show that it's still them, in our words."""
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [{**way, "description": WAYS_TO_SHOW_IT_IS_YOU[way["id"]]} for way in ways]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a code or a notice. Raises MailAway."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as why:  # SMTPException is one too
            raise MailAway from why

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send word of something that is done already, so mail that is away must not undo it."""
        try:
            super().send_notification_mail(*args, **kwargs)
        except MailAway as away:
            log.error("A notice about an account could not be sent: %s", away.__cause__)

    def new_user(self, request: Any) -> User:
        """A user who goes on in the language they were reading."""
        user: User = super().new_user(request)
        user.language = get_language() or user.language
        return user


def _family(answers: Kept, *, by: User, at: datetime) -> Family:
    return Family.objects.create(
        display_name=display_name(answers["you"]),
        languages=answers["languages"]["languages"],
        access_needs=answers["meeting"]["access_needs"],
        no_to=answers["meeting"]["no_to"],
        free_times=availability.to_bits(answers["times"]["free_times"]),
        travel_km=travel_km(answers["meeting"]),
        # They came for this; whether others may be shown them is the consent's to say.
        wants_link_up=True,
        hopes_for=answers["beside"]["hopes_for"],
        applied_on=timezone.localdate(at),
        **_where(answers["place"]["place"], by=by, cell=answers["place"].get("cell")),
    )


def _where(reference: str, *, by: User, cell: list[str] | None = None) -> dict[str, Any]:
    """Give where somebody lives and who looks after it; a cell came from a postcode, else it is the place's own."""
    place = (
        Place.objects.select_related("parent__parent__parent").filter(reference=reference).first()
    )
    if place is None:
        raise AnswerGone("place")
    latitude, longitude = (
        (Decimal(cell[0]), Decimal(cell[1])) if cell else cell_of(place.latitude, place.longitude)
    )
    return {
        "place": place,
        "cell_latitude": latitude,
        "cell_longitude": longitude,
        "coach": Coaches().nearest(place, besides=by),
    }


def _welcome(person: User, name: str) -> None:
    person.name = name
    person.save(update_fields=["name"])
    Joining.objects.filter(user=person).delete()
