"""Coming in by a code: end to end through the mail, and nobody learns who is a member by asking."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from people.models import User
from tests import cast

KNOWN = "amara@example.org"
CODE = re.compile(r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})*)\s*$", re.MULTILINE)


def code_in(letter: mail.EmailMessage) -> str:
    """Give the code that a letter carries on a line of its own."""
    return CODE.search(letter.body).group(1)


@pytest.fixture
def amara(town):
    cast.family("the A. family", guardian="Amara", at=town.burntwood, coach=town.ruth)
    return User.objects.get(email=KNOWN)


def sign_up(client, email, to="/join/about/you/"):
    return client.post(reverse("account_signup"), {"email": email, "next": to})


def test_it_brings_a_newcomer_from_an_address_to_the_first_question(client, town):
    answer = sign_up(client, "New@Example.org")
    assert answer.url == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session
    (letter,) = mail.outbox
    answer = client.post(answer.url, {"code": code_in(letter)})
    assert answer.url == "/join/about/you/"
    user = User.objects.get(email="new@example.org")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert not user.has_usable_password()
    assert client.get(answer.url).status_code == 200


def test_it_says_neither_code_nor_name_in_the_subject(client, town):
    sign_up(client, "new@example.org")
    (letter,) = mail.outbox
    assert code_in(letter) not in letter.subject
    assert "new@" not in letter.subject


def test_it_keeps_the_language_that_was_being_read(client, town, four_languages):
    client.cookies["django_language"] = "pl"
    sign_up(client, "new@example.org")
    assert User.objects.get(email="new@example.org").language == "pl"


def test_it_refuses_a_wrong_code(client, town):
    answer = sign_up(client, "new@example.org")
    client.post(answer.url, {"code": "WRONG1"})
    assert "_auth_user_id" not in client.session


def test_it_lets_a_guardian_who_came_in_by_file_sign_in_by_code(client, amara):
    amara.emailaddress_set.create(email=KNOWN, primary=True, verified=False)  # as the importer does
    answer = client.post(reverse("account_request_login_code"), {"email": KNOWN})
    (letter,) = mail.outbox
    answer = client.post(answer.url, {"code": code_in(letter)})
    assert answer.url == reverse("home")
    assert client.session["_auth_user_id"] == str(amara.pk)
    assert amara.emailaddress_set.get().verified


def test_it_answers_a_known_and_a_new_address_alike_at_sign_up(client, amara):
    pages = []
    for email in (KNOWN, "new@example.org"):
        client.cookies.clear()
        answer = sign_up(client, email)
        page = client.get(answer.url)
        text = page.content.decode().replace(email, "")
        pages.append((answer.status_code, answer.url, _without_tokens(text)))
        assert "_auth_user_id" not in client.session
    assert pages[0] == pages[1]
    assert len(mail.outbox) == 2


def test_it_answers_a_known_and_a_new_address_alike_at_sign_in(client, amara):
    pages = []
    for email in (KNOWN, "new@example.org"):
        client.cookies.clear()
        answer = client.post(reverse("account_request_login_code"), {"email": email})
        page = client.get(answer.url).content.decode().replace(email, "")
        pages.append((answer.status_code, answer.url, _without_tokens(page)))
    assert pages[0] == pages[1]
    assert len(mail.outbox) == 2


def _without_tokens(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)
