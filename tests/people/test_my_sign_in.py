"""How somebody changes the way they come in: one address, and a list of phones that its owner can read."""

import pytest
from django.core import mail
from django.urls import reverse

from people.models import User
from tests import cast
from tests.people.test_signing_up import KNOWN, code_in

NEW = "amara.b@example.org"
OLD_PHONE = "Mozilla/5.0 (Linux; Android 9; SM-J330F) AppleWebKit/537.36"


@pytest.fixture
def amara(town, client):
    cast.family("the A. family", guardian="Amara", at=town.burntwood, coach=town.ruth)
    user = User.objects.get(email=KNOWN)
    user.set_unusable_password()  # nobody here has one, and the accounts package would ask for it
    user.save()
    user.emailaddress_set.create(email=KNOWN, primary=True, verified=True)
    client.defaults["HTTP_USER_AGENT"] = OLD_PHONE
    asked = client.post(reverse("account_request_login_code"), {"email": KNOWN})
    client.post(asked.url, {"code": code_in(mail.outbox[-1])})
    return user


def test_it_changes_the_address_once_its_code_is_typed(client, amara):
    answer = client.post(reverse("account_email"), {"email": NEW, "action_add": "1"})
    assert answer.url == reverse("account_email_verification_sent")
    amara.refresh_from_db()
    assert amara.email == KNOWN
    letter = next(letter for letter in mail.outbox if letter.to == [NEW])
    client.post(answer.url, {"code": code_in(letter)})
    amara.refresh_from_db()
    assert amara.email == NEW
    assert [each.email for each in amara.emailaddress_set.all()] == [NEW]


def test_it_keeps_the_address_when_the_code_is_wrong(client, amara):
    answer = client.post(reverse("account_email"), {"email": NEW, "action_add": "1"})
    client.post(answer.url, {"code": "WRONG1"})
    amara.refresh_from_db()
    assert amara.email == KNOWN


def test_it_says_what_is_wrong_with_an_address(client, amara):
    page = client.post(
        reverse("account_email"), {"email": "at home", "action_add": "1"}
    ).content.decode()
    assert "Write an email address, such as name@example.org" in page
    assert "What’s your new email address?" in page


def test_it_lists_phones_by_the_names_people_use(client, amara):
    page = client.get(reverse("usersessions_list")).content.decode()
    assert "An Android phone or tablet" in page
    assert "Mozilla" not in page
    assert "127.0.0.1" not in page


@pytest.mark.parametrize("name", ["account_email", "usersessions_list", "mfa_index"])
def test_it_speaks_of_signing_in_without_jargon(client, amara, name):
    page = client.get(reverse(name)).content.decode()
    for word in ("Two-Factor", "Authenticat", "Verified", "Primary", "IP Address", "Session"):
        assert word not in page
