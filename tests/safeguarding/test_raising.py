"""Raising a concern from every page in two actions, and bringing along whom the page is about (SG-18)."""

import re
from html import unescape

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from config.checks import our_views
from messaging.models import Message
from messaging.posting import start_conversation
from messaging.reporting import report
from people.models import StaffRole
from safeguarding.about import people_in, word_for
from safeguarding.models import Concern
from tests import cast
from tests.boundaries.access import Scene, scene
from tests.boundaries.test_access import VIEWS, stated_answers

LINK = re.compile(r'href="(/concern/(?:\?from=[^"]+)?)"')
# Their answer is no page of ours: a file, a script's news, the question whether we are well.
NO_PAGE = re.compile("^(?!text/html)")


@pytest.fixture
def stage(db) -> Scene:
    return scene()


def _pages() -> list[str]:
    """Every view of ours that shows a page when it is asked for one."""
    answers = stated_answers()
    return [name for name in VIEWS if answers[name].method == "get"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", _pages())
def test_every_page_of_ours_leads_to_it(name: str) -> None:
    answer, stage = stated_answers()[name], scene()
    address = reverse(name, kwargs=answer.make(stage))
    staff = cast.staff("all@example.org", "All", *StaffRole.Role.values)
    shown = 0
    for user in [*stage.users.values(), staff]:
        with transaction.atomic():
            client = Client()
            if user is not None:
                client.force_login(user)
            page = client.get(address, follow=True)
            transaction.set_rollback(True)
        is_page = page.get("Content-Type", "").startswith("text/html")
        if is_page and "</html>" in (text := page.content.decode()):
            assert LINK.search(text), f"{name}, {page.status_code}"
            shown += 1
    assert shown or name in {"health"} or not is_page


def test_every_view_is_either_asked_or_posted_to() -> None:
    posted = {name for name in VIEWS if stated_answers()[name].method != "get"}
    assert set(_pages()) | posted == {name for name, _path, _view in our_views()}


def link_on(client: Client, address: str) -> str:
    """Give where "Raise a concern" leads from a page."""
    found = LINK.findall(client.get(address).content.decode())
    assert found
    return unescape(found[-1])


@pytest.mark.parametrize("where", ["family", "link_up", "link_up of a member", "conversation"])
def test_two_actions_bring_along_whom_the_page_is_about(stage: Scene, where: str) -> None:
    by, address, about = {
        "family": ("coach", reverse("matching:family", args=[stage.family.pk]), {"Amara and Joe"}),
        "link_up": (
            "coach",
            reverse("matching:link_up", args=[stage.link_up.pk]),
            {"Amara and Joe", "Denise and Mark"},
        ),
        "link_up of a member": (
            "owner",
            reverse("matching:link_up", args=[stage.link_up.pk]),
            {"Denise and Mark"},
        ),
        "conversation": (
            "owner",
            reverse("messaging:conversation", args=[stage.link_up.conversation_id]),
            {"Denise"},
        ),
    }[where]
    client = Client()
    client.force_login(stage.users[by])
    link = link_on(client, address)
    assert not any(name in link for name in ("Amara", "Denise", "Joe"))
    page = client.get(link)  # one: follow the link
    fields = {
        "words": "I worry",
        "came_from": page.context["form"]["came_from"].value(),
        "is_about_page": "on",
    }
    client.post(link, fields)  # two: press the button
    concern = Concern.objects.get()
    assert {str(one) for one in concern.people.all()} == about
    assert not any(one.said_by for one in concern.people.all())


def test_somebody_can_say_that_it_is_not_about_the_page(stage: Scene) -> None:
    client = Client()
    client.force_login(stage.users["owner"])
    link = link_on(client, reverse("matching:link_up", args=[stage.link_up.pk]))
    word = client.get(link).context["form"]["came_from"].value()
    client.post(link, {"words": "Next door", "came_from": word})
    assert not Concern.objects.get().people.exists()


@pytest.mark.parametrize("word", ["zzz", "a:b", "", "9" * 5000, "é:\0"])
def test_a_word_that_is_not_ours_is_only_left_out(stage: Scene, word: str) -> None:
    client = Client()
    client.force_login(stage.users["owner"])
    assert client.get(reverse("safeguarding:raise"), {"from": word}).status_code == 200
    client.post(reverse("safeguarding:raise"), {"words": "x", "came_from": word})
    assert not Concern.objects.get().people.exists()


def test_a_word_is_good_only_for_whom_it_was_made(stage: Scene) -> None:
    word = word_for(stage.family, reader=stage.users["coach"])
    assert people_in(word, reader=stage.users["coach"]) == [stage.family]
    for other in ("owner", "stranger", "wrong_coach", "signed_out"):
        assert people_in(word, reader=stage.users[other]) == []


def test_a_reported_message_is_about_who_wrote_it(stage: Scene, now) -> None:
    amara, denise = stage.users["owner"], stage.users["partner"]
    talk = start_conversation(kind="group", people=[(amara, "Amara"), (denise, "Denise")], at=now)
    message = Message.objects.create(
        conversation=talk,
        author=denise,
        words="You’ll be sorry",
        client_id="9a1b9f4e-3f0c-4b6e-8d43-0a53fbb1d7aa",
        at=now,
    )
    report(message=message, by=amara, why="", at=now)
    assert [one.user for one in Concern.objects.get().people.all()] == [denise]


def test_the_short_page_stays_short(client, db) -> None:
    page = client.get(reverse("safeguarding:raise")).content.decode().split("<main")[1]
    page = page.split("</main>")[0]
    assert page.count("<textarea") == 1
    assert page.count('type="text"') == 2
    assert 'type="checkbox"' not in page
