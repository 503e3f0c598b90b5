"""`make screenshots`: a picture of every page of ours in var/screenshots, on a phone and wide, by day and by night.

In the demonstration community, on a test database. Each person wanders from link to link and stops once at each kind
of page. Not among the tests that run by themselves: it takes minutes, and somebody has to look.
"""

import re
from collections import deque
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import timezone

from bench.pages import pages
from config.checks import our_views
from matching import choices, linkups, rounds
from matching.models import LinkUp, Shortlist, Supporter
from people.models import Area, Family, User
from tests.boundaries.access import ASKERS
from tests.boundaries.test_access import stated_answers
from tests.journeys.people import PHONE, WIDE, Person

pytestmark = pytest.mark.browser

FOLDER = Path(settings.VAR_DIR) / "screenshots"
SIZES = {390: PHONE, 1280: WIDE}
LINK = re.compile(r'(?:href|formaction|action)="(/[^"#]*)"')
STAFF = ("ruth", "bea", "morgan", "ellis")
FARTHEST = 400  # addresses that one person tries
OURS = {name for name, _path, _view in our_views()}


@pytest.fixture(scope="session")
def lively(community: None) -> dict[str, User]:
    """Let something wait for everybody: a list to choose from, a question to answer, a link-up just ended."""
    now, ruth = timezone.now(), User.objects.get(email="ruth@example.org")
    Supporter.objects.update(capacity=3)
    for area in Area.objects.filter(coaches=ruth):
        for _twice in range(2):  # two rounds can be compared
            made = rounds.open_round(area=area, by=ruth, at=now - timedelta(minutes=2 - _twice))
        rounds.approve_all(round=made, by=ruth, at=now)
        rounds.send(round=made, by=ruth, at=now)
        rounds.open_round(area=area, by=ruth, at=now)
    first, second = Shortlist.objects.filter(standing="offered").order_by("pk")[:2]
    entry = second.entries.first()
    chooser = second.family.guardians.filter(user__isnull=False).first().user
    choices.choose(shortlist=second, entry=entry, children_said="", words="", by=chooser, at=now)
    ended = LinkUp.objects.going().order_by("planned_end_on").first()
    linkups.end(link_up=ended, ending="early_done", words="There", on=now.date(), by=ruth, at=now)
    helper = entry.supporter
    asked = helper.volunteer.user if helper.volunteer else adult_of(helper.family)
    return {
        "nobody": None,
        "amara": User.objects.get(email="amara@example.org"),
        "denise": User.objects.get(email="denise@example.org"),
        "stan": User.objects.get(email="stan@example.org"),
        "chooses": adult_of(first.family),
        "asked": asked,
        "ended": adult_of(ended.family),
        **{name: User.objects.get(email=f"{name}@example.org") for name in STAFF},
    }


def adult_of(family: Family) -> User:
    """Give an adult of a family who can sign in."""
    return family.guardians.filter(user__isnull=False).order_by("pk").first().user


def wandering(client: Client) -> Iterator[tuple[str, str]]:
    """Give the kind and address of each page that somebody comes to by following links, each kind once."""
    ahead, known, kinds = deque(["/", "/home/", *pages()]), set(), set()
    while ahead and len(known) < FARTHEST:
        address = ahead.popleft()
        kind = kind_of(address)
        if not kind or kind in kinds or address in known:
            continue
        known.add(address)
        response = client.get(address)
        if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
            continue
        kinds.add(kind)
        yield kind, address
        ahead += LINK.findall(response.content.decode())


def kind_of(address: str) -> str:
    """Give the name of our own view at an address; the first of its path for an editor's; "" else."""
    path = address.split("?", maxsplit=1)[0]
    try:
        found = resolve(path)
    except Resolver404:
        return ""
    if found.view_name in OURS:
        return found.view_name
    is_written = found.view_name == "wagtail_serve"
    return f"page {path.strip('/').split('/')[0] or 'front'}" if is_written else ""


WHO = ("nobody", "amara", "denise", "stan", "chooses", "asked", "ended", *STAFF)


@pytest.mark.parametrize("who", WHO)
def test_pictures_of_what_they_can_open(meet, lively: dict[str, User], who: str) -> None:
    user = lively[who]
    client = signed_in(user)
    found = list(wandering(client))
    assert found
    for width, screen in SIZES.items():
        for dark in (False, True):
            person: Person = meet(who, screen=screen, dark=dark)
            if user is not None:
                person.has_session(client.cookies[settings.SESSION_COOKIE_NAME].value)
            for kind, address in found:
                person.page.goto(person.address + address)
                light = "night" if dark else "day"
                name = f"{kind.replace(':', '-').replace(' ', '-')}-{who}-{width}-{light}.png"
                person.page.screenshot(path=FOLDER / name, full_page=True)


def test_every_page_has_its_pictures(lively: dict[str, User]) -> None:
    """Whoever makes a page that nobody comes to by a link has made one that nobody finds."""
    answered = {
        name
        for name, answer in stated_answers().items()
        if answer.method == "get" and 200 in {getattr(answer, asker) for asker in ASKERS}
    }
    seen = {kind for who in WHO for kind, _address in wandering(signed_in(lively[who]))}
    missing = " ".join(sorted(answered - seen))
    assert not missing, missing


def signed_in(user: User | None) -> Client:
    """Give a client, signed in as somebody or not."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return client
