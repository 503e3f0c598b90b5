"""Signed out in the middle of something: nobody ends on an empty page, and nobody believes that it was kept."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast

pytestmark = pytest.mark.django_db
BUTTON = "/hours/exchange/1/yes/"


def asked_to_sign_in(response) -> str:
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))
    return response["Location"].partition("next=")[2]


def test_it_leads_back_to_the_page_of_the_button_and_says_what_happened(client: Client) -> None:
    stood_on = "http://testserver/hours/exchange/1/"
    response = client.post(BUTTON, headers={"Referer": stood_on})
    assert asked_to_sign_in(response) == "/hours/exchange/1/"
    assert "wasn’t kept" in client.get(response["Location"]).content.decode()


@pytest.mark.parametrize(
    "referer",
    ["", "https://elsewhere.example/hours/", "javascript:alert(1)", "//elsewhere.example/"],
)
def test_it_leads_nowhere_else_but_home(client: Client, referer: str) -> None:
    assert asked_to_sign_in(client.post(BUTTON, headers={"Referer": referer})) == reverse("home")


def test_it_leads_back_to_a_page_that_was_asked_for(client: Client) -> None:
    assert asked_to_sign_in(client.get("/hours/?show=gave")) == "/hours/%3Fshow%3Dgave"


def test_it_gives_words_to_whoever_opens_the_address_of_a_button(town, client: Client) -> None:
    cast.family("Amara’s family", guardian="Amara", at=town.burntwood, coach=town.ruth)
    client.force_login(cast.User.objects.get(email="amara@example.org"))
    response = client.get(BUTTON)
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "belongs to a button" in response.content.decode()


def test_it_gives_somebody_elses_page_our_own_words_on_a_developers_machine_too(
    town, client: Client, settings
) -> None:
    settings.DEBUG = True
    family = cast.family("Amara’s family", guardian="Amara", at=town.burntwood, coach=town.ruth)
    client.force_login(town.imran)
    response = client.get(reverse("matching:family", args=[family.pk]))
    assert response.status_code == 404
    assert "This page isn’t here" in response.content.decode()
    assert "URLconf" not in response.content.decode()
