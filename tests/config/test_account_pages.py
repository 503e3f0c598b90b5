"""Every page of the accounts package is one of ours: our frame, our words, and staff are told why they were sent."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.internal import auth as webauthn
from django.conf import settings
from django.core import mail
from django.template.loader import get_template
from django.test import Client
from django.urls import get_resolver, reverse

from people.models import User
from tests import cast

OURS = settings.BASE_DIR / "templates"
JARGON = (
    "authenticat",
    "two-factor",
    "security key",
    "recovery code",
    "token",
    "invalid",
    "verif",
    "passwordless",
    "session",
    "master key",
    "your account is protected",
)
WHY = "You look after other people’s families"
SIGNED_OUT = ("account_reset_password", "account_reset_password_done")
SET_UP = (
    "account_email",
    "account_reauthenticate",
    "account_change_password",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_reauthenticate_webauthn",
    "usersessions_list",
)


def routed_templates() -> Iterator[str]:
    """Give the template of every page that an address under /accounts/ answers with."""
    for entry in get_resolver().url_patterns:
        if str(entry.pattern) == "accounts/":
            yield from _templates(entry)


def _templates(resolver: Any) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from _templates(entry)
        elif entry.name == "account_email_verification_sent":  # a function that picks one of two
            yield from (
                "account/verification_sent.html",
                "account/confirm_email_verification_code.html",
            )
        elif name := getattr(entry.callback.view_class, "template_name", None):
            yield name


@pytest.fixture
def ruth(db: None) -> User:
    """A coach who signs in by code alone."""
    user = cast.staff("ruth@example.org", "Ruth", "coach")
    user.set_unusable_password()
    user.save()
    user.emailaddress_set.create(email=user.email, primary=True, verified=True)
    return user


@pytest.fixture
def wanted(settings: Any) -> None:
    """As on a server."""
    settings.STAFF_NEED_SECOND_FACTOR = True


@pytest.fixture
def well_kept(client: Client, ruth: User, rf: Any, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Ruth with a password, an app, a passkey and spare codes, who has just shown that it's her."""
    ruth.set_password("three green hats")
    ruth.save()
    totp.TOTP.activate(ruth, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(ruth)
    Authenticator.objects.create(
        user=ruth,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "My phone", "credential": {}},
    )
    # A real key is made by a browser; this one has a name and nothing else.
    monkeypatch.setattr(webauthn, "get_credentials", lambda user: [])
    client.force_login(ruth)
    request = rf.get("/")
    request.user, request.session = ruth, client.session
    record_authentication(request, ruth, method="mfa", type="totp", reauthenticated=True)
    request.session.save()
    return client


def words_of(page: str) -> str:
    """Give what somebody reads, without tags, scripts and the name of an app that people know."""
    told = re.sub(r"<script.*?</script>|<[^>]+>|Google Authenticator", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", told)


def address(name: str) -> str:
    if name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        key = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN)
        return reverse(name, args=[key.pk])
    return reverse(name)


def test_every_page_of_the_accounts_package_is_ours() -> None:
    names = set(routed_templates())
    assert len(names) > 20
    assert [n for n in names if OURS not in Path(get_template(n).origin.name).parents] == []


def test_every_letter_that_tells_of_a_change_is_ours() -> None:
    for name in (
        *(f"account/email/password_{what}" for what in ("changed", "set", "reset", "reset_key")),
        "account/email/email_changed",
        "mfa/email/webauthn_added",
        "mfa/email/webauthn_removed",
        "mfa/email/totp_activated",
        "mfa/email/totp_deactivated",
        "mfa/email/recovery_codes_generated",
    ):
        for part in ("subject", "message"):
            origin = get_template(f"{name}_{part}.txt").origin.name
            assert OURS in Path(origin).parents, origin


@pytest.mark.parametrize("name", SET_UP)
def test_it_speaks_plainly_to_whoever_is_signed_in(well_kept: Client, name: str) -> None:
    answer = well_kept.get(address(name))
    assert answer.status_code == 200
    told = words_of(answer.content.decode())
    assert [word for word in JARGON if word in told.casefold()] == []
    assert answer.content.decode().count("<h1>") == 1


@pytest.mark.parametrize("name", SIGNED_OUT)
def test_it_speaks_plainly_to_whoever_is_signed_out(client: Client, db: None, name: str) -> None:
    told = words_of(client.get(reverse(name)).content.decode())
    assert [word for word in JARGON if word in told.casefold()] == []


@pytest.mark.parametrize("name", ["account_set_password", "mfa_activate_totp", "mfa_list_webauthn"])
def test_it_speaks_plainly_to_whoever_has_none_of_it(client: Client, ruth: User, name: str) -> None:
    client.force_login(ruth)
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    told = words_of(answer.content.decode())
    assert [word for word in JARGON if word in told.casefold()] == []


def test_it_tells_staff_why_they_were_sent_and_what_to_do(
    client: Client, ruth: User, wanted: None
) -> None:
    client.force_login(ruth)
    page = client.get("/home/", follow=True).content.decode()
    assert WHY in page
    assert "One more step before you go on" in page
    assert reverse("mfa_add_webauthn") in page
    assert reverse("mfa_activate_totp") in page
    assert reverse("people:details") not in page  # it would lead back here
    assert "Not now: sign out" in page


def test_it_sends_staff_who_have_set_one_up_to_use_it(
    client: Client, ruth: User, wanted: None
) -> None:
    totp.TOTP.activate(ruth, "JBSWY3DPEHPK3PXP")
    client.force_login(ruth)
    page = client.get(reverse("mfa_index")).content.decode()
    assert "Your second step is ready" in page
    assert f'<a class="button next" href="{reverse("home")}">' in page


def test_it_sends_nobody_on_who_has_used_it(well_kept: Client, wanted: None) -> None:
    page = well_kept.get(reverse("mfa_index")).content.decode()
    assert WHY not in page
    assert "The code we send is enough for most of us" in page


def test_it_asks_a_family_for_nothing(client: Client, db: None, wanted: None) -> None:
    client.force_login(cast.user("amara@example.org", "Amara"))
    assert WHY not in client.get(reverse("mfa_index")).content.decode()


def test_a_wrong_code_from_an_app_is_not_said_to_be_one_that_we_sent(
    client: Client, ruth: User
) -> None:
    client.force_login(ruth)
    client.get(reverse("mfa_activate_totp"))
    page = client.post(reverse("mfa_activate_totp"), {"code": "0"}).content.decode()
    assert "That didn’t match. Wait until your app shows new numbers" in page
    assert "the code we sent" not in page


def test_a_wrong_code_from_an_email_is_said_to_be_one_that_we_sent(
    client: Client, ruth: User
) -> None:
    asked = client.post(reverse("account_request_login_code"), {"email": ruth.email})
    page = client.post(asked.url, {"code": "WRONG1"}).content.decode()
    assert "That isn’t the code we sent" in page


def test_an_app_taken_away_is_told_of_by_email_without_jargon(well_kept: Client) -> None:
    assert well_kept.post(reverse("mfa_deactivate_totp")).url == reverse("mfa_index")
    (letter,) = mail.outbox
    assert letter.subject == "How you sign in has changed"
    assert "The app that shows codes was taken away" in letter.body
    assert [word for word in JARGON if word in letter.body.casefold()] == []


def test_spare_codes_in_a_file_say_what_they_are(well_kept: Client, ruth: User) -> None:
    told = well_kept.get(reverse("mfa_download_recovery_codes")).content.decode()
    assert told.startswith("Kith: my spare codes. Each works once.\n\n")
    kept = Authenticator.objects.get(user=ruth, type=Authenticator.Type.RECOVERY_CODES).wrap()
    assert told.split("\n\n")[1].split() == kept.get_unused_codes()


def test_passkeys_are_named_in_the_box_so_that_each_is_another(well_kept: Client) -> None:
    page = well_kept.get(reverse("mfa_add_webauthn")).content.decode()
    assert 'value="Passkey 2"' in page
