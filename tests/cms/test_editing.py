"""An editor publishes a story and an event in Wagtail's own pages, and they stand on the public site."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.models import EventIndexPage, EventPage, StoryIndexPage, StoryPage
from people.models import StaffRole
from people.roles import give_role
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    """Ellis, signed in."""
    ellis = cast.user("ellis@example.org", "Ellis")
    give_role(user=ellis, role=StaffRole.Role.EDITOR)
    client = Client()
    client.force_login(ellis)
    return client


def publish(editor: Client, model: str, parent_id: int, fields: dict[str, object]) -> None:
    """Fill in Wagtail's form and press Publish."""
    response = editor.post(
        reverse("wagtailadmin_pages:add", args=["cms", model, parent_id]),
        nested_form_data(
            {
                "lead": "",
                "drawing": "",
                "body": streamfield(
                    [("heading", "Hello"), ("quote", {"words": "It helped", "who": "A."})]
                ),
                "place": "",
                "seo_title": "",
                "search_description": "",
                "comments-TOTAL_FORMS": 0,
                "comments-INITIAL_FORMS": 0,
                "comments-MAX_NUM_FORMS": 1000,
                "comments-MIN_NUM_FORMS": 0,
                "action-publish": "action-publish",
                **fields,
            }
        ),
    )
    assert response.status_code == 302, response.content.decode()[:3000]


def test_it_publishes_a_story(editor: Client, client: Client) -> None:
    publish(
        editor,
        "storypage",
        StoryIndexPage.objects.get().pk,
        {"title": "Half past seven", "slug": "half-past-seven", "lead": "We got through it."},
    )
    page = StoryPage.objects.get()
    assert page.live
    shown = client.get(page.url)
    assert shown.status_code == 200
    assert "It helped" in shown.content.decode()
    assert "Half past seven" in client.get("/stories/").content.decode()


def test_it_publishes_an_event(editor: Client, client: Client) -> None:
    soon = timezone.localtime() + timezone.timedelta(days=7)
    publish(
        editor,
        "eventpage",
        EventIndexPage.objects.get().pk,
        {
            "title": "Soup and board games",
            "slug": "soup",
            "starts_at": soon.strftime("%Y-%m-%d 14:00"),
            "ends_at": soon.strftime("%Y-%m-%d 16:30"),
            "venue": "The hall",
            "cost": "Free",
            "getting_there": "",
            "getting_in": "",
        },
    )
    page = EventPage.objects.get()
    assert "2 to 4.30" in client.get(page.url).content.decode()
    assert "Soup and board games" in client.get("/events/").content.decode()
    assert "Soup and board games" in client.get("/").content.decode()


def test_it_keeps_a_draft_from_the_public(editor: Client, client: Client) -> None:
    index = StoryIndexPage.objects.get()
    page = index.add_child(instance=StoryPage(title="Not yet", slug="not-yet", live=False))
    assert client.get(f"/stories/{page.slug}/").status_code == 404
    assert "Not yet" not in client.get("/stories/").content.decode()


def test_it_keeps_families_out_of_the_editor(client: Client) -> None:
    town = cast.town()
    family = cast.family("Amara and Joe", guardian="Amara", at=town.burntwood)
    client.force_login(cast.guardian_of(family))
    assert client.get("/admin/", follow=True).status_code == 403
    assert client.get("/admin/pages/", follow=True).status_code == 403
