"""The report for the police or the council: one press from the concern, and nobody's yes in between (SG-21)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from config import clock
from people.models import Child, User
from safeguarding import deciding
from safeguarding.concerns import act, raise_concern
from safeguarding.models import AccessEvent, Concern
from tests import cast
from tests.safeguarding.test_sign_off import DECIDED

Step = Callable[[Concern, User, User, datetime], object]


def _ask(concern: Concern, lead: User, coach: User, at: datetime) -> object:
    return deciding.ask_coach(concern=concern, coach=coach, words="x", basis="duty", by=lead, at=at)


# Everything the workflow can do with a concern. After any of it, and after any two, the report is one press away.
STEPS: dict[str, Step] = {
    "nothing": lambda concern, lead, coach, at: None,
    "noted": lambda concern, lead, coach, at: act(
        concern=concern, words="x", level=concern.level, by=lead, at=at
    ),
    "silver": lambda concern, lead, coach, at: act(
        concern=concern, words="x", level="silver", by=lead, at=at
    ),
    "not told": lambda concern, lead, coach, at: act(
        concern=concern, words="x", level=concern.level, kind="not_shared", by=lead, at=at
    ),
    "asked": _ask,
    "climbed": lambda concern, lead, coach, at: clock.tick(at + timedelta(days=9)),
    "named": lambda concern, lead, coach, at: deciding.say_whom(
        concern=concern, whom=coach, by=lead, at=at
    ),
    "reported": lambda concern, lead, coach, at: deciding.report(concern=concern, by=lead, at=at),
}
ENDS: dict[str, Step] = {
    "open": lambda concern, lead, coach, at: None,
    "signed off": lambda concern, lead, coach, at: deciding.sign_off(
        concern=concern, by=lead, at=at, **DECIDED
    ),
}


@pytest.fixture
def lead(town: cast.Town) -> User:
    return cast.staff("grace@example.org", "Grace", "safeguarding")


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("second", ["nothing", "climbed"])
@pytest.mark.parametrize("first", STEPS)
def test_no_step_of_the_work_stands_before_it(
    town: cast.Town, lead: User, now: datetime, first: str, second: str, end: str
) -> None:
    concern = raise_concern(words="A bruise", about="", reach="", by=None, at=now)
    for step in (STEPS[first], STEPS[second], ENDS[end]):
        step(concern, lead, town.ruth, now)
        concern.refresh_from_db()
    client = Client()
    client.force_login(lead)
    page = client.get(reverse("safeguarding:concern", args=[concern.pk])).content.decode()
    address = reverse("safeguarding:report", args=[concern.pk])
    assert f'<form method="post" action="{address}">' in page
    paper = client.post(address, {"client_id": str(uuid4())}, follow=True)  # one press
    assert paper.redirect_chain == [(reverse("safeguarding:pack", args=[concern.pk]), 302)]
    assert "A bruise" in paper.content.decode()
    assert concern.actions.filter(kind="reported", by=lead).exists()


def test_it_holds_what_the_police_need_and_no_childs_name(
    town: cast.Town, lead: User, now: datetime
) -> None:
    family = cast.family("Amara and Joe", guardian="Amara", at=town.burntwood)
    Child.objects.create(family=family, first_name="Joelle", age_band="8-10")
    teller = cast.user("tess@example.org", "Tess")
    concern = raise_concern(
        words="A bruise", about="the boy", reach="01632", by=teller, whom=[family], at=now
    )
    deciding.sign_off(concern=concern, by=lead, at=now, **DECIDED)
    client = Client()
    client.force_login(lead)
    page = client.post(
        reverse("safeguarding:report", args=[concern.pk]), follow=True
    ).content.decode()
    for shown in (
        *("A bruise", "the boy", "01632", "tess@example.org", "amara@example.org", "Burntwood"),
        *("8 to 10", "Seen by two neighbours", "He fell", "To keep the child safe"),
        *("grace@example.org", "Handed to the police or the council"),
    ):
        assert shown in page
    assert "Joelle" not in page
    assert AccessEvent.objects.filter(page="safeguarding:pack", family=family).count() == 1


def test_two_presses_are_one_report(town: cast.Town, lead: User, now: datetime) -> None:
    concern = raise_concern(words="x", about="", reach="", by=None, at=now)
    client = Client()
    client.force_login(lead)
    pressed = {"client_id": str(uuid4())}
    for _ in range(2):
        client.post(reverse("safeguarding:report", args=[concern.pk]), pressed)
    assert concern.actions.count() == 1
    client.post(reverse("safeguarding:report", args=[concern.pk]), {"client_id": "rubbish"})
    assert concern.actions.count() == 2


def test_it_is_not_shown_before_it_was_noted_as_made(
    town: cast.Town, lead: User, now: datetime
) -> None:
    concern = raise_concern(words="x", about="", reach="", by=None, at=now)
    client = Client()
    client.force_login(lead)
    assert client.get(reverse("safeguarding:pack", args=[concern.pk])).status_code == 302
    assert client.get(reverse("safeguarding:report", args=[concern.pk])).status_code == 405
    assert not concern.actions.exists()
