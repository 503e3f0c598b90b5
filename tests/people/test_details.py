"""What we hold about me: all of it seen, most of it changed, consent and language with one press."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from people.changing import OF_A_FAMILY, OF_A_VOLUNTEER
from people.models import Consent
from tests import cast
from tests.people.answers_told import SENT


@pytest.fixture
def family(town):
    return cast.family("the A. family", guardian="Amara", at=town.burntwood, coach=town.ruth)


@pytest.fixture
def amara(client, family):
    user = cast.guardian_of(family)
    client.force_login(user)
    return user


def change(client, slug, **data):
    return client.post(reverse("people:change", args=[slug]), data)


def test_it_shows_what_is_held(client, amara):
    page = client.get(reverse("people:details")).content.decode()
    for held in ("Amara", "the A. family", "Burntwood", "English", "Monday morning", "Ruth"):
        assert held in page


@pytest.mark.parametrize("slug", [question.slug for question in OF_A_FAMILY])
def test_it_stores_a_change_and_asks_with_what_is_held(client, amara, family, slug):
    assert client.get(reverse("people:change", args=[slug])).status_code == 200
    assert change(client, slug, **SENT[slug]).url == reverse("people:details")
    assert change(client, slug).status_code == 200
    family.refresh_from_db()
    stored = {
        "you": family.display_name == "the A. family",
        "children": [c.interests for c in family.children.all()] == [["football", "lego"]],
        "languages": family.languages == ["en", "pl"],
        "times": family.free_times == 1 << 0 | 1 << 16,
        "meeting": (family.travel_km, family.no_to) == (5, ["dogs"]),
    }
    assert stored[slug]


def test_it_keeps_a_childs_name_that_came_by_file(client, amara, family):
    family.children.create(first_name="Joe", age_band="5-7", interests=["chess"])
    change(client, "children", **SENT["children"])
    assert family.children.get().first_name == "Joe"


@pytest.mark.parametrize(
    ("told", "held"),
    [("both", "both"), ("sharing", "sharing"), ("volunteer", "volunteer"), ("unsure", "either")],
)
def test_it_lets_a_family_say_who_it_would_like_beside_it(client, amara, family, told, held):
    family.wants_link_up = True
    family.save()
    assert (
        'value="unsure"' in client.get(reverse("people:change", args=["beside"])).content.decode()
    )
    assert change(client, "beside", hopes_for=told).url == reverse("people:details")
    family.refresh_from_db()
    assert family.hopes_for == held
    asked = client.get(reverse("people:change", args=["beside"])).content.decode()
    assert asked.count("checked") == 1


def test_it_asks_a_family_that_only_shares_for_no_one_beside_it(client, amara):
    assert client.get(reverse("people:change", args=["beside"])).status_code == 404


@pytest.mark.parametrize("slug", ["place", "goal", "showing", "name", "standing"])
def test_it_changes_nothing_else(client, amara, slug):
    assert client.get(reverse("people:change", args=[slug])).status_code == 404


@pytest.mark.parametrize("slug", [question.slug for question in OF_A_VOLUNTEER])
def test_it_lets_a_volunteer_change_theirs(client, town, slug):
    stan = cast.volunteer("Stan", at=town.burntwood)
    client.force_login(stan.user)
    told = {"name": {"name": "Stanley"}, "travel": {"travel_km": "10"}, **SENT}
    assert client.get(reverse("people:change", args=[slug])).status_code == 200
    assert change(client, slug, **told[slug]).status_code == 302
    stan.refresh_from_db()
    stored = {
        "name": stan.name == stan.user.name == "Stanley",
        "languages": stan.languages == ["en", "pl"],
        "times": stan.free_times == 1 << 0 | 1 << 16,
        "travel": stan.travel_km == 10,
    }
    assert stored[slug]


def test_it_gives_and_takes_back_consent_with_one_press(client, amara):
    address = reverse("people:consent")
    for given in ("yes", "no"):
        client.post(address, {"purpose": "link_up", "given": given})
        holds = Consent.objects.holds(user=amara, purpose="link_up", at=timezone.now())
        assert holds == (given == "yes")
    assert Consent.objects.count() == 2


@pytest.mark.parametrize(
    "data",
    [{}, {"purpose": "everything", "given": "yes"}, {"purpose": "link_up", "given": "maybe"}],
)
def test_it_refuses_a_consent_to_nothing(client, amara, data):
    assert client.post(reverse("people:consent"), data).status_code == 400
    assert not Consent.objects.exists()


def test_it_offers_no_choice_of_one_language(client, amara):
    assert settings.LANGUAGES == [("en-gb", "English")]
    assert reverse("people:language") not in client.get(reverse("people:details")).content.decode()


def test_it_offers_the_languages_there_are(client, amara, four_languages):
    page = client.get(reverse("people:details")).content.decode()
    assert '<option value="en-gb" lang="en-gb" selected>English</option>' in page
    assert '<option value="cy" lang="cy">Cymraeg</option>' in page


def test_it_speaks_english_while_the_chosen_language_is_not_offered(client, amara):
    amara.language = "pl"
    amara.save()
    page = client.get(reverse("people:details"), headers={"accept-language": "pl"})
    assert '<html lang="en-gb" dir="ltr">' in page.content.decode()
    amara.refresh_from_db()
    assert (amara.language, amara.reads) == ("pl", "en-gb")


def test_it_speaks_the_chosen_language_on_every_phone(client, amara, four_languages):
    client.post(reverse("people:language"), {"language": "ur"})
    client.cookies.pop("django_language")
    page = client.get(reverse("people:details"), headers={"accept-language": "en"})
    assert '<html lang="ur" dir="rtl">' in page.content.decode()


def test_it_refuses_a_language_it_does_not_speak(client, amara):
    assert client.post(reverse("people:language"), {"language": "tlh"}).status_code == 400
