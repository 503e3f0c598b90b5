"""Raising a concern from any state of the site, and reading it as the safeguarding lead."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from safeguarding import pace
from safeguarding.concerns import raise_concern
from safeguarding.models import Concern
from tests import cast

TOLD = {"words": "I worry about next door", "about": "", "reach": ""}


@pytest.fixture(autouse=True)
def fresh_hour():
    cache.clear()


@pytest.fixture
def lead(client, town):
    grace = cast.staff("grace@example.org", "Grace", "safeguarding")
    client.force_login(grace)
    return grace


def test_it_takes_a_concern_from_somebody_signed_out(client, db):
    answer = client.post(reverse("safeguarding:raise"), TOLD)
    assert answer.url == reverse("safeguarding:thanks")
    assert Concern.objects.get().raised_by is None
    assert client.get(answer.url).status_code == 200


def test_it_remembers_who_told_us_when_they_are_signed_in(client, town):
    client.force_login(town.imran)
    assert "will know it’s you" in client.get(reverse("safeguarding:raise")).content.decode()
    client.post(reverse("safeguarding:raise"), TOLD)
    assert Concern.objects.get().raised_by == town.imran


def test_it_says_999_before_anything_else(client, db):
    main = client.get(reverse("safeguarding:raise")).content.decode().split("<main")[1]
    assert main.index("999") < main.index("<form")


def test_it_needs_no_script_and_stays_in_no_cache(client, db):
    page = client.get(reverse("safeguarding:raise"))
    assert "no-store" in page["Cache-Control"]
    assert 'method="post"' in page.content.decode()


@pytest.mark.parametrize(
    "told",
    [{}, {"words": "  "}, {"words": "x" * 5001}, {"words": "y", "about": "x" * 301}],
)
def test_it_says_what_to_put_right(client, db, told):
    page = client.post(reverse("safeguarding:raise"), told)
    assert 'role="alert"' in page.content.decode()
    assert not Concern.objects.exists()


def test_it_slows_a_machine_kindly_and_loses_no_words(client, db):
    for _ in range(pace.MOST_AN_HOUR):
        client.post(reverse("safeguarding:raise"), TOLD)
    page = client.post(reverse("safeguarding:raise"), TOLD)
    assert page.status_code == 429
    text = page.content.decode()
    assert "try again in an hour" in text
    assert TOLD["words"] in text
    assert Concern.objects.count() == pace.MOST_AN_HOUR
    other = client.post(reverse("safeguarding:raise"), TOLD, REMOTE_ADDR="203.0.113.9")
    assert other.status_code == 302


def test_it_shows_the_lead_all_concerns_in_few_queries(
    client, lead, now, django_assert_max_num_queries
):
    Concern.objects.bulk_create(
        Concern(words=f"worry {n}", raised_at=now, due_at=now + timedelta(hours=n))
        for n in range(60)
    )
    with django_assert_max_num_queries(12):
        page = client.get(reverse("safeguarding:concerns"))
    assert "worry 0<" in page.content.decode()
    assert "worry 59" in client.get(reverse("safeguarding:concerns"), {"page": 2}).content.decode()


def test_it_adds_an_action_and_climbs(client, lead, now):
    concern = raise_concern(words="worry", about="", reach="", by=None, at=now)
    address = reverse("safeguarding:concern", args=[concern.pk])
    client.post(address, {"words": "Rang the school", "level": "silver"})
    concern.refresh_from_db()
    assert concern.level == "silver"
    page = client.get(address).content.decode()
    assert "Rang the school" in page
    assert 'value="bronze"' not in page
    assert client.post(address, {"words": "Calm", "level": "bronze"}).status_code == 200
    concern.refresh_from_db()
    assert concern.level == "silver"


def test_it_hides_a_concern_about_the_leads_own_family(client, lead, town, now):
    family = cast.family("the G. family", guardian="Gil", at=town.burntwood)
    family.guardians.create(user=lead, name="Grace")
    concern = raise_concern(words="she shouted", whom=[family], about="", reach="", by=None, at=now)
    assert "she shouted" not in client.get(reverse("safeguarding:concerns")).content.decode()
    address = reverse("safeguarding:concern", args=[concern.pk])
    assert client.get(address).status_code == 404


def test_it_promises_no_more_than_is_kept(client, lead, town):
    asked = client.get(reverse("safeguarding:raise")).content.decode()
    assert "Only our safeguarding lead can open it, or our manager where the lead can’t" in asked
    client.post(reverse("safeguarding:raise"), TOLD)
    address = reverse("safeguarding:concern", args=[Concern.objects.get().pk])
    page = client.get(address).content.decode()
    assert "Only people with the safeguarding role can open this page." in page
    assert "Bronze: our lead may ask a coach to help" in page
    client.force_login(town.ruth)
    assert client.get(address).status_code == 403
